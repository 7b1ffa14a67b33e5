// How a function passes a request on: by calling next, by handing next to something else, or with an error.
import type { CallRecord, Value } from '../link/value.js'
import type { Summary } from './model.js'
import { methodName } from './origins.js'
import { isNext } from './requests.js'
import type { ResponseRecord } from './responses.js'
import { isAbsent } from './values.js'

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
    records.some((record) => !isNext(record.callee) && record.args.some((arg, index) => isNext(arg) && !takesErrors(record, index))) ||
    (summary.passesOn === true && !takesNext(summary) && (answers.length === 0 || answers.every(({ record }) => record.guards.length > 0)))
  return { continues, forwards }
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

function isRouteWord(value: Value | undefined): boolean {
  return value?.kind === 'literal' && (value.value === 'route' || value.value === 'router')
}
