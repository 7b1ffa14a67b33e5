// Moves limiters to where they work: in front of the routes, awaited, or as a hook.
import { FixRefused, suggestion, type Editor, type Fix } from '../../fix/fix.js'
import type { CallRecord } from '../../link/value.js'
import { comesAfter, sameLocation, type Location } from '../../text/location.js'
import { maySharePlugin, sharePlugin } from '../enclosedPlugins.js'
import { mayAwaitAt } from '../fastifyFix.js'
import { readLimit } from './fastifyLimits.js'
import { limitByHook } from './fastifyOrder.js'
import { limitBeforeChecks } from './overtakenLimits.js'
import type { Misplacement } from './limiterPlacement.js'
import type { Entry, ProjectModel, Route, Scope } from '../model.js'
import { isMovableBefore } from '../movableEntries.js'
import { contains } from '../search.js'

/** The fix of a limiter that stands in the wrong place; null where there is none. */
export function placementFix(model: ProjectModel, misplacement: Misplacement): Fix | null {
  const { kind, registration, enclosed, missed } = misplacement
  const [route] = missed
  if (kind === 'unread' && route !== undefined) {
    const load = readLimit(model, route)
    return load === null ? null : suggestion('Load the plugin in front of the route', load)
  }
  if (kind === 'overtaken') {
    const title = route?.app.framework === 'fastify' ? 'Limit in a hook in front of the check' : 'Put the limiter in front of the check'
    return suggestion(title, (editor) => limitBeforeChecks(editor, model, missed))
  }
  if (enclosed !== undefined)
    return maySharePlugin(enclosed, missed)
      ? suggestion('Let the plugin share the context around it', (editor) => sharePlugin(editor, model, enclosed))
      : null
  if (kind !== 'late' || registration === null) return null
  if (registration.scope.framework === 'fastify') {
    const { call } = registration.entry
    const isAwaitable = call !== null && mayAwaitAt(model, call.at)
    if (isAwaitable && isBehind(call, missed) && placeForLimiter(model, misplacement) === null) return null
    const title = isAwaitable ? 'Await the plugin in front of the routes' : 'Limit in a hook, which runs for routes wherever they stand'
    return suggestion(title, (editor) => awaitLimiter(editor, model, misplacement))
  }
  const to = placeForLimiter(model, misplacement)
  return to === null ? null : suggestion('Move the limiter before the routes', (editor) => editor.moveBefore(registration.entry.at, to))
}

/**
 * Where a late registration can go: before the first of the routes that it misses. null where the limiter is not there yet, stands in another function, or under
 * a condition that guards more than it and that the route is not under.
 */
function placeForLimiter(model: ProjectModel, { registration, missed }: Pick<Misplacement, 'registration' | 'missed'>): Location | null {
  if (registration === null) return null
  const { entry, scope, effect, at } = registration
  const first = missed
    .flatMap((route) => entryIn(scope, route) ?? [])
    .reduce<Entry | null>((before, one) => (before === null || one.order < before.order ? one : before), null)
  if (first === null || !isMovableBefore(model, entry, first)) return null
  const made = effect.call?.at
  const isThere = made === undefined || !comesAfter(made, first.at) || (sameLocation(made, at) && !needsBetween(entry.call, first.at))
  return isThere ? first.at : null
}

/** Whether something that the call is given is written between the two: a `const` cannot be used in front of its declaration. */
function needsBetween(call: CallRecord | null, to: Location): boolean {
  return (call?.args ?? []).some((arg) => contains(arg, ({ at }) => comesAfter(at, to) && comesAfter(call?.at ?? at, at)))
}

/** The registration on the scope that leads to the route: the route itself, or a mount. */
function entryIn(scope: Scope, route: Route): Entry | null {
  if (route.entry.scope === scope) return route.entry
  return route.mounts.find((mount) => mount.scope === scope) ?? null
}

/** Awaits the plugin of Fastify that makes limits, and moves it in front of the routes where it stands behind them. Where nothing can be awaited, it becomes a hook. */
function awaitLimiter(editor: Editor, model: ProjectModel, { registration, missed }: Misplacement): void {
  const call = registration?.entry.call ?? null
  if (registration === null || call === null) throw new FixRefused('not known where it is registered')
  if (!mayAwaitAt(model, call.at)) return limitByHook(editor, model, call, missed)
  if (!isBehind(call, missed)) return editor.wrap(call.at, 'await ', '')
  const to = placeForLimiter(model, { registration, missed })
  if (to === null || /\)\s*\.\s*register\(/.test(editor.text(call.at))) throw new FixRefused('it cannot stand in front of the routes')
  editor.moveBefore(call.at, to, call.isAwaited ? '' : 'await ')
}

function isBehind(call: CallRecord, missed: readonly Route[]): boolean {
  return missed.some(({ entry }) => entry.order < call.order)
}
