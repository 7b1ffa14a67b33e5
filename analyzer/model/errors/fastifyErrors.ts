// Which error handler a route of Fastify has: its own, else that of the innermost context that sets one (domain facts D19, K28).
import type { Value } from '../../link/value.js'
import { inSameFunction, type Location } from '../../text/location.js'
import { conductOf } from '../conduct.js'
import { flagsOf, type Effect } from '../effect.js'
import { effectsOf } from '../effects.js'
import { sendsOn } from './knownErrors.js'
import type { ChainLink, Entry, ProjectModel, Route, Scope } from '../model.js'

export interface FastifyErrorLayer {
  readonly link: ChainLink
  readonly effect: Effect | null
}

/** Error handlers that a route's errors may reach, innermost first. Those around one that always answers are never asked. */
export function fastifyErrorLayers(model: ProjectModel, route: Route): readonly FastifyErrorLayer[] {
  const layers = layersAround(model, route)
  // What an inner one sends as it is, the one around it answers.
  return layers.map((layer, index) =>
    index < layers.length - 1 && sendsErrors(model, layer.link.value) ? { ...layer, effect: null } : layer,
  )
}

function layersAround(model: ProjectModel, route: Route): readonly FastifyErrorLayer[] {
  const layers: FastifyErrorLayer[] = []
  const own = route.entry.hooks?.indexOf('errorHandler') ?? -1
  const ownValue = own < 0 ? undefined : route.entry.handlers[own]
  if (ownValue !== undefined) {
    layers.push(layerOf(model, route.entry, ownValue, route.entry.handlersAt[own] ?? route.at))
    if (answersAlways(model, ownValue)) return layers
  }
  for (const scope of scopesAround(route)) {
    for (const entry of scope.entries.toReversed()) {
      const [value] = entry.handlers
      if (entry.hook !== 'errorHandler' || entry.isOff || value === undefined || isLate(route, entry)) continue
      const layer = layerOf(model, entry, value, entry.handlersAt[0] ?? entry.at)
      layers.push(layer)
      if (!layer.link.isConditional && answersAlways(model, value)) return layers
    }
  }
  return layers
}

function layerOf(model: ProjectModel, entry: Entry, value: Value, at: Location): FastifyErrorLayer {
  const flags = entry.kind === 'route' ? [] : flagsOf(entry.guards)
  const effect = effectsOf(model, value).find((one) => one.capability === 'error-handler') ?? null
  const isConditional = flags.length > 0
  return {
    link: { value, at, entry, isConditional },
    effect:
      effect === null ? null : { ...effect, isConditional: effect.isConditional || isConditional, flags: [...effect.flags, ...flags] },
  }
}

/** Error handlers on contexts around a route that were set when the route had loaded: it keeps what stood there before. */
export function lateErrorHandlers(route: Route): readonly Entry[] {
  return scopesAround(route).flatMap((scope) =>
    scope.entries.filter((entry) => entry.hook === 'errorHandler' && !entry.isOff && isLate(route, entry)),
  )
}

/** A plugin that has loaded took the handler of its context for its routes (measured with 4.29 and 5.12: `await app.register(routes)` in front of `setErrorHandler`). */
function isLate({ entry: route }: Route, handler: Entry): boolean {
  return handler.scope !== route.scope && route.order < handler.order && !inSameFunction(route.at, handler.at)
}

/** The context of the route, and those around it, innermost first. */
export function scopesAround(route: Route): readonly Scope[] {
  return [route.entry.scope, ...route.mounts.toReversed().map((mount) => mount.scope)]
}

function sendsErrors(model: ProjectModel, fn: Value): boolean {
  return fn.kind === 'function' && sendsOn(conductOf(model, fn))
}

/** What throws, and what sends the error itself, hands it on to the context around. */
function answersAlways(model: ProjectModel, fn: Value): boolean {
  if (fn.kind !== 'function') return true
  if (sendsErrors(model, fn)) return false
  const { answers, summary } = conductOf(model, fn)
  return answers.length > 0 && summary.throws.every(({ isCaught }) => isCaught)
}
