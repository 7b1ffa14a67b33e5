// Functions of lodash and underscore that go through a list or the properties of an object: `_.each(routes, (route, name) => …)`.
import type { CallSite, Machine } from '../machine.js'
import type { PackageValue, Value } from '../value.js'
import { arrayValue, literal } from '../values.js'
import { lodashFunction } from './lodashNames.js'
import { listed } from './objectMethods.js'

/** Methods of arrays by the lower-case names of functions that do the same. */
const METHODS: ReadonlyMap<string, string> = new Map([
  ['each', 'forEach'],
  ['foreach', 'forEach'],
  ['forown', 'forEach'],
  ['forin', 'forEach'],
  ['map', 'map'],
  ['flatmap', 'flatMap'],
  ['filter', 'filter'],
  ['find', 'find'],
  ['some', 'some'],
  ['every', 'every'],
  ['reduce', 'reduce'],
])

/** What a call of such a package gives; null where it is none, or where what it goes through is not known. */
export function wentThrough(machine: Machine, site: CallSite, callee: PackageValue, args: readonly Value[]): Value | null {
  const name = lodashFunction(callee)
  const [collection, fn] = args
  if (name === null || collection === undefined) return null
  if (name === 'keys') return listed(machine, site, collection, ([key]) => literal(site.at, key))
  if (name === 'values') return listed(machine, site, collection, ([, value]) => value)
  if (name === 'topairs' || name === 'entries')
    return listed(machine, site, collection, ([key, value]) => arrayValue(site.at, [literal(site.at, key), value]))
  const method = METHODS.get(name)
  if (method === undefined || fn?.kind !== 'function') return null
  if (collection.kind === 'array') {
    const result = machine.run.callMethod(machine, site, collection, method, args.slice(1))
    return method === 'forEach' ? collection : result
  }
  if (method !== 'forEach' && method !== 'map') return null
  const results = listed(machine, site, collection, ([key, value]) =>
    machine.run.call(machine, { ...site, isAwaited: false }, fn, null, [value, literal(site.at, key), collection]),
  )
  return method === 'forEach' && results !== null ? collection : results
}
