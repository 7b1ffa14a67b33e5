// Adds packages to the nearest package.json, sorted where it is sorted.
import { findNodeAtLocation, parseTree } from 'jsonc-parser'
import type { Node } from 'jsonc-parser'
import type { PackageFacts } from '../model/model.js'
import { addEdit } from './openFile.js'
import type { OpenFile } from './openFile.js'
import { FixRefused } from './fix.js'
import { typePackages } from './typePackages.js'

export type DependencyKind = 'dependencies' | 'devDependencies'

/** Packages to add to one package.json. */
export type DependencyPlan = Readonly<Record<DependencyKind, Map<string, string>>>

export function packageFile(folder: string): string {
  return folder === '' ? 'package.json' : `${folder}/package.json`
}

/** Notes a package, with its types for TypeScript. Nothing to do where this package.json, or the one at the root of a workspace, has it. */
export function planDependency(
  plan: DependencyPlan,
  known: readonly PackageFacts[],
  name: string,
  range: string,
  kind: DependencyKind,
  needs: 'types' | 'plain',
): void {
  const has = (wanted: string): boolean => known.some((each) => wanted in each.dependencies || wanted in each.devDependencies)
  if (!has(name)) plan[kind].set(name, range)
  const types = typePackages[name]
  if (needs === 'types' && types !== undefined && !has(`@types/${name}`)) plan.devDependencies.set(`@types/${name}`, types)
}

/** Writes the noted packages as insertions beside their neighbours. */
export function writeDependencies(file: OpenFile, plan: DependencyPlan): void {
  const root = parseTree(file.text)
  if (root?.type !== 'object') throw new FixRefused(`${file.name} is not an object`)
  const lineEnd = file.text.includes('\r\n') ? '\r\n' : '\n'
  const step = /\n([ \t]+)"/.exec(file.text)?.[1] ?? '  '
  for (const kind of ['dependencies', 'devDependencies'] as const) {
    const wanted = [...plan[kind]].sort(([a], [b]) => (a < b ? -1 : 1))
    if (wanted.length === 0) continue
    const section = findNodeAtLocation(root, [kind])
    const entries = section?.children ?? []
    const body = `{${wanted.map(([name, range]) => `${lineEnd}${step}${step}"${name}": "${range}"`).join(',')}${lineEnd}${step}}`
    if (section === undefined) addSection(file, root, `"${kind}": ${body}`, kind, lineEnd, step)
    else if (entries.length === 0) addEdit(file, section.offset, section.offset + section.length, body)
    else insertSorted(file, entries, wanted)
  }
}

function insertSorted(file: OpenFile, entries: readonly Node[], wanted: readonly (readonly [string, string])[]): void {
  const names = entries.map((entry) => String(entry.children?.[0]?.value))
  const isSorted = names.every((name, index) => index === 0 || (names[index - 1] ?? '') <= name)
  const first = entries[0]?.offset ?? 0
  const gap = /\s*$/.exec(file.text.slice(0, first))?.[0] ?? ' '
  for (const [name, range] of wanted) {
    const before = isSorted ? entries[names.findLastIndex((each) => each < name)] : entries.at(-1)
    if (before === undefined) addEdit(file, first, first, `"${name}": "${range}",${gap}`, { sortedBy: name })
    else addEdit(file, before.offset + before.length, before.offset + before.length, `,${gap}"${name}": "${range}"`, { sortedBy: name })
  }
}

function addSection(file: OpenFile, root: Node, text: string, kind: DependencyKind, lineEnd: string, step: string): void {
  const beside = kind === 'devDependencies' ? root.children?.find((entry) => entry.children?.[0]?.value === 'dependencies') : undefined
  const last = beside ?? root.children?.at(-1)
  if (last === undefined) addEdit(file, root.offset, root.offset + root.length, `{${lineEnd}${step}${text}${lineEnd}}`)
  else addEdit(file, last.offset + last.length, last.offset + last.length, `,${lineEnd}${step}${text}`)
}
