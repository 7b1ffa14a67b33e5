// ramda and lodash/fp: functions that are given the function first and what they go through last, at once or later (run with ramda 0.3x).
import { type CallSite, type Machine, NATIVE } from '../machine.js'
import type { PackageValue, Value } from '../value.js'
import { arrayValue, literal, memberValue, objectValue, packageValue, undefinedAt } from '../values.js'

const PACKAGES: ReadonlySet<string> = new Set(['ramda', 'lodash/fp'])

/** How many arguments each takes, the function among them. */
const ARITIES: ReadonlyMap<string, number> = new Map([
  ['forEach', 2],
  ['each', 2],
  ['map', 2],
  ['filter', 2],
  ['forEachObjIndexed', 2],
  ['mapObjIndexed', 2],
  ['tap', 2],
  ['reduce', 3],
])

/** What a call of such a package gives: a function where something is still to come. null where it is none, or where what it goes through is not known. */
export function curried(machine: Machine, site: CallSite, { package: from, path }: PackageValue, args: readonly Value[]): Value | null {
  const direct = path.findLast((part) => part !== 'default')
  const [name, of] = PACKAGES.has(from) ? [direct, from] : [/^ramda\/(?:src|es)\/(\w+)/.exec(from)?.[1], 'ramda']
  const arity = ARITIES.get(name ?? '')
  if (name === undefined || arity === undefined || args[0]?.kind !== 'function') return null
  if (args.length >= arity) return applied(machine, site, of, name, args)
  // While serving, what goes through it is seldom known, and the function is run as any other callback.
  if (machine.phase !== 'boot' && machine.phase !== 'callback') return null
  const key = `curried ${machine.natives.size}`
  machine.natives.set(key, (rest, later) => {
    const result = curried(machine, later, packageValue(site.at, of, [name]), [...args, ...rest])
    return result ?? onceFor(machine, later, args[0], rest.at(-1))
  })
  return packageValue(site.at, NATIVE, [key])
}

/** One element stands for those of a list that is not known. */
function onceFor(machine: Machine, site: CallSite, fn: Value | undefined, list: Value | undefined): Value {
  if (fn === undefined || list === undefined) return undefinedAt(site.at)
  machine.run.call(machine, { ...site, isAwaited: false }, fn, null, [memberValue(site.at, list, '*')])
  return list
}

function applied(machine: Machine, site: CallSite, from: string, name: string, [fn, given, last]: readonly Value[]): Value | null {
  if (fn === undefined || given === undefined) return null
  const call = (...values: readonly Value[]): Value => machine.run.call(machine, { ...site, isAwaited: false }, fn, null, values)
  if (name === 'tap') {
    call(given)
    return given
  }
  if (name === 'reduce')
    return last?.kind === 'array' && !last.isOpen ? last.elements.reduce((total, one) => call(total, one), given) : null
  if (given.kind === 'array') {
    if (name === 'filter') return machine.run.callMethod(machine, site, given, 'filter', [fn])
    const results = given.elements.map((one) => call(one))
    return name === 'map' ? arrayValue(site.at, results, given.isOpen) : given
  }
  if (given.kind !== 'object' || given.role === 'map' || given.role === 'set' || given.isOpen || name === 'filter') return null
  const isKeyed = name.endsWith('ObjIndexed')
  // Lists alone are what forEach of ramda goes through.
  if (!isKeyed && name !== 'map' && from === 'ramda') return null
  const made = objectValue(site.at)
  for (const [key, one] of [...given.properties]) made.properties.set(key, isKeyed ? call(one, literal(site.at, key), given) : call(one))
  if (!name.startsWith('map')) return given
  // map of ramda keeps the keys, that of lodash lists what it made.
  return from === 'ramda' || isKeyed ? made : arrayValue(site.at, [...made.properties.values()])
}
