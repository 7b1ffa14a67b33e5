// Packages that find files by a pattern.
import { minimatch } from 'minimatch'
import { type CallSite, type Machine, ROOT } from './machine.js'
import { normalise, projectPath } from './projectPath.js'
import type { PackageValue, Value } from './value.js'
import { arrayValue, literal, promiseOf } from './values.js'

/** The files of the project that a call of a glob package finds; null where its patterns are not known. */
export function globbed(machine: Machine, site: CallSite, callee: PackageValue, args: readonly Value[]): Value | null {
  const given = args[0]?.kind === 'array' ? args[0].elements : args.slice(0, 1)
  const options = args[1]?.kind === 'object' ? args[1].properties : null
  const base = projectPath(options?.get('cwd')) ?? ''
  const patterns = given.map((pattern) => (pattern.kind === 'literal' ? String(pattern.value) : null))
  if (patterns.length === 0 || patterns.includes(null)) return null
  const found: Value[] = []
  for (const file of machine.world.sources.keys()) {
    for (const pattern of patterns as string[]) {
      const isAbsolute = pattern.startsWith(`${ROOT}/`)
      const wanted = isAbsolute ? pattern.slice(ROOT.length + 1) : normalise(base === '' ? pattern : `${base}/${pattern}`)
      if (minimatch(file, wanted))
        found.push(
          literal(
            site.at,
            isAbsolute || options?.has('absolute') === true ? `${ROOT}/${file}` : base === '' ? file : file.slice(base.length + 1),
          ),
        )
    }
  }
  const list = arrayValue(site.at, found)
  return callee.path.some((part) => /sync/i.test(part)) ? list : promiseOf(site.at, list)
}
