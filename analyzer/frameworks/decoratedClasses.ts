// Classes that a package is handed as a list, or finds by globs.
import { minimatch } from 'minimatch'
import { type CallSite, type Machine, ROOT } from '../link/machine.js'
import { normalise } from '../link/projectPath.js'
import type { ClassValue, ObjectValue, Value } from '../link/value.js'
import { globalValue } from '../link/values.js'

export interface ClassList {
  /** In the order in which they were declared while the program ran. */
  readonly classes: readonly ClassValue[]
  /** False where more may be among them. */
  readonly isWhole: boolean
}

/** Those of a list that are wanted. Where nothing is listed, all that were declared so far. */
export function decoratedClasses(
  machine: Machine,
  site: CallSite,
  list: Value | undefined,
  isWanted: (target: ClassValue) => boolean,
): ClassList {
  const isNothing = list === undefined || (list.kind === 'literal' && list.value === undefined) || isEmpty(list)
  const found = isNothing ? null : collect(machine, site, list)
  const declared = [...machine.classes.values()].filter((one) => found === null || found.classes.has(one))
  return { classes: declared.filter(isWanted), isWhole: found?.isWhole ?? true }
}

function isEmpty(list: Value): boolean {
  return list.kind === 'array' && list.elements.length === 0 && !list.isOpen
}

interface Found {
  readonly classes: Set<ClassValue>
  isWhole: boolean
}

function collect(machine: Machine, site: CallSite, value: Value): Found {
  const found: Found = { classes: new Set(), isWhole: true }
  const add = (one: Value, depth: number): void => {
    if (one.kind === 'class') found.classes.add(one)
    else if (one.kind === 'array' && depth < 6) {
      if (one.isOpen) found.isWhole = false
      for (const element of one.elements) add(element, depth + 1)
    } else if (one.kind === 'choice' && depth < 6) for (const option of one.options) add(option, depth + 1)
    else if (one.kind === 'object' && one.role !== 'instance' && depth < 6)
      for (const property of propertiesOf(machine, site, one)) add(property, depth + 1)
    else if (one.kind === 'literal' && typeof one.value === 'string') {
      const files = filesOf(machine, one.value)
      if (files.length === 0) found.isWhole = false
      for (const file of files) add(machine.run.requireModule(machine, site, `${ROOT}/${file}`), depth + 1)
    } else if (one.kind !== 'literal' && one.kind !== 'function') found.isWhole = false
  }
  add(value, 0)
  return found
}

/** What a module or an object gives by name. */
export function propertiesOf(machine: Machine, site: CallSite, object: ObjectValue): readonly Value[] {
  const values = machine.run.callMethod(machine, site, globalValue(site.at, 'Object'), 'values', [object])
  return values.kind === 'array' ? values.elements : [...object.properties.values()]
}

const MODULE = /\.[cm]?[jt]sx?$/
const DECLARATION_OR_TEST = /\.(?:d|spec|test)\.[cm]?[jt]sx?$/

/** Sources that a glob finds, as they are or as what they are compiled to. */
function filesOf(machine: Machine, pattern: string): readonly string[] {
  const wanted = normalise(pattern.startsWith(`${ROOT}/`) ? pattern.slice(ROOT.length + 1) : pattern)
  const sources = [...machine.world.sources.keys()].filter((file) => MODULE.test(file) && !DECLARATION_OR_TEST.test(file)).sort()
  const matching = (glob: string): readonly string[] =>
    sources.filter((file) => minimatch(file, glob) || minimatch(file.replace(/\.([cm]?)tsx?$/, '.$1js'), glob))
  const found = matching(wanted)
  return found.length > 0 ? found : matching(wanted.replace(/^(?:dist|build|out|lib)\//, 'src/'))
}
