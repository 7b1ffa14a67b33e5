// What a middleware or handler does with a request, read from its summary: the ground on which its effects are recognised.
import type { CallRecord, FunctionValue, Guard, ParameterValue, Value } from '../link/value.js'
import type { Location } from '../text/location.js'
import type { ProjectModel, Summary } from './model.js'
import { errorsAmong, passingOf } from './passing.js'
import { isRequest } from './requests.js'
import { givenIn } from './input/inputsWithin.js'
import { headerWrites, type HeaderWrite } from './headers/responseHeaders.js'
import { isDelegation, responsesOf, type ResponseRecord } from './responses.js'
import { valuesWithin } from './search.js'
import { setsStatus, statusCodesOf, statusCodesOfError } from './errors/statusCodes.js'

/** A way in which a function refuses a request: an answer, an error passed to next, or a throw. */
export interface Refusal {
  readonly statuses: readonly number[]
  readonly guards: readonly Guard[]
  readonly at: Location
  readonly call: CallRecord | null
  readonly how: 'answer' | 'next' | 'throw'
}

export interface Conduct {
  readonly fn: FunctionValue
  readonly summary: Summary
  /** Calls that production makes, without those behind a guard that is off. */
  readonly records: readonly CallRecord[]
  readonly answers: readonly ResponseRecord[]
  readonly headers: readonly HeaderWrite[]
  readonly refusals: readonly Refusal[]
  /** Calls that hand the response to something else. */
  readonly delegations: readonly CallRecord[]
  /** True when it passes some request on: `next()`, `.then(next)`, or by delegating with next. */
  readonly continues: boolean
  /** `next(error)` calls. */
  readonly forwards: readonly CallRecord[]
  /** True where the framework passes the error first: Express does for four parameters (domain fact D6), Fastify in its error handlers. */
  readonly isErrorHandler: boolean
}

/** Runs the function once with symbolic request, response and next, and sorts what it did. */
export function conductOf(model: ProjectModel, fn: FunctionValue): Conduct {
  return conductIn(fn, model.summaryOf(fn))
}

// Summaries never change, and models of one session share those of functions that do what they did.
const ofSummaries = new WeakMap<Summary, Conduct>()

function conductIn(fn: FunctionValue, summary: Summary): Conduct {
  let conduct = ofSummaries.get(summary)
  if (conduct === undefined || conduct.fn !== fn) ofSummaries.set(summary, (conduct = readConduct(fn, summary)))
  return conduct
}

function readConduct(fn: FunctionValue, summary: Summary): Conduct {
  const records = summary.calls.filter((record) => !record.isOff)
  const answers = responsesOf(records)
  const { forwards, continues } = passingOf(summary, records, answers)
  const delegations = records.filter(isDelegation)
  return {
    fn,
    summary,
    records,
    answers,
    headers: headerWrites(records),
    refusals: [...answerRefusals(records, answers), ...errorRefusals(summary, records, forwards)],
    delegations,
    continues,
    forwards,
    isErrorHandler: firstRole(summary) === 'error',
  }
}

/** The role of the first thing that the framework passes: what is bound stands in front of it. */
function firstRole({ fn, parameters }: Summary): ParameterValue['role'] | null {
  const first = parameters[fn.bound.length]
  return first?.kind === 'parameter' ? first.role : null
}

/** Answers with an error status, and statuses that are set before something else answers (`res.status(401); throw …`). */
function answerRefusals(records: readonly CallRecord[], answers: readonly ResponseRecord[]): readonly Refusal[] {
  const refusals = answers.map(({ record, statuses }): Refusal => ({
    statuses,
    guards: record.guards,
    at: record.at,
    call: record,
    how: 'answer',
  }))
  for (const record of records) {
    if (setsStatus(record))
      refusals.push({ statuses: statusCodesOf(record.args[0] ?? null), guards: record.guards, at: record.at, call: record, how: 'answer' })
  }
  return refusals.filter((refusal) => refusal.statuses.some((status) => status >= 400))
}

