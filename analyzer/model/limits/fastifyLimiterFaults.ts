// What keeps @fastify/rate-limit from limiting: options that it does not take, and routes that ask for a limit where it has not loaded (domain facts C19, C22, C24).
import { routeSetting } from '../../link/routeSettings.js'
import type { Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import type { LimiterFault } from './limiterFaults.js'
import type { Misplacement } from './limiterPlacement.js'
import { limiterCallsOf, limitersOf, type Limiter } from './limiters.js'
import { isFastifyLimiter } from './limits.js'
import { isEnclosed } from '../enclosedPlugins.js'
import type { App, ProjectModel, Route, Scope } from '../model.js'
import { scopesOf } from '../registrations.js'
import { isNumberVariable } from './schemaNumbers.js'
import { isTrue, propertyAt } from '../values.js'

/** `max: process.env.MAX` and other texts: the plugin takes its default of 1000 without a word. */
export function textFault(model: ProjectModel, { package: name, options, limit }: Limiter): LimiterFault | null {
  const value = limit.mostValue
  if (!isFastifyLimiter(name) || options === null || value === null) return null
  const isText =
    isTextVariable(model, value) ||
    // Where the variable is set, it stands in front of the number.
    (value.kind === 'choice' && (value.operator === '||' || value.operator === '??') && isTextVariable(model, value.options[0] ?? value)) ||
    (value.kind === 'literal' && typeof value.value === 'string')
  if (!isText) return null
  return {
    kind: 'never',
    at: propertyAt(options, 'max'),
    cause: '`max` is a text, so that the default of 1000 counts',
    remedy: 'give `max` a number, as in `Number(process.env.MAX) || 100`',
    confidence: 'high',
    repair: { how: 'number', value, code: '100' },
  }
}

function isTextVariable(model: ProjectModel, value: Value): boolean {
  return value.kind === 'environment' && value.name !== '*' && !isNumberVariable(model, value.name)
}

/** Routes whose `config.rateLimit` nothing reads: the plugin is not there, loads after them, or keeps to a context beside them. */
export function unreadLimits(model: ProjectModel, app: App): readonly Misplacement[] {
  const beside = enclosedPlugin(model, app)
  return model.routes.flatMap((route): Misplacement[] => {
    if (route.app.scope !== app.scope || app.framework !== 'fastify') return []
    const setting = routeSetting(route.entry.options, 'rateLimit')
    const isAsked = setting?.kind === 'object' || isTrue(setting ?? null) === 'yes'
    if (setting === undefined || !isAsked || isRead(route)) return []
    const unread = { registration: null, path: route.path, missed: [route], confidence: 'high' } as const
    return [beside === null ? { ...unread, kind: 'unread', at: setting.at } : { ...unread, ...beside, kind: 'enclosed' }]
  })
}

function enclosedPlugin(model: ProjectModel, app: App): { readonly at: Location; readonly enclosed: Scope } | null {
  const scopes = new Set(scopesOf(app).flatMap(({ scope, isOff }) => (isOff || !isEnclosed(app, scope) ? [] : [scope])))
  if (scopes.size === 0) return null
  for (const { call, package: name } of limitersOf(model))
    if (isFastifyLimiter(name) && call.receiver?.kind === 'scope' && scopes.has(call.receiver.scope))
      return { at: call.at, enclosed: call.receiver.scope }
  return null
}

function isRead({ entry }: Route): boolean {
  return entry.handlers.some((value) => limiterCallsOf(value).length > 0)
}

/** Limits of routes that never count, since another one of the same plugin runs before them. */
export function shadowedLimits(model: ProjectModel, app: App): readonly Misplacement[] {
  return model.routes.flatMap((route): readonly Misplacement[] => {
    const { entry, chain, path } = route
    if (route.app.scope !== app.scope || app.framework !== 'fastify') return []
    const shadowed = entry.handlers.findIndex(
      (value) => limiterCallsOf(value).length > 0 && !chain.some((link) => link.entry === entry && link.value === value),
    )
    if (shadowed < 0) return []
    return [{ kind: 'shadowed', at: entry.handlersAt[shadowed] ?? route.at, registration: null, path, missed: [route], confidence: 'high' }]
  })
}

/** `config: { rateLimit: false }` is a decision about the route. */
export function optsOutOfLimits({ entry }: Route): boolean {
  const setting = routeSetting(entry.options, 'rateLimit')
  return setting?.kind === 'literal' && setting.value === false
}
