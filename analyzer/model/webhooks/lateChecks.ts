// Webhooks that act first and look at the signature afterwards.
import { functionsBehind } from '../../link/handlers.js'
import type { CallRecord, FunctionValue } from '../../link/value.js'
import { isWithinFunction } from '../../text/location.js'
import { conductOf } from '../conduct.js'
import { givenIn, inputsWithin } from '../input/inputsWithin.js'
import type { ProjectModel, Route } from '../model.js'
import { linksWith } from '../queries.js'
import { workAmong } from '../work.js'
import { bodyParsersOf } from './checkingParsers.js'
import { actAmong, type WebhookAct } from './webhookActs.js'
import { checksItself, firstCheckIn, hidesSecret, mayCheck } from './webhookChecks.js'

/**
 * What the handler has done with the body whenever it comes to its check. null where something in front may check too, where the check comes first,
 * and where the act stands on another way through the handler.
 */
export function actBeforeCheck(model: ProjectModel, route: Route): WebhookAct | null {
  const [handler, ...others] = route.handler === null ? [] : functionsBehind(route.handler)
  if (handler === undefined || others.length > 0 || hidesSecret(route.path) || isCheckedInFront(model, route)) return null
  const { records, summary } = conductOf(model, handler)
  const position = firstCheckIn(records)
  const check = records[position]
  const inFront = records.slice(0, position)
  if (check === undefined || inFront.some(mayCheck)) return null
  const given = givenIn(summary)
  // What nobody sent is no act of the sender's.
  const holdsInput = (record: CallRecord): boolean =>
    record.args.some((arg) => inputsWithin(arg, { given, record, seen: new Set() }).length > 0)
  const before = inFront.filter((record) => isOnTheWay(record, check, handler) && holdsInput(record))
  return actAmong(workAmong(before), before)
}

function isCheckedInFront(model: ProjectModel, route: Route): boolean {
  const inFront = route.chain
    .filter(({ entry, value }) => !entry.isOff && value !== route.handler)
    .flatMap(({ value }) => functionsBehind(value))
  return (
    (['webhook-signature', 'auth'] as const).some((one) => linksWith(model, route, one).some(({ link }) => link.value !== route.handler)) ||
    [...inFront, ...bodyParsersOf(model, route)].some((fn) => checksItself(model, fn) !== 'no')
  )
}

/** Under no condition that the check is not under, and not in what the handler hands on to be called some time: `res.on('finish', () => …)`. */
function isOnTheWay({ at, guards }: CallRecord, check: CallRecord, handler: FunctionValue): boolean {
  const place = { file: handler.source.file, fn: handler.facts.id }
  if (isWithinFunction(at, place) && at.fn !== place.fn) return false
  return guards.every((one) => check.guards.some(({ value, holds }) => value === one.value && holds === one.holds))
}
