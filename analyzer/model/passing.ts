// How a function passes a request on: by calling next, by handing next to something else, or with an error.
import type { CallRecord, Guard, Value } from '../link/value.js'
import type { Summary } from './model.js'
import { methodName } from './origins.js'
import { isNext } from './requests.js'
import type { ResponseRecord } from './responses.js'
import { isAbsent, possibleValues } from './values.js'

export interface Passing {
  /** True when it passes some request on. */
  readonly continues: boolean
  /** `next(error)` calls. */
  readonly forwards: readonly CallRecord[]
}

/** What the calls of a function, and what it answers, say of requests that go further. */
export function passingOf(summary: Summary, records: readonly CallRecord[], answers: readonly ResponseRecord[]): Passing {
  const nextCalls = records.filter((record) => !record.isWrite && isNext(record.callee))
  const forwards = nextCalls.filter((record) => isAbsent(record.args[0] ?? null) !== 'yes' && !isRouteWord(record.args[0]))
  const continues =
    nextCalls.length > forwards.length ||
    forwards.some(({ args: [error] }) => error !== undefined && errorsAmong(error).some(({ value }) => value === null)) ||
    forwards.some(({ args }) => isAtTimesAbsent(args[0])) ||
    records.some((record) => !isNext(record.callee) && record.args.some((arg, index) => isNext(arg) && !takesErrors(record, index))) ||
    (summary.passesOn === true && !takesNext(summary) && (answers.length === 0 || answers.every(({ record }) => record.guards.length > 0)))
  return { continues, forwards }
}

/** What `next(isAllowed ? undefined : new Refused())` may be given, with the condition of each: null where the request goes further. */
export function errorsAmong(value: Value): readonly { readonly value: Value | null; readonly guards: readonly Guard[] }[] {
  if (value.kind !== 'choice' || (value.operator !== '?:' && value.operator !== 'join')) return [{ value, guards: [] }]
  const { at, test, options, conditions } = value
  return options.map((option, index) => {
    const own = conditions?.[index] ?? (test === null || options.length !== 2 ? [] : [{ value: test, holds: index === 0 }])
    return { value: isAbsent(option) === 'yes' ? null : option, guards: own.map((one): Guard => ({ at, kind: 'condition', ...one })) }
  })
}

/** A hook with a callback passes the request on by calling it. */
function takesNext({ parameters }: Summary): boolean {
  return parameters.some((one) => one.kind === 'parameter' && one.role === 'next')
}

/** `promise.catch(next)`, `promise.then(done, next)` and `stream.on('error', next)` call it with an error, and the request goes no further. */
function takesErrors({ callee, args }: CallRecord, index: number): boolean {
  switch (methodName(callee)) {
    case 'catch':
      return true
    case 'then':
      return index === 1
    case 'on':
    case 'once':
      return args[0]?.kind === 'literal' && args[0].value === 'error'
    default:
      return false
  }
}

/** `next(isAllowed ? undefined : new Forbidden())` forwards an error in one case and passes the request on in the other. */
function isAtTimesAbsent(value: Value | undefined): boolean {
  return value?.kind === 'choice' && possibleValues(value).some((one) => one.kind !== 'choice' && isAbsent(one) === 'yes')
}

function isRouteWord(value: Value | undefined): boolean {
  return value?.kind === 'literal' && (value.value === 'route' || value.value === 'router')
}
