// Repairs of limiters that do nothing: options put right, registrations moved to the front.
import { FixRefused, type Editor } from '../fix/fix.js'
import { sameLocation, type Location } from '../text/location.js'
import { mayAwaitAt } from './fastifyFix.js'
import type { Repair } from './limiterFaults.js'
import type { Misplacement } from './limiterPlacement.js'
import type { Limiter } from './limiters.js'
import type { Entry, ProjectModel, Route, Scope } from './model.js'

/** Puts one option right, in the object literal that holds it. */
export function repairLimiter(editor: Editor, { options, call }: Limiter, repair: Repair): void {
  const at = options?.kind === 'object' ? options.at : call.at
  if (repair.how === 'remove') editor.removeProperty(at, repair.option)
  else if (repair.how === 'set') editor.setProperty(at, repair.option, repair.code)
  else if (repair.how === 'number') editor.wrap(repair.value.at, 'Number(', `) || ${repair.code}`)
  else editor.wrap(repair.value.at, '', ` || ${repair.code}`)
}

/** Where a late registration can go: before the first of the routes that it misses. null where the limiter is not there yet, or stands in another function. */
export function placeForLimiter({ registration, missed }: Pick<Misplacement, 'registration' | 'missed'>): Location | null {
  if (registration === null) return null
  const { entry, scope, effect, at } = registration
  const target = missed
    .flatMap((route) => entryIn(scope, route) ?? [])
    .reduce<Entry | null>((first, one) => (first === null || one.order < first.order ? one : first), null)?.at
  if (target === undefined || entry.handlers.length !== 1 || entry.at.file !== target.file || entry.at.fn !== target.fn) return null
  const made = effect.call?.at
  const isThere =
    made === undefined || made.file !== target.file || made.fn !== target.fn || made.node < target.node || sameLocation(made, at)
  return isThere ? target : null
}

/** The registration on the scope that leads to the route: the route itself, or a mount. */
function entryIn(scope: Scope, route: Route): Entry | null {
  if (route.entry.scope === scope) return route.entry
  return route.mounts.find((mount) => mount.scope === scope) ?? null
}

/** Awaits the plugin of Fastify that makes limits, and moves it in front of the routes where it stands behind them. */
export function awaitLimiter(editor: Editor, model: ProjectModel, { registration, missed }: Misplacement): void {
  const call = registration?.entry.call ?? null
  if (registration === null || call === null || !mayAwaitAt(model, call.at)) throw new FixRefused('nothing can be awaited here')
  const isBehind = missed.some(({ entry }) => entry.order < call.order)
  if (!isBehind) return editor.wrap(call.at, 'await ', '')
  const to = placeForLimiter({ registration, missed })
  const code = editor.text(call.at)
  if (to === null || /\)\s*\.\s*register\(/.test(code)) throw new FixRefused('it cannot stand in front of the routes')
  editor.removeStatement(call.at)
  editor.insertBefore(to, `await ${code}`)
}

/** Moves the statement that registers the limiter. */
export function moveLimiter(editor: Editor, registered: Entry, to: Location): void {
  const code = editor.text(registered.at)
  editor.removeStatement(registered.at)
  editor.insertBefore(to, code)
}
