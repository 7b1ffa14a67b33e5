// Which registrations of @fastify/rate-limit concern routes, and whether they have loaded by then: questions of fixes.
import type { CallRecord } from '../../link/value.js'
import { comesAfter } from '../../text/location.js'
import { mayAwaitAt } from '../fastifyFix.js'
import { scopesAround } from '../errors/fastifyErrors.js'
import type { App, ProjectModel, Route } from '../model.js'
import { callsThat } from '../perPart.js'

export const LIMIT_PLUGIN = '@fastify/rate-limit'

const registrations = callsThat(
  ({ callee, receiver, isOff, argumentsFrom }) =>
    callee.kind === 'package' && callee.package === LIMIT_PLUGIN && argumentsFrom !== undefined && receiver?.kind === 'scope' && !isOff,
  { packages: (name) => name === LIMIT_PLUGIN },
)

/** Where the plugin is registered on the contexts of a route. */
export function pluginCalls(model: ProjectModel, route: Route): readonly CallRecord[] {
  const scopes = scopesAround(route)
  return registrations(model).filter(({ receiver }) => receiver?.kind === 'scope' && scopes.includes(receiver.scope))
}

/** True where the plugin is awaited behind some of the routes: a second one in front of it would count in the place of the first. */
export function isAwaitedBehind(model: ProjectModel, { scope }: App, routes: readonly Route[]): boolean {
  const onApp = ({ receiver }: CallRecord): boolean => receiver?.kind === 'scope' && receiver.scope === scope
  return routes.some((route) => pluginCalls(model, route).some((call) => call.isAwaited && onApp(call) && call.order > route.entry.order))
}

/** A registration that all of the routes come behind. */
export function commonPlugin(model: ProjectModel, [first, ...others]: readonly Route[]): CallRecord | undefined {
  const before = (route: Route | undefined): readonly CallRecord[] =>
    route === undefined ? [] : pluginCalls(model, route).filter(({ order }) => order < route.entry.order)
  return before(first).find((call) => others.every((route) => before(route).includes(call)))
}

/** A registration that stands in front of all of the routes and loads after some of them, where it can be awaited. */
export function lateForAll(model: ProjectModel, [first, ...others]: readonly Route[]): CallRecord | undefined {
  if (first === undefined) return undefined
  const beside = [first, ...others].filter(({ mounts }) => mounts.length === 0)
  return pluginCalls(model, first).find(
    (call) =>
      !call.isAwaited &&
      mayAwaitAt(model, call.at) &&
      others.every((route) => pluginCalls(model, route).includes(call)) &&
      beside.every(({ entry }) => comesAfter(entry.call?.at ?? entry.at, call.at)),
  )
}
