// Makes a limiter strict where it stands, when it is in front of nothing but routes that take credentials or cost much: a second one beside it would be one too many.
import type { Editor } from '../../fix/fix.js'
import type { LiteralValue, Value } from '../../link/value.js'
import { sameLocation, type Location } from '../../text/location.js'
import type { ProjectModel, Route } from '../model.js'
import { placesOf } from '../routePlaces.js'
import type { LaxLimit } from './laxLimits.js'
import { limitDemand } from './limitDemand.js'
import { credentialLimit } from './limiterCode.js'
import { limiterCallsIn, limitersOf, routesBehind, type Limiter } from './limiters.js'

const QUARTER = 15 * 60 * 1000
const MOST_ATTEMPTS = 20

/** The numbers as they stand in the text, each for one purpose alone. */
export interface OwnNumbers {
  readonly most: { readonly at: Location; readonly value: number }
  /** null where the window is long enough. */
  readonly window: { readonly at: Location; readonly value: number } | null
  /** What the limiter should let through: five requests for each route that it counts together. */
  readonly wanted: number
}

/** The numbers of a limiter that only these routes stand behind; null where they are not written, or count elsewhere too. */
export function ownNumbers(model: ProjectModel, { numbers, routes }: LaxLimit): OwnNumbers | null {
  const { most, window } = numbers
  if (!isNumber(most) || (window !== null && !isNumber(window))) return null
  const all = limitersOf(model).filter(({ package: name }) => name === 'express-rate-limit')
  const isDemanding = (route: Route): boolean => routes.includes(route) || limitDemand(model, route, 'costly') !== null
  const here = all.filter((one) => isAt(one.limit.mostValue, most))
  const isOwn =
    here.length > 0 && here.every((one) => routesBehind(model, one).every((route) => isDemanding(route) && names(model, route, one)))
  const length = here[0]?.limit.window ?? 0
  const isShort = length < QUARTER
  if (!isOwn || here.some((one) => one.limit.window !== length)) return null
  if (isShort && (window === null || isElsewhere(all, here, window))) return null
  return {
    most: { at: most.at, value: most.value },
    window: isShort && window !== null ? { at: window.at, value: window.value } : null,
    wanted: Math.min(credentialLimit.limit * placesOf(here.flatMap((one) => routesBehind(model, one))).length, MOST_ATTEMPTS),
  }
}

/** Writes the numbers; false where the text at their places is no plain number. */
export function writeNumbers(editor: Editor, { most, window, wanted }: OwnNumbers): boolean {
  const places = [most, ...(window === null ? [] : [window])]
  if (!places.every(({ at, value }) => productOf(editor.text(at)) === value)) return false
  editor.replace(most.at, String(wanted))
  if (window !== null) editor.replace(window.at, '15 * 60 * 1000')
  return true
}

/** One that stands in front of a whole application is meant for more than the routes that are known. */
function names(model: ProjectModel, route: Route, { call }: Limiter): boolean {
  return route.entry.handlers.some((handler) => limiterCallsIn(model, handler).includes(call))
}

type NumberValue = LiteralValue & { readonly value: number }

function isNumber(value: Value | null): value is NumberValue {
  return value?.kind === 'literal' && typeof value.value === 'number'
}

function isAt(value: Value | null, other: Value): boolean {
  return value !== null && sameLocation(value.at, other.at)
}

function isElsewhere(all: readonly Limiter[], here: readonly Limiter[], window: Value): boolean {
  return all.some((one) => !here.includes(one) && isAt(one.limit.windowValue, window))
}

/** `15 * 60_000` */
function productOf(text: string): number | null {
  if (!/^[\d_.]+(\s*\*\s*[\d_.]+)*$/.test(text)) return null
  return text.split('*').reduce((product, factor) => product * Number(factor.replaceAll('_', '').trim()), 1)
}
