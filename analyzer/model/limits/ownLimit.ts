// The limit that a project has for most of its routes: a new limiter for everything is not stricter than that.
import { generalLimit, type WantedLimit } from './limiterCode.js'
import { limitersOf } from './limiters.js'
import type { ProjectModel } from '../model.js'

/** The laxest of its limiters, where that lets more through than what is written elsewhere; else the usual one. */
export function ownGeneralLimit(model: ProjectModel): WantedLimit {
  const rate = ({ limit, minutes }: WantedLimit): number => limit / minutes
  const own = limitersOf(model).flatMap(({ limit: { most, window } }): WantedLimit[] => {
    const minutes = (window ?? 0) / 60_000
    return most !== null && Number.isSafeInteger(most) && Number.isSafeInteger(minutes) && minutes > 0 && most / minutes <= MOST_A_MINUTE
      ? [{ limit: most, minutes }]
      : []
  })
  return own.reduce((laxest, one) => (rate(one) > rate(laxest) ? one : laxest), generalLimit)
}

/** More than that limits nobody. */
const MOST_A_MINUTE = 600
