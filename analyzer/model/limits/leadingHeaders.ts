// What stands at the start of an application and needs no limit.
import type { Value } from '../../link/value.js'
import { doesNothingBut, effectsOf } from '../effects.js'
import type { App, Capability, Entry, ProjectModel } from '../model.js'
import { routesOf } from '../queries.js'
import { isProbesOnly } from '../serving.js'

const HEADERS: ReadonlySet<Capability> = new Set<Capability>([
  'security-headers',
  'csp',
  'hsts',
  'permissions-policy',
  'hide-powered-by',
  'cors',
])

/** What adds to answers or writes lines, and does nothing else. */
export const PASSIVE: ReadonlySet<Capability> = new Set<Capability>([...HEADERS, 'request-id', 'logging', 'metrics', 'compression'])

const UNCOUNTED: ReadonlySet<Capability> = new Set<Capability>([...PASSIVE, 'static'])

/** What only prepares a request: nothing has answered when it is through. */
const PREPARING: ReadonlySet<Capability> = new Set<Capability>(['body-parser', 'cookies', 'session', 'sanitize', 'view', 'async-errors'])

/**
 * What a limiter for everything comes behind: headers, which a refusal should carry too, lines that tell of it, files of a page, of which there may be
 * many, and probes, which must not be refused. Where headers are set behind a parser, the limiter comes behind that too.
 */
export function lastBeforeLimits(model: ProjectModel, app: App): Entry | undefined {
  const entries = app.scope.entries.filter(({ isOff }) => !isOff)
  const isUncounted = (entry: Entry): boolean => mayPassUncounted(model, entry) || answersProbes(model, app, entry)
  const prepared = runOf(entries, (entry) => isUncounted(entry) || doesNothingBut(model, entry, PREPARING))
  const headers = prepared.findLastIndex((entry) => doesNothingBut(model, entry, HEADERS))
  return [...prepared.slice(0, headers + 1), ...runOf(entries.slice(headers + 1), isUncounted)].at(-1)
}

function runOf(entries: readonly Entry[], test: (entry: Entry) => boolean): readonly Entry[] {
  const end = entries.findIndex((entry) => !test(entry))
  return end === -1 ? entries : entries.slice(0, end)
}

/** How many of the first handlers of a route only set headers: a limiter in front of it comes behind them. */
export function leadingHeaderHandlers(model: ProjectModel, handlers: readonly Value[]): number {
  const end = handlers.findIndex((handler) => {
    const effects = effectsOf(model, handler)
    return effects.length === 0 || !effects.every(({ capability }) => HEADERS.has(capability))
  })
  return Math.max(end, 0)
}

function mayPassUncounted(model: ProjectModel, entry: Entry): boolean {
  return entry.path !== null && doesNothingBut(model, entry, UNCOUNTED)
}

function answersProbes(model: ProjectModel, app: App, entry: Entry): boolean {
  const routes = routesOf(model, app).filter((route) => route.entry === entry)
  return routes.length > 0 && isProbesOnly(model, routes)
}
