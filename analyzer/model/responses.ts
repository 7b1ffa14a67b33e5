// What a function answers: calls on a response parameter, their status and their body.
import type { CallRecord, Guard, Value } from '../link/value.js'
import { isResponse } from './requests.js'
import { isStatusKnown, setsStatus, statusCodesOf } from './errors/statusCodes.js'

export type ResponseMethod =
  'send' | 'json' | 'jsonp' | 'end' | 'write' | 'render' | 'sendFile' | 'download' | 'sendStatus' | 'redirect' | 'pipe'

export interface ResponseRecord {
  readonly record: CallRecord
  readonly method: ResponseMethod
  /** null where nothing set one, which means 200 (302 for a redirect). */
  readonly status: number | 'unknown' | null
  /** Every status that is known to be possible. Empty where `status` is null. */
  readonly statuses: readonly number[]
  readonly body: Value | null
}

const answering: ReadonlySet<string> = new Set(
  'send json jsonp end write render view sendFile sendfile download sendStatus redirect'.split(' '),
)

/** Names that mean the same: `reply.view()` of @fastify/view. */
const otherNames: ReadonlyMap<string, ResponseMethod> = new Map([
  ['sendfile', 'sendFile'],
  ['view', 'render'],
])

/** `reply.unauthorized()` and its like, of @fastify/sensible. */
const answersByName: ReadonlyMap<string, number> = new Map([
  ['badRequest', 400],
  ['unauthorized', 401],
  ['forbidden', 403],
  ['notFound', 404],
  ['conflict', 409],
  ['unprocessableEntity', 422],
  ['tooManyRequests', 429],
  ['internalServerError', 500],
  ['badGateway', 502],
  ['serviceUnavailable', 503],
])

/**
 * Answers on an Express response among the records: `res.send`, `json`, `jsonp`, `end`, `write`, `render`, `sendFile`, `download`, `sendStatus`, `redirect`, `stream.pipe(res)`,
 * with a status from the chain (`res.status(500).json(x)`), from the arguments (`sendStatus(429)`, `json(500, x)`), or from an earlier `status()`, `writeHead()` or `statusCode =` on the same path.
 */
export function responsesOf(records: readonly CallRecord[]): readonly ResponseRecord[] {
  const answers: ResponseRecord[] = []
  const earlier: CallRecord[] = []
  for (const record of records) {
    if (setsStatus(record)) earlier.push(record)
    const answer = mayAnswer(record) ? responseOf(record, earlier) : null
    if (answer !== null) answers.push(answer)
  }
  return answers
}

/** True when the record hands a response on to something else: `limiter(req, res, next)`, `proxy.web(req, res)`. */
export function isDelegation(record: CallRecord): boolean {
  // A guard of Nest that asks the one that it extends: `super.canActivate(context)`.
  if (record.callee.kind === 'member' && record.callee.name === 'canActivate') return true
  return !record.isWrite && record.args.some(isResponse) && !(record.callee.kind === 'member' && record.callee.name === 'pipe')
}

/** False for what is no answer by its name alone. */
export function mayAnswer({ callee, isWrite }: CallRecord): boolean {
  return callee.kind === 'member' && !isWrite && isAnswerName(callee.name)
}

/** True for names of methods that may answer. */
export function isAnswerName(name: string): boolean {
  return answering.has(name) || answersByName.has(name) || name === 'pipe'
}

function responseOf(record: CallRecord, earlier: readonly CallRecord[]): ResponseRecord | null {
  const { callee, args } = record
  if (callee.kind !== 'member' || record.isWrite) return null
  if (callee.name === 'pipe' && args[0] !== undefined && isResponse(args[0]))
    return { record, method: 'pipe', body: record.receiver ?? callee.object, ...statusFrom(earlierStatus(record, earlier)) }
  const named = answersByName.get(callee.name)
  if (named !== undefined && isResponse(callee.object))
    return { record, method: 'send', status: named, statuses: [named], body: args[0] ?? null }
  if (!answering.has(callee.name) || !isResponse(callee.object)) return null
  const method = (otherNames.get(callee.name) ?? callee.name) as ResponseMethod
  if (method === 'sendStatus') return { record, method, body: null, ...statusFrom(args[0] ?? null) }
  if (method === 'redirect') {
    // Express and Fastify 4 take the status first, Fastify 5 takes it last.
    const status = args.length > 1 ? (args.find((arg) => isStatusKnown(arg)) ?? args[0] ?? null) : null
    return { record, method, body: args.find((arg) => arg !== status) ?? null, ...statusFrom(status) }
  }
  if (method === 'render')
    return { record, method, body: args[1] ?? null, ...statusFrom(chainedStatus(callee.object) ?? earlierStatus(record, earlier)) }
  const [first = null, second] = args
  if (second !== undefined && statusCodesOf(first).length > 0 && (method === 'json' || method === 'send' || method === 'jsonp'))
    return { record, method, body: second, ...statusFrom(first) }
  return {
    record,
    method,
    body: first?.kind === 'function' ? null : first,
    ...statusFrom(chainedStatus(callee.object) ?? earlierStatus(record, earlier)),
  }
}

function statusFrom(value: Value | null): Pick<ResponseRecord, 'status' | 'statuses'> {
  if (value === null) return { status: null, statuses: [] }
  const statuses = statusCodesOf(value)
  return { status: statuses.length === 1 && isStatusKnown(value) ? (statuses[0] ?? 'unknown') : 'unknown', statuses }
}

/** The status set further left in the same chain of calls. */
function chainedStatus(value: Value): Value | null {
  if (value.kind !== 'result' || value.call.callee.kind !== 'member') return null
  const { callee, args } = value.call
  return callee.name === 'status' || callee.name === 'code' || callee.name === 'writeHead'
    ? (args[0] ?? null)
    : chainedStatus(callee.object)
}

function earlierStatus(record: CallRecord, earlier: readonly CallRecord[]): Value | null {
  return earlier.findLast((one) => one !== record && one.order < record.order && leadsTo(one.guards, record.guards))?.args[0] ?? null
}

/** True when whatever ran under `first` ran before everything under `second`: its conditions are among the later ones. */
function leadsTo(first: readonly Guard[], second: readonly Guard[]): boolean {
  return first.every((guard) => second.some((other) => other.value === guard.value && other.holds === guard.holds))
}
