// Arrays that are made from a number or from what can be listed: `Array(6)`, `Array.from({ length: 6 }, make)`.
import { lacking } from '../lacking.js'
import type { CallSite, Machine } from '../machine.js'
import type { ArrayValue, Value } from '../value.js'
import { arrayValue, undefinedAt } from '../values.js'

/** `Array.from(listed, mapper)`. null where it is not known what is listed. */
export function arrayFrom(machine: Machine, site: CallSite, listed: Value | undefined, mapper: Value | undefined): Value | null {
  const array = arrayOf(machine, site, listed)
  if (array === null || mapper === undefined) return array
  return machine.run.callMethod(machine, site, array, 'map', [mapper])
}

/** `Array(6)`, `new Array(6)`, `new Array(a, b)`. */
export function newArray(machine: Machine, site: CallSite, args: readonly Value[]): ArrayValue {
  return args.length === 1 ? repeated(machine, site, args[0]) : arrayValue(site.at, [...args])
}

function arrayOf(machine: Machine, site: CallSite, listed: Value | undefined): Value | null {
  if (listed?.kind === 'array') return lacking(arrayValue(site.at, [...listed.elements], listed.isOpen), listed)
  if (listed?.kind !== 'object') return null
  if (listed.role === 'set' || listed.role === 'map')
    return machine.run.callMethod(machine, site, listed, listed.role === 'set' ? 'values' : 'entries', [])
  const length = listed.properties.get('length')
  return length === undefined ? null : repeated(machine, site, length)
}

/** Past this many elements one stands for all of them. */
const MOST_COUNTED = 32

/** What a start counts out is listed, as far as it is few; else one element stands for all of them: what is made for each is made by the same code. */
function repeated({ phase }: Machine, { at }: CallSite, length: Value | undefined): ArrayValue {
  const count = phase === 'boot' && length?.kind === 'literal' ? Number(length.value) : NaN
  if (!Number.isInteger(count) || count < 0 || count > MOST_COUNTED) return arrayValue(at, [undefinedAt(at)], true)
  return arrayValue(
    at,
    Array.from({ length: count }, () => undefinedAt(at)),
  )
}
