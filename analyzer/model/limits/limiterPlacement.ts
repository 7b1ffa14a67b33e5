// Limiters that stand where they cannot work: after the routes, on a path that nothing has, or outside production only.
import type { Location } from '../../text/location.js'
import type { Value } from '../../link/value.js'
import { conductOf } from '../conduct.js'
import { isEnclosed } from '../enclosedPlugins.js'
import { shadowedLimits, unreadLimits } from './fastifyLimiterFaults.js'
import { wantsGeneralLimit, limitDemand } from './limitDemand.js'
import { limiterCallsIn } from './limiters.js'
import { overtakenLimits } from './overtakenLimits.js'
import type { App, Confidence, Entry, ProjectModel, Route, Scope } from '../model.js'
import { packageEffect } from '../packageEffects.js'
import { protectsApp } from '../queries.js'
import { registrationsOf, scopesOf, type Registration } from '../registrations.js'
import { coversPath } from '../routePaths.js'
import { recorded } from '../recorded.js'

export interface Misplacement {
  /** `late`: after routes that it was meant for. `elsewhere`: no route is under its path. `development`: off in production. `behind`: after the handler that answers. `uncalled`: the factory itself is registered. `unread`: no plugin reads the option of a route. `shadowed`: another limit of the same plugin counts first. `overtaken`: a check of passwords answers in front of it. `enclosed`: in a context of Fastify in which no route is. */
  readonly kind: 'late' | 'elsewhere' | 'development' | 'behind' | 'uncalled' | 'unread' | 'shadowed' | 'overtaken' | 'enclosed'
  readonly at: Location
  readonly registration: Registration | null
  /** The context in which no route is. */
  readonly enclosed?: Scope
  readonly path: string
  /** Routes that have no limit because of it. */
  readonly missed: readonly Route[]
  readonly confidence: Confidence
}

/** Every limiter of an application that stands in the wrong place. */
export const misplacedLimiters: (model: ProjectModel, app: App) => readonly Misplacement[] = recorded((model, app) => {
  const { uncovered, covered } = protectsApp(model, app, 'rate-limit')
  const missed = uncovered.filter((route) => wantsGeneralLimit(model, route))
  const found = registrationsOf(model, app, 'rate-limit').flatMap((one) => judged(model, app, one, missed, covered) ?? [])
  return [
    ...found,
    ...behindHandlers(model, app),
    ...uncalledFactories(app, missed),
    ...unreadLimits(model, app),
    ...shadowedLimits(model, app),
    ...overtakenLimits(model, app),
  ]
})

function judged(
  model: ProjectModel,
  app: App,
  one: Registration,
  missed: readonly Route[],
  covered: readonly Route[],
): Misplacement | null {
  if (one.entry.kind !== 'layer' || one.path === null || missed.length === 0 || isForUnknownPaths(one.entry)) return null
  const base = { at: one.at, registration: one, path: one.path }
  const under = missed.filter((route) => goesThrough(route, one.scope) && coversPath(one.path, route.path) === 'yes')
  if (one.isOff) return under.length === 0 ? null : { ...base, kind: 'development', missed: under, confidence: 'high' }
  if (isEnclosed(app, one.scope)) return { ...base, kind: 'enclosed', enclosed: one.scope, missed, confidence: 'high' }
  const isUsed = covered.some((route) => route.chain.some((link) => link.entry === one.entry))
  const late = under.filter((route) => !route.chain.some((link) => link.entry === one.entry))
  if (late.length > 0) {
    // A limiter that protects what comes after it may leave out on purpose what comes before; not so a login.
    const counted = isUsed && !isUnawaited(one, late) ? late.filter((route) => limitDemand(model, route, 'costly') !== null) : late
    return counted.length === 0
      ? null
      : { ...base, kind: 'late', missed: counted, confidence: isUsed && !isUnawaited(one, late) ? 'medium' : 'high' }
  }
  const isReached = isUsed || app.scope.gaps.length > 0 || one.effect.isConditional || answersUnder(model, app, one)
  if (isReached || one.path === '/' || one.path === '') return null
  const alike = missed.filter((route) => route.path.toLowerCase().includes(one.path?.toLowerCase() ?? ''))
  return { ...base, kind: 'elsewhere', missed: alike.length > 0 ? alike : missed, confidence: alike.length > 0 ? 'high' : 'medium' }
}

