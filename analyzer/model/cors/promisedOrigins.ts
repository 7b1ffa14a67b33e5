// What a function that is asked for each origin answers with a promise.
import type { CallRecord, Value } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { packageOf } from '../origins.js'
import { isTrue } from '../values.js'
import { callsInCallbacks } from './originChecks.js'
import { conditionsOf, grantsUnder, type OriginGrant } from './originGrants.js'

/** `async (origin) => …`: the plugin of Fastify waits for the promise, `cors` of Express never looks at it. An answer `true` that nothing decides about lets everybody in. */
export function promisedGrants(model: ProjectModel, { callee }: CallRecord, origin: Value): readonly OriginGrant[] {
  if (origin.kind !== 'function' || packageOf(callee)?.package !== '@fastify/cors') return []
  const { calls, returns, throws } = model.summaryOf(origin)
  const answers = returns.flatMap(({ value, guards }) => {
    const answer = value.kind === 'promise' ? value.result : origin.facts.isAsync ? value : null
    return answer === null ? [] : [{ answer, guards }]
  })
  // What it calls may refuse by throwing.
  const mayRefuse = throws.length > 0 || calls.length > 0
  const open = mayRefuse ? undefined : answers.find(({ answer, guards }) => isTrue(answer) === 'yes' && guards.length === 0)
  if (open !== undefined) return grantsUnder(model, open.answer, [], [])
  const inner = callsInCallbacks(calls, { file: origin.source.file, fn: origin.facts.id })
  return answers.flatMap(({ answer, guards }) =>
    grantsUnder(model, answer, conditionsOf(guards), inner).filter(({ kind }) => kind !== 'reflect' && kind !== 'any'),
  )
}
