// Error handlers that answer the errors they know and pass every other one on.
import type { PathCondition, Value } from '../../link/value.js'
import type { Conduct } from '../conduct.js'
import { verdictOf } from './errorConditions.js'

/**
 * `if (err.name === 'UnauthorizedError') return res.sendStatus(401); next(err)`: what it does not know is left to whatever stands behind it.
 * Who throws the error again passes it on just as well: to the error middleware behind it, and in Fastify to the handler of the context around, at last to Fastify's own.
 */
export function answersKnownAlone(conduct: Conduct): boolean {
  const { isErrorHandler, answers, delegations, forwards } = conduct
  const ways = [...answers.map(({ record }) => record), ...delegations]
  if (!isErrorHandler || ways.length === 0 || (forwards.length === 0 && !throwsAgain(conduct))) return false
  return ways.every(({ guards }) => isOfKnown(guards))
}

/** True for an error handler of Fastify that sends errors which it does not know as they are: the handler of the context around gets them (domain fact D18). */
export function sendsOn(conduct: Conduct): boolean {
  const error = errorOf(conduct)
  const sent = conduct.answers.filter(({ body }) => body !== null && body === error)
  return sent.length > 0 && conduct.answers.every((answer) => sent.includes(answer) || isOfKnown(answer.record.guards))
}

function throwsAgain(conduct: Conduct): boolean {
  const error = errorOf(conduct)
  const isRewritten = conduct.records.some(
    ({ isWrite, callee }) => isWrite && callee.kind === 'member' && callee.name === 'message' && callee.object === error,
  )
  return (
    !isRewritten && conduct.summary.throws.some(({ value, guards, isCaught }) => !isCaught && value === error && verdictOf(guards) === null)
  )
}

/** What the framework passes first: what is bound stands in front of it. */
function errorOf({ fn, summary }: Conduct): Value | undefined {
  return summary.parameters[fn.bound.length]
}

function isOfKnown(guards: readonly PathCondition[]): boolean {
  const verdict = verdictOf(guards)
  return verdict === 'client' || verdict === 'selected'
}
