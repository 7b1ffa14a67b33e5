// Which response headers a function sets, appends or removes.
import type { CallRecord, Value } from '../link/value.js'
import { isResponse } from './requests.js'
import { stringOf, stringsOf } from './values.js'

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
  return records.flatMap((record) => writesOf(record))
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
  if (names.length === 0) return [{ record, kind, name: null, value }]
  return names.map((one) => ({ record, kind, name: one.toLowerCase(), value }))
}
