// Probes that a limiter for everything would count: one that is refused gets the process restarted.
import type { App, Entry, ProjectModel, Route } from '../model.js'
import { routesOf } from '../queries.js'
import { isProbesOnly } from '../serving.js'
import { optsOutOfLimits } from './fastifyLimiterFaults.js'

/** Probes of an application that a limiter behind `last` counts; behind nothing where that is undefined. */
export function countedProbes(model: ProjectModel, app: App, last?: Entry): readonly Route[] {
  const place = (entry: Entry): number => app.scope.entries.indexOf(entry)
  const isBehind = (route: Route): boolean => last === undefined || place(route.mounts[0] ?? route.entry) > place(last)
  return routesOf(model, app).filter((route) => isProbesOnly(model, [route]) && !optsOutOfLimits(route) && isBehind(route))
}

/** The condition that holds for requests of probes, where `path` is the code of their path. null where there are none. */
export function askedByProbe(probes: readonly Route[], path: string): string | null {
  // Anything else in a path would have to be decoded first, or is no path of one route.
  const paths = [...new Set(probes.map((route) => route.path))].filter((one) => /^[\w/.~-]+$/.test(one)).map((one) => `'${one}'`)
  if (paths.length === 0) return null
  return paths.length === 1 ? `${path} === ${paths[0]}` : `[${paths.join(', ')}].includes(${path})`
}
