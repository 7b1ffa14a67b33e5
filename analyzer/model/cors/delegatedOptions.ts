// Options of CORS that a function gives for each request: to a callback, as what it returns, or as a function that does.
import type { CallRecord, FunctionValue, Value } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { possibleValues } from '../values.js'
import { isCallback } from './originAnswers.js'
import { callsInCallbacks } from './originChecks.js'
import { asksForPresence, decidesByOrigin } from './originDecisions.js'
import { conditionsOf, type Condition } from './originGrants.js'

interface DelegatedOptions {
  readonly options: Value
  readonly conditions: readonly Condition[]
  /** What functions within ask about the origin. */
  readonly inner: readonly CallRecord[]
}

/** Each answer of a delegate with what holds where it is the answer. Fastify asks a function in place of options for the delegate, and takes promises. */
export function delegatedOptions(model: ProjectModel, fn: FunctionValue, depth = 0): readonly DelegatedOptions[] {
  const { calls, returns } = model.summaryOf(fn)
  const inner = callsInCallbacks(calls, { file: fn.source.file, fn: fn.facts.id })
  const called = calls.flatMap((one) =>
    isCallback(one, fn) && !one.isOff && one.args[1] !== undefined ? [{ given: one.args[1], guards: one.guards }] : [],
  )
  const returned = returns.flatMap(({ value, guards }) => {
    const given = value.kind === 'promise' ? value.result : value
    return given === null ? [] : [{ given, guards }]
  })
  return [...called, ...returned].flatMap(({ given, guards }): readonly DelegatedOptions[] => {
    if (given.kind === 'function') return depth > 0 ? [] : delegatedOptions(model, given, depth + 1)
    const answers = possibleValues(given).some(({ kind }) => kind === 'object') ? answersUnder(given, conditionsOf(guards)) : []
    return answers.map((one) => ({ ...one, inner }))
  })
}

/** `isOurs(origin) ? { origin, credentials: true } : { origin: false }`: each with what holds where it is the answer. */
function answersUnder(options: Value, conditions: readonly Condition[]): readonly Omit<DelegatedOptions, 'inner'>[] {
  if (options.kind !== 'choice' || options.test === null || options.options.length !== 2) return [{ options, conditions }]
  const { test } = options
  if (!asksForPresence(test) && !decidesByOrigin(test)) return [{ options, conditions }]
  return options.options.flatMap((one, index) =>
    answersUnder(one, decidesByOrigin(test) ? [...conditions, { test, holds: index === 0 }] : conditions),
  )
}
