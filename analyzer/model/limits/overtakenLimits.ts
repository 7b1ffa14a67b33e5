// Limiters that stand behind a check of passwords: what it refuses never reaches them, so that passwords are tried without a limit.
import { FixRefused, type Editor } from '../../fix/fix.js'
import { locationKey, sameLocation } from '../../text/location.js'
import type { App, ProjectModel, Route } from '../model.js'
import { protectsRoute } from '../queries.js'
import { putInFront } from './fastifyLimitHook.js'
import { putLimitInFront, type Overtaken } from './limitInFront.js'
import type { Misplacement } from './limiterPlacement.js'
import { checksPasswords } from './passwordChecks.js'
import { uncountedGuards } from './uncountedGuards.js'

/** Each limiter that comes too late for a check of passwords, with the routes for which it does. */
export function overtakenLimits(model: ProjectModel, app: App): readonly Misplacement[] {
  const found = new Map<string, Misplacement>()
  for (const route of model.routes) {
    const pair = route.app.scope === app.scope && route.method !== 'OPTIONS' ? overtakenOn(model, route) : null
    if (pair === null) continue
    const { limit, check } = pair
    const at = limit.link.entry.option === 'rateLimit' ? (limit.effect.call?.at ?? limit.link.at) : limit.link.at
    const before = found.get(locationKey(at))
    const confidence = check.effect.confidence === 'high' && check.effect.package !== null ? 'high' : 'medium'
    found.set(locationKey(at), {
      ...(before ?? { kind: 'overtaken', at, registration: null, path: route.path, confidence }),
      missed: [...(before?.missed ?? []), route],
    })
  }
  return [...found.values()]
}

/** Puts the limit in front of the checks: of Fastify as a hook, of others in their lists. */
export function limitBeforeChecks(editor: Editor, model: ProjectModel, routes: readonly Route[]): void {
  const [first, ...others] = routes.flatMap((route) => overtakenOn(model, route) ?? [])
  if (first === undefined) throw new FixRefused('not known what limits')
  if (first.app.framework === 'fastify') {
    for (const route of routes) refuseAround(model, route)
    return putInFront(
      editor,
      model,
      first.limit.link.entry,
      [first, ...others].map(({ check }) => check.link),
    )
  }
  if (others.some(({ check }) => !sameLocation(check.link.at, first.check.link.at)))
    throw new FixRefused('several checks stand in front of it')
  putLimitInFront(editor, first)
}

/** Hooks of a context run behind those of the contexts around it. */
function refuseAround(model: ProjectModel, route: Route): void {
  const { app, mounts } = route
  const pair = overtakenOn(model, route)
  const scopes = [app.scope, ...mounts.map(({ mounted }) => mounted)]
  const isAround =
    pair?.check.link.entry.kind === 'layer' && scopes.indexOf(pair.check.link.entry.scope) < scopes.indexOf(pair.limit.link.entry.scope)
  if (isAround) throw new FixRefused('the check stands around the context of the limit')
}

function overtakenOn(model: ProjectModel, route: Route): Overtaken | null {
  const check = uncountedGuards(model, route).find(({ link, effect }) => !effect.isConditional && checksPasswords(model, link.value))
  const [limit] = protectsRoute(model, route, 'rate-limit').links
  return check === undefined || limit === undefined ? null : { app: route.app, limit, check }
}