function errorRefusals(summary: Summary, records: readonly CallRecord[], forwards: readonly CallRecord[]): readonly Refusal[] {
  const writes = records.filter((record) => record.isWrite)
  const passed = forwards.flatMap((record): readonly Refusal[] => {
    const [error] = record.args
    const errors = error === undefined ? [] : errorsAmong(error)
    return errors.flatMap(({ value, guards }) =>
      value === null
        ? []
        : { statuses: statusCodesOfError(value, writes), guards: [...record.guards, ...guards], at: record.at, call: record, how: 'next' },
    )
  })
  const thrown = summary.throws.map((one): Refusal => ({
    statuses: statusCodesOfError(one.value, writes),
    guards: one.guards,
    at: one.at,
    call: null,
    how: 'throw',
  }))
  return [...passed, ...thrown]
}

/** True when the value, or anything in it, is a member of the request with such a name: `req.user`, `req.headers.authorization`, `req.get('x-api-key')`. */
export function readsRequest(value: Value, names: RegExp): boolean {
  let found = read.get(value)
  if (found === undefined) read.set(value, (found = requestNamesIn([value])))
  return matches(found, names)
}

/** The same of a condition in a function that callers share and that knows what it is given as its parameters alone: by what this one gave as them. */
export function asksRequest({ summary }: Conduct, condition: Value, names: RegExp): boolean {
  if (readsRequest(condition, names)) return true
  const given = givenIn(summary)
  return valuesWithin(condition, entersForReading).some(
    (one) => one.kind === 'parameter' && one.role === 'unknown' && given(one, null).some((value) => readsRequest(value, names)),
  )
}

// One condition stands around many refusals, of functions that share what refuses.
const read = new WeakMap<Value, ReadonlySet<string>>()

/** True when something that the function looks at, a tested condition or an argument of a call, reads such a part of the request. */
export function looksAt(conduct: Conduct, names: RegExp): boolean {
  return matches(namesLookedAt(conduct), names)
}

/** True when functions of the project are given such a part of the request: who shares their runs knows it as a parameter alone. */
export function handsOn({ summary }: Conduct, names: RegExp): boolean {
  return matches(requestNamesIn((summary.deliveries ?? []).flatMap(({ args }) => args)), names)
}

function matches(found: ReadonlySet<string>, names: RegExp): boolean {
  for (const name of found) if (names.test(name)) return true
  return false
}

/** Names of members of the request within values; each thing is entered once. Heaps behind instances and modules are not part of what a condition asks. */
function requestNamesIn(values: Iterable<Value>): ReadonlySet<string> {
  const names = new Set<string>()
  const seen = new Set<Value>()
  for (const value of values) {
    if (seen.has(value)) continue
    for (const one of valuesWithin(value, entersForReading, seen)) {
      if (one.kind === 'member' && rootIsRequest(one.object)) names.add(one.name)
      if (one.kind !== 'result' || one.call.callee.kind !== 'member' || !rootIsRequest(one.call.callee.object)) continue
      for (const arg of one.call.args) if (arg.kind === 'literal') names.add(String(arg.value))
    }
  }
  return names
}

function entersForReading(value: Value): boolean {
  return value.kind !== 'object' || (value.role === 'plain' && value.properties.size <= 30)
}

function rootIsRequest(value: Value): boolean {
  let root = value
  while (root.kind === 'member' && !isRequest(root)) root = root.object
  return isRequest(root)
}

const looked = new WeakMap<Conduct, ReadonlySet<string>>()

function namesLookedAt(conduct: Conduct): ReadonlySet<string> {
  let names = looked.get(conduct)
  if (names === undefined) looked.set(conduct, (names = requestNamesIn(valuesLookedAt(conduct))))
  return names
}

function* valuesLookedAt(conduct: Conduct): Generator<Value> {
  const guards = new Set<Guard>()
  for (const record of conduct.records) {
    for (const guard of record.guards) guards.add(guard)
    yield* record.args
    if (!record.isWrite) yield record.callee
  }
  for (const refusal of conduct.refusals) for (const guard of refusal.guards) guards.add(guard)
  for (const guard of guards) yield guard.value
}
