// `container.loadModules(globs)`: the project's files that awilix would load, and the names that they get.
import { minimatch } from 'minimatch'
import { type CallSite, type Machine, ROOT } from '../link/machine.js'
import { projectPath } from '../link/projectPath.js'
import type { Value } from '../link/value.js'
import { literal } from '../link/values.js'

export interface LoadedModule {
  readonly name: string
  /** A class or a function. */
  readonly value: Value
}

/** Every module of the globs under its file's name, with its default export or what it exports as a whole. */
export function loadedModules(
  machine: Machine,
  site: CallSite,
  globs: Value | undefined,
  options: Value | undefined,
): readonly LoadedModule[] {
  const format = options?.kind === 'object' ? options.properties.get('formatName') : undefined
  const patterns = globs?.kind === 'array' ? globs.elements : globs === undefined ? [] : [globs]
  return patterns.flatMap((pattern) => {
    const glob = pattern.kind === 'array' ? pattern.elements[0] : pattern
    return filesOfGlob(machine, glob, options).flatMap((file) => {
      const value = exportOf(machine, site, file)
      return value.kind === 'class' || value.kind === 'function' ? [{ name: nameOf(machine, site, file, format), value }] : []
    })
  })
}

const DECLARATION = /\.d\.[cm]?ts$/

/** Sources that a glob finds, as they are or as what they are compiled to. */
export function filesOfGlob(machine: Machine, glob: Value | undefined, options: Value | undefined): readonly string[] {
  if (glob?.kind !== 'literal') return []
  const text = String(glob.value)
  const wanted = projectPath({ ...glob, value: text.startsWith('/') ? text : `${folderOf(options)}/${text}` }) ?? ''
  return [...machine.world.sources.keys()]
    .filter((file) => !DECLARATION.test(file) && (minimatch(file, wanted) || minimatch(file.replace(/\.([cm]?)tsx?$/, '.$1js'), wanted)))
    .sort()
}

/** What globs are relative to. */
function folderOf(options: Value | undefined): string {
  const cwd = options?.kind === 'object' ? options.properties.get('cwd') : undefined
  return cwd?.kind === 'literal' ? String(cwd.value) : ROOT
}

function exportOf(machine: Machine, site: CallSite, file: string): Value {
  const exported = machine.run.requireModule(machine, site, `${ROOT}/${file}`)
  return exported.kind === 'object' ? machine.run.getMember(machine, site, exported, 'default') : exported
}

function nameOf(machine: Machine, site: CallSite, file: string, format: Value | undefined): string {
  const base = (file.split('/').at(-1) ?? file).replace(/\.[cm]?[jt]sx?$/, '')
  if (format?.kind === 'function') {
    const named = machine.run.call(machine, site, format, null, [literal(site.at, base), literal(site.at, `${ROOT}/${file}`)])
    return named.kind === 'literal' ? String(named.value) : base
  }
  if (format?.kind !== 'literal' || format.value !== 'camelCase') return base
  return base.replace(/[-_.]+(\w)/g, (_whole, letter: string) => letter.toUpperCase()).replace(/^\w/, (letter) => letter.toLowerCase())
}
