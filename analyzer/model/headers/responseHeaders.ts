// Which response headers a function sets, appends or removes.
import type { CallRecord, ObjectValue, Value } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { globalOf } from '../origins.js'
import { ofCalls } from '../perPart.js'
import { isInProduction } from '../productionCalls.js'
import { isResponse } from '../requests.js'
import { possibleValues, property, stringOf, stringsOf } from '../values.js'

export interface HeaderWrite {
  readonly record: CallRecord
  readonly kind: 'set' | 'append' | 'remove'
  /** Lower case. null where it is not known. */
  readonly name: string | null
  /** null for removals. */
  readonly value: Value | null
}

/** Header writes on a response among the records: `setHeader`, `header`, `set`, `append`, `removeHeader`, `writeHead`, `setHeaders`, `type` aside, also with an object of headers. */
export function headerWrites(records: readonly CallRecord[]): readonly HeaderWrite[] {
  let writes = known.get(records)
  if (writes === undefined) known.set(records, (writes = records.filter(mayWrite).flatMap(writesOf)))
  return writes
}

/** Header writes of all production code, in order. */
export function productionHeaderWrites(model: ProjectModel): readonly HeaderWrite[] {
  return allHeaderWrites(model).filter(({ record }) => isInProduction(model, record))
}

// Lists of records never change, and the calls of production are asked for by several rules.
const known = new WeakMap<readonly CallRecord[], readonly HeaderWrite[]>()

const writing: ReadonlySet<string> = new Set(
  'setHeader header headers set append appendHeader removeHeader writeHead setHeaders'.split(' '),
)

const allHeaderWrites = ofCalls((calls) => calls.filter(mayWrite).flatMap(writesOf), { names: (name) => writing.has(name) })

function mayWrite({ callee, isWrite }: CallRecord): boolean {
  return callee.kind === 'member' && !isWrite && writing.has(callee.name)
}

function writesOf(record: CallRecord): readonly HeaderWrite[] {
  const { callee, args } = record
  if (callee.kind !== 'member' || record.isWrite || !isResponse(callee.object)) return []
  switch (callee.name) {
    case 'setHeader':
    case 'header':
    case 'set':
      return args.length === 0 ? [] : written(record, 'set', args[0] ?? null, args[1] ?? null)
    case 'append':
    case 'appendHeader':
      return written(record, 'append', args[0] ?? null, args[1] ?? null)
    case 'removeHeader':
      return named(record, 'remove', args[0] ?? null, null)
    case 'writeHead':
      return args.length < 2 ? [] : written(record, 'set', args.at(-1) ?? null, null)
    case 'setHeaders':
    case 'headers':
      return written(record, 'set', args[0] ?? null, null)
    default:
      return []
  }
}

function written(record: CallRecord, kind: 'set' | 'append', first: Value | null, value: Value | null): readonly HeaderWrite[] {
  if (first?.kind !== 'object')
    return value === null && record.args.length < 2 && stringOf(first) !== null ? [] : named(record, kind, first, value)
  return [...first.properties].map(([name, one]) => ({ record, kind, name: name.toLowerCase(), value: one }))
}

function named(record: CallRecord, kind: HeaderWrite['kind'], name: Value | null, value: Value | null): readonly HeaderWrite[] {
  const names = stringsOf(name)
  const listed = names.length === 0 ? entriesBehind(name) : []
  if (listed.length > 0)
    return sharedNames(listed).map((one) => ({ record, kind, name: one.toLowerCase(), value: property(joined(listed), one) }))
  if (names.length === 0) return [{ record, kind, name: null, value }]
  return names.map((one) => ({ record, kind, name: one.toLowerCase(), value }))
}

/** The objects of which the entries are walked, where the name is the key of one: `for (const [name, value] of Object.entries(headers))`. */
function entriesBehind(name: Value | null): readonly ObjectValue[] {
  if (name?.kind !== 'member' || name.name !== '0' || name.object.kind !== 'member') return []
  const list = name.object.object
  if (list.kind !== 'result' || globalOf(list.call.callee) !== 'Object.entries') return []
  const objects = possibleValues(list.call.args[0] ?? null)
  return objects
    .flatMap((one) => (one.kind === 'object' && !one.isOpen ? [one] : []))
    .filter((_, __, known) => known.length === objects.length)
}

/** Names that all of the objects have: these headers are set whichever it is. */
function sharedNames(objects: readonly ObjectValue[]): readonly string[] {
  const [first, ...others] = objects
  return [...(first?.properties.keys() ?? [])].filter((name) => others.every(({ properties }) => properties.has(name)))
}

function joined(objects: readonly ObjectValue[]): Value | null {
  const [first] = objects
  return first === undefined || objects.length === 1
    ? (first ?? null)
    : { kind: 'choice', at: first.at, operator: 'join', options: objects, test: null }
}
