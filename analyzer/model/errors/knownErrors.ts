// Error middleware that answers the errors it knows and passes every other one on.
import type { Conduct } from '../conduct.js'
import { verdictOf } from './errorConditions.js'

/** `if (err.name === 'UnauthorizedError') return res.sendStatus(401); next(err)`: what it does not know is left to whatever stands behind it. */
export function answersKnownAlone({ isErrorHandler, answers, delegations, forwards }: Conduct): boolean {
  const ways = [...answers.map(({ record }) => record), ...delegations]
  if (!isErrorHandler || forwards.length === 0 || ways.length === 0) return false
  return ways.every(({ guards }) => {
    const verdict = verdictOf(guards)
    return verdict === 'client' || verdict === 'selected'
  })
}
