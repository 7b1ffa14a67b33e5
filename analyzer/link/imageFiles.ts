// Where the files of an image come from: its COPY instructions, read backwards.
import type { DeploymentFacts } from '../extract/facts.js'
import { baseNameOf } from './filePath.js'
import { wordsOf } from './shellCommand.js'

/** Finds what a path of a container was copied from: paths within the folder that the image is built from, likeliest first. */
export type ImageSources = (path: string) => readonly string[]

/** `stage` counts the stages of the Dockerfile from 0. A name without a folder is looked for as a shell looks for programs. */
export function imageSources(facts: DeploymentFacts, stage: number): ImageSources {
  const stages = stagesOf(facts)
  return (path) => {
    const copies = copiesOf(stages, stage)
    const wanted = path.includes('/')
      ? [resolved(path, copies.workFolder)]
      : [...programFolders.map((folder) => `${folder}/${path}`), resolved(path, copies.workFolder)]
    return [...new Set(wanted.flatMap((one) => sourcesOf(stages, stage, one, 0)))]
  }
}

const programFolders = ['/usr/local/bin', '/usr/local/sbin', '/usr/bin', '/usr/sbin', '/bin', '/sbin', '']

interface Stage {
  readonly name: string
  readonly base: string
  readonly instructions: { readonly name: string; readonly value: string }[]
}

interface Copy {
  readonly from: string | null
  readonly sources: readonly string[]
  readonly target: string
}

function stagesOf({ entries }: DeploymentFacts): readonly Stage[] {
  const stages: Stage[] = []
  for (const { key, value } of entries) {
    const name = key[1] ?? ''
    const [, base = '', alias = ''] = /^(?:--\S+\s+)*(\S+)(?:\s+as\s+(\S+))?/i.exec(value) ?? []
    if (name === 'FROM') stages.push({ name: alias, base, instructions: [] })
    else stages.at(-1)?.instructions.push({ name, value })
  }
  return stages
}

function indexOfStage(stages: readonly Stage[], name: string, before: number): number {
  const named = stages.findLastIndex((one, index) => index < before && one.name !== '' && one.name.toLowerCase() === name.toLowerCase())
  return named === -1 && /^\d+$/.test(name) && Number(name) < before ? Number(name) : named
}

/** Those of the stages below come first. */
function copiesOf(stages: readonly Stage[], index: number): { readonly copies: readonly Copy[]; readonly workFolder: string } {
  const stage = stages[index]
  if (stage === undefined) return { copies: [], workFolder: '/' }
  const below = indexOfStage(stages, stage.base, index)
  const base = below === -1 ? { copies: [], workFolder: '/' } : copiesOf(stages, below)
  const copies = [...base.copies]
  let workFolder = base.workFolder
  for (const { name, value } of stage.instructions) {
    if (name === 'WORKDIR') workFolder = resolved(value, workFolder)
    if (name !== 'COPY' && name !== 'ADD') continue
    const from = /(?:^|\s)--from=(\S+)/.exec(value)?.[1] ?? null
    const words = wordsOf(value.replace(/^(--\S+\s+)+/, ''))
    const target = words.at(-1)
    if (target !== undefined) copies.push({ from, sources: words.slice(0, -1), target: resolved(target, workFolder) })
  }
  return { copies, workFolder }
}

function sourcesOf(stages: readonly Stage[], index: number, path: string, depth: number): readonly string[] {
  if (depth > 20) return []
  return copiesOf(stages, index)
    .copies.toReversed()
    .flatMap(({ from, sources, target }) =>
      sources.flatMap((source) => {
        const found = sourcePath(path, source, target)
        if (found === null) return []
        if (from === null) return [found.replace(/^\/+/, '')]
        const stage = indexOfStage(stages, from, index)
        return stage === -1 ? [] : sourcesOf(stages, stage, resolved(found, '/'), depth + 1)
      }),
    )
}

/** A file that was copied under another name, or into a folder, or with its folder; null where the path is none of what was copied. */
function sourcePath(path: string, source: string, target: string): string | null {
  const clean = source.replace(/^\.\//, '').replace(/\/+$/, '')
  if (path === target) return clean
  if (!path.startsWith(target === '/' ? '/' : `${target}/`)) return null
  const rest = path.slice(target === '/' ? 1 : target.length + 1)
  if (rest === baseNameOf(clean)) return clean
  // `bin/*.sh`
  if (clean.includes('*')) return rest.includes('/') ? null : `${clean.slice(0, clean.lastIndexOf('/') + 1)}${rest}`
  return clean === '' || clean === '.' ? rest : `${clean}/${rest}`
}

/** An absolute path without `.`, `..` and slashes at its end. */
function resolved(path: string, workFolder: string): string {
  const parts: string[] = []
  for (const part of (path.startsWith('/') ? path : `${workFolder}/${path}`).split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return `/${parts.join('/')}`
}
