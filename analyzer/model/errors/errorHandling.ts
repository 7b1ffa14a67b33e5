// Which error middleware a route's errors reach: what stands after it, on its scope and on those around it.
import { runsFor } from '../../link/messages.js'
import { flagsOf, type Effect } from '../effect.js'
import { effectsOf } from '../effects.js'
import { opacityOf } from '../opacity.js'
import { fastifyErrorLayers } from './fastifyErrors.js'
import type { ChainLink, Entry, ProjectModel, Route, Scope } from '../model.js'
import type { ProtectingLink, Protection } from '../protection.js'
import { coversPath, joinPaths } from '../routePaths.js'

export interface ErrorLayer {
  readonly link: ChainLink
  readonly effect: Effect | null
}

/**
 * Error middleware answers the errors of what is registered before it, on the same scope or deeper (domain fact D6). Errors of mounted routers and applications
 * go on to their parents, so later layers of every scope around the route count. Functions with four parameters that only log and pass the error on have no effect.
 */
export function errorHandling(model: ProjectModel, route: Route): Protection {
  const layers = errorLayersOf(model, route)
  const links: ProtectingLink[] = layers.flatMap(({ link, effect }) => (effect === null ? [] : [{ link, effect }]))
  const firm = links.filter(({ effect }) => !effect.isConditional)
  const opacities = layers.filter(({ effect }) => effect === null).map(({ link }) => opacityOf(model, link.value))
  const isBlind = opacities.some((one) => one.isBlind) || route.gaps.some((gap) => gap.isBlind)
  const packages = [...new Set([...opacities.flatMap((one) => one.packages), ...route.gaps.flatMap((gap) => gap.package ?? [])])]
  // Nest answers every unknown error with a generic text where no filter of the project does (domain fact D22).
  if (links.length === 0 && route.app.framework === 'nest') return byNest(layers.map(({ link }) => link.at))
  const answer = links.length > 0 ? 'yes' : isBlind ? 'unknown' : 'no'
  return {
    answer,
    confidence:
      answer === 'yes'
        ? ((firm[0] ?? links[0])?.effect.confidence ?? 'high')
        : answer === 'no' && packages.length === 0
          ? 'high'
          : 'medium',
    by: answer === 'yes' ? 'code' : null,
    links: firm.length > 0 ? firm : links,
    isConditional: answer === 'yes' && firm.length === 0,
    flags: firm.length > 0 ? [] : [...new Set(links.flatMap(({ effect }) => effect.flags))],
    headers: [],
    unlistedPackages: packages,
    looked: layers.map(({ link }) => link.at),
  }
}

function byNest(looked: Protection['looked']): Protection {
  return {
    answer: 'yes',
    confidence: 'high',
    by: 'settings',
    links: [],
    isConditional: false,
    flags: [],
    headers: [],
    unlistedPackages: [],
    looked,
  }
}

/** Layers after a route that its errors may reach, innermost scope first, in order. `effect` is null for those that do not answer errors. */
export function errorLayersOf(model: ProjectModel, route: Route): readonly ErrorLayer[] {
  if (route.entry.scope.framework === 'fastify') return fastifyErrorLayers(model, route)
  const layers: ErrorLayer[] = []
  let inner = route.entry.path
  for (const entry of [route.entry, ...route.mounts.toReversed()]) {
    if (entry !== route.entry) inner = joinPaths(entry.path, inner)
    layers.push(...layersAfter(model, entry.scope, entry, inner).filter(({ link }) => runsFor(link.entry, route.entry)))
  }
  return layers
}

function layersAfter(model: ProjectModel, scope: Scope, entry: Entry, path: string | null): readonly ErrorLayer[] {
  const index = scope.entries.indexOf(entry)
  const later = scope.entries.slice(index + 1).filter((one) => one.kind === 'layer' && !one.isOff && coversPath(one.path, path) !== 'no')
  return later.flatMap((one) =>
    one.handlers.map((value, position): ErrorLayer => {
      const flags = flagsOf(one.guards)
      const link: ChainLink = { value, at: one.handlersAt[position] ?? one.at, entry: one, isConditional: flags.length > 0 }
      const effect = effectsOf(model, value).find((candidate) => candidate.capability === 'error-handler')
      return {
        link,
        effect:
          effect === undefined
            ? null
            : { ...effect, isConditional: effect.isConditional || link.isConditional, flags: [...effect.flags, ...flags] },
      }
    }),
  )
}
