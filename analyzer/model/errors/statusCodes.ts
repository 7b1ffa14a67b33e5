// HTTP status codes behind values: numbers, the constants of status packages, and errors that carry one.
import type { CallRecord, ObjectValue, Value } from '../../link/value.js'
import { addToGroup } from '../../grouped.js'
import { methodName, originOf } from '../origins.js'
import { isRequest, isResponse } from '../requests.js'
import { possibleValues, property } from '../values.js'

/** Names as http-status, http-status-codes, http-errors, boom and projects write them, without case and separators. */
const codeOfName: Readonly<Record<string, number>> = {
  ok: 200,
  created: 201,
  accepted: 202,
  nocontent: 204,
  movedpermanently: 301,
  found: 302,
  seeother: 303,
  badrequest: 400,
  unauthorized: 401,
  unauthenticated: 401,
  notauthenticated: 401,
  paymentrequired: 402,
  forbidden: 403,
  notfound: 404,
  methodnotallowed: 405,
  conflict: 409,
  gone: 410,
  payloadtoolarge: 413,
  unsupportedmediatype: 415,
  unprocessableentity: 422,
  unprocessable: 422,
  validation: 400,
  invalidinput: 400,
  toomanyrequests: 429,
  ratelimit: 429,
  ratelimitexceeded: 429,
  throttler: 429,
  internalservererror: 500,
  internal: 500,
  notimplemented: 501,
  badgateway: 502,
  serviceunavailable: 503,
  gatewaytimeout: 504,
}

/** The status codes that a value may be: numbers and numeric strings from 100 to 599, and constants such as `httpStatus.UNAUTHORIZED`. */
export function statusCodesOf(value: Value | null): readonly number[] {
  const codes = new Set<number>()
  for (const one of possibleValues(value)) {
    if (one.kind === 'literal') {
      const code = Number(one.value)
      if (Number.isInteger(code) && code >= 100 && code < 600) codes.add(code)
    } else {
      const constant = constantOf(one)
      if (constant !== null) codes.add(constant)
    }
  }
  return [...codes]
}

/** True when every possible value is a known code. */
export function isStatusKnown(value: Value | null): boolean {
  const values = possibleValues(value)
  return values.length > 0 && values.every((one) => one.kind === 'literal' || constantOf(one) !== null)
}

function constantOf(value: Value): number | null {
  const origin = originOf(value)
  if (origin === null || !(/http-?status|statuses|http-?code/i.test(origin.package) || origin.path[0] === 'HttpStatus')) return null
  return codeNamed(origin.path.at(-1) ?? '')
}

function codeNamed(name: string): number | null {
  const plain = name.replaceAll('_', '').toLowerCase()
  return codeOfName[plain] ?? codeOfName[plain.replace(/(http)?(error|exception)$/, '')] ?? null
}

/**
 * The status codes that an error stands for: its `status`, `statusCode` and the like, numbers given to an opaque constructor (`createError(429)`), and
 * names that say it (`new TooManyRequestsError()`). `records` are the calls of the same function, for properties set afterwards.
 */
export function statusCodesOfError(error: Value | null, records: readonly CallRecord[] = []): readonly number[] {
  const codes = new Set<number>()
  for (const one of possibleValues(error)) {
    if (one.kind === 'object' || one.kind === 'result') {
      const own = records.length === 0 ? [] : (writesOn(records).get(one) ?? [])
      for (const name of STATUS_NAMES) {
        if (one.kind === 'object')
          for (const part of statusHolders(one)) for (const code of statusCodesOf(property(part, name))) codes.add(code)
        for (const record of own) {
          if (methodName(record.callee) === name) for (const code of statusCodesOf(record.args[0] ?? null)) codes.add(code)
        }
      }
    }
    if (one.kind === 'result') for (const arg of one.call.args) for (const code of statusCodesOf(arg)) if (code >= 400) codes.add(code)
    const name =
      one.kind === 'object' ? (one.instanceOf?.facts.name ?? '') : one.kind === 'result' ? (methodName(one.call.callee) ?? '') : ''
    const named = codeNamed(name)
    if (named !== null && named >= 400) codes.add(named)
  }
  return [...codes]
}

/** Writes by what they write to: a function that throws a hundred errors would look through all of them for each. */
function writesOn(records: readonly CallRecord[]): ReadonlyMap<Value, readonly CallRecord[]> {
  let found = writes.get(records)
  if (found === undefined) {
    const groups = new Map<Value, CallRecord[]>()
    for (const record of records) if (record.isWrite && record.receiver !== null) addToGroup(groups, record.receiver, record)
    writes.set(records, (found = groups))
  }
  return found
}

const writes = new WeakMap<readonly CallRecord[], ReadonlyMap<Value, readonly CallRecord[]>>()

const STATUS_NAMES = ['status', 'statusCode', 'httpStatus', 'httpCode', 'httpStatusCode', 'code']

/** The error itself, and what an error of the project describes its answer in: `new ApiError({ status: 401, title: 'Unauthorized' })`. */
function statusHolders(error: ObjectValue): readonly ObjectValue[] {
  if (error.instanceOf === null) return [error]
  return [error, ...[...error.properties.values()].filter((one): one is ObjectValue => one.kind === 'object' && one.role === 'plain')]
}

/** The root of a status call: true for `res.status(…)` and `res.statusCode = …`. */
export function setsStatus(record: CallRecord): boolean {
  const { callee } = record
  if (callee.kind !== 'member' || !(record.isWrite ? callee.name === 'statusCode' : settingStatus.has(callee.name))) return false
  return isResponse(callee.object) && !isRequest(callee.object)
}

const settingStatus: ReadonlySet<string> = new Set(['status', 'sendStatus', 'writeHead', 'code'])