/** A hook of `setNotFoundHandler` is not meant for any route. */
function isForUnknownPaths({ hook }: Entry): boolean {
  return hook === 'notFoundHandler'
}

/** A plugin of Fastify that stands in front of the routes and loads after them, since nobody awaits it (domain fact C19). */
function isUnawaited({ scope, entry }: Registration, late: readonly Route[]): boolean {
  const { call } = entry
  return scope.framework === 'fastify' && call !== null && late.some((route) => call.order < route.entry.order)
}

function goesThrough(route: Route, scope: Scope): boolean {
  return (
    scope === route.app.scope ||
    route.entry.scope === scope ||
    route.mounts.some((mount) => mount.scope === scope || mount.mounted === scope)
  )
}

/** True where a route, or something with a path of its own that may answer, stands under the path of the limiter: a proxy, GraphQL, static files. */
function answersUnder(model: ProjectModel, app: App, one: Registration): boolean {
  const isUnder = (path: string | null): boolean => path === null || coversPath(one.path, path) !== 'no'
  if (model.routes.some((route) => route.app.scope === app.scope && isUnder(route.path))) return true
  return scopesOf(app).some(({ scope }) =>
    scope.entries.some(
      (entry) =>
        (entry !== one.entry || entry.handlers.length > 1) &&
        entry.kind === 'layer' &&
        entry.path !== '' &&
        entry.path !== '/' &&
        isUnder(entry.path),
    ),
  )
}

/** `app.post('/login', login, limiter)`: the handler answers, and the limiter is never asked. */
const behindHandlers = recorded((model, app: App): readonly Misplacement[] =>
  model.routes.flatMap((route): Misplacement[] => {
    // Hooks of Fastify run at their own time, wherever they are listed.
    if (route.app.scope !== app.scope || app.framework === 'fastify') return []
    const { handlers, handlersAt } = route.entry
    const answering = handlers.findIndex((value) => endsRequest(model, value))
    const behind = handlers.findIndex((value, index) => answering >= 0 && index > answering && limiterCallsIn(model, value).length > 0)
    if (behind < 0) return []
    return [
      { kind: 'behind', at: handlersAt[behind] ?? route.at, registration: null, path: route.path, missed: [route], confidence: 'high' },
    ]
  }),
)

const endsRequest: (model: ProjectModel, value: Value) => boolean = recorded((model, value) => {
  if (value.kind !== 'function') return false
  const conduct = conductOf(model, value)
  return !conduct.continues && conduct.forwards.length === 0 && conduct.answers.length > 0 && conduct.delegations.length === 0
})

/** `app.use(rateLimit)`: what is registered makes limiters, and no request ever gets past it. */
function uncalledFactories(app: App, missed: readonly Route[]): readonly Misplacement[] {
  return scopesOf(app).flatMap(({ scope, isOff }) =>
    (isOff ? [] : scope.entries).flatMap((entry: Entry): Misplacement[] => {
      const index = entry.isOff ? -1 : entry.handlers.findIndex(isFactory)
      if (index < 0) return []
      const behind = missed.filter((route) => route.chain.some((link) => link.entry === entry))
      return [
        {
          kind: 'uncalled',
          at: entry.handlersAt[index] ?? entry.at,
          registration: null,
          path: entry.path ?? '',
          missed: behind,
          confidence: 'high',
        },
      ]
    }),
  )
}

function isFactory(value: Value): boolean {
  const found = value.kind === 'package' || value.kind === 'member' ? packageEffect(value) : null
  return (
    found?.effect?.kind === 'middleware factory' && found.effect.capabilities.includes('rate-limit') && !found.origin.path.includes('()')
  )
}
