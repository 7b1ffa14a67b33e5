// `container.loadModules(globs)`: the project's files that awilix would load, and the names that they get.
import { minimatch } from 'minimatch'
import { type CallSite, type Machine, ROOT } from '../link/machine.js'
import type { Value } from '../link/value.js'

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
    if (glob?.kind !== 'literal') return []
    const written = String(glob.value)
    const wanted = written.startsWith(`${ROOT}/`) ? written.slice(ROOT.length + 1) : written.replace(/^\.\//, '')
    const files = [...machine.world.sources.keys()].filter((name) => minimatch(name, wanted)).sort()
    return files.flatMap((file) => {
      const value = exportOf(machine, site, file)
      return value.kind === 'class' || value.kind === 'function' ? [{ name: nameOf(file, format), value }] : []
    })
  })
}

function exportOf(machine: Machine, site: CallSite, file: string): Value {
  const exported = machine.run.requireModule(machine, site, `${ROOT}/${file}`)
  return exported.kind === 'object' ? machine.run.getMember(machine, site, exported, 'default') : exported
}

function nameOf(file: string, format: Value | undefined): string {
  const base = (file.split('/').at(-1) ?? file).replace(/\.[cm]?[jt]sx?$/, '')
  if (format?.kind !== 'literal' || format.value !== 'camelCase') return base
  return base.replace(/[-_.]+(\w)/g, (_whole, letter: string) => letter.toUpperCase()).replace(/^\w/, (letter) => letter.toLowerCase())
}
