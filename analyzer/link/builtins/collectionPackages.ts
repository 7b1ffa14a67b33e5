// Functions of lodash and underscore that go through a list or the properties of an object: `_.each(routes, (route, name) => …)`.
import type { CallSite, Machine } from '../machine.js'
import type { PackageValue, Value } from '../value.js'
import { arrayValue, globalValue, literal, sameValue } from '../values.js'
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

/** `_.set(options, key, value)` gives the object, which has that property now; through a way, or one that is not known, it may have any. */
function written(machine: Machine, site: CallSite, [object, way, value]: readonly Value[]): Value | null {
  if (object?.kind !== 'object' || value === undefined) return null
  const key = way?.kind === 'literal' ? String(way.value) : null
  if (key !== null && !/[.[]/.test(key)) machine.run.setMember(machine, site, object, key, value)
  else object.isOpen = true
  return object
}

/** Functions that make a list of lists: `_.compact([limit, isPublic ? null : auth])`, as chains of middleware are put together. */
function relisted(machine: Machine, site: CallSite, name: string, args: readonly Value[]): Value | null {
  const [first, second] = args
  const method = (list: Value, called: string, given: readonly Value[]): Value => machine.run.callMethod(machine, site, list, called, given)
  if (name === 'castarray' && first !== undefined && args.length === 1)
    return first.kind === 'array' ? first : isOne(first) ? arrayValue(site.at, [first]) : null
  if (name === 'concat' && first !== undefined && isOne(first)) return method(arrayValue(site.at, [first]), 'concat', args.slice(1))
  if (first?.kind !== 'array') return null
  switch (name) {
    case 'compact':
      return method(first, 'filter', [globalValue(site.at, 'Boolean')])
    case 'flatten':
      return method(first, 'flat', [])
    case 'flattendeep':
      return flat(machine, site, first)
    case 'concat':
      return method(first, 'concat', args.slice(1))
    case 'union':
      return args.every(({ kind }) => kind === 'array') ? withoutRepetitions(method(first, 'concat', args.slice(1))) : null
    case 'uniq':
      return withoutRepetitions(first)
    case 'drop':
    case 'tail':
      return method(first, 'slice', [name === 'drop' && second !== undefined ? second : literal(site.at, 1)])
    default:
      return null
  }
}

/** Certainly no list. */
function isOne({ kind }: Value): boolean {
  return kind === 'literal' || kind === 'function' || kind === 'object' || kind === 'scope' || kind === 'class'
}

function flat(machine: Machine, site: CallSite, list: Value, depth = 0): Value {
  if (list.kind !== 'array' || depth > DEEPEST_LIST || !list.elements.some(({ kind }) => kind === 'array')) return list
  return flat(machine, site, machine.run.callMethod(machine, site, list, 'flat', []), depth + 1)
}

const DEEPEST_LIST = 8

function withoutRepetitions(list: Value): Value {
  if (list.kind !== 'array') return list
  const kept = list.elements.filter((one, index) => list.elements.findIndex((other) => sameValue(one, other)) === index)
  return kept.length === list.elements.length ? list : { ...list, elements: kept }
}

/** What a call of such a package gives; null where it is none, or where what it goes through is not known. */
export function wentThrough(machine: Machine, site: CallSite, callee: PackageValue, args: readonly Value[]): Value | null {
  const name = lodashFunction(callee)
  const [collection, fn] = args
  if (name === null || collection === undefined) return null
  if (name === 'set') return written(machine, site, args)
  const list = relisted(machine, site, name, args)
  if (list !== null) return list
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
