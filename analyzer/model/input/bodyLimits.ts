// How large a request body may be: what parsers, adapters and settings of the framework say.
import { addToGroup } from '../../grouped.js'
import type { CallRecord, Value } from '../../link/value.js'
import { locationKey, type Location } from '../../text/location.js'
import { LARGE_BODY, sizeWhenUnset } from './byteSizes.js'
import { flagsOf, type Effect } from '../effect.js'
import type { App, ProjectModel, Scope } from '../model.js'
import { isNestOnFastify } from '../nestPlatform.js'
import { methodName } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { callsThat } from '../perPart.js'
import { routesOf } from '../queries.js'
import { recorded } from '../recorded.js'
import { registrationsOf, type Registration } from '../registrations.js'
import { oneOf } from '../sorted.js'
import { isAbsent, property, propertyAt } from '../values.js'

export interface BodyLimit {
  readonly app: App
  /** The option, or what leaves it out. */
  readonly at: Location
  /** What reads the body, as the subject of a sentence: `express.json()`, `Fastify`. */
  readonly name: string
  /** null where it is not known. */
  readonly bytes: number | null
  /** The value that says so where it is written down; null for a default. */
  readonly value: Value | null
  /** How the limit of what reads is written: parsers take texts, Fastify numbers. */
  readonly unit: 'text' | 'number'
  /** True where most of what the application answers reads bodies this way. */
  readonly isForAll: boolean
}

/** Of each kind of body the parser that comes first for all routes, and those of single routes. A body that was read is not read again. */
export const bodyLimits: (model: ProjectModel, app: App) => readonly BodyLimit[] = recorded((model, app) => {
  if (app.framework === 'fastify') return fastifyLimits(app, app.scope)
  const parsers = [...registrationsOf(model, app, 'body-parser')].filter(({ isOff }) => !isOff).map((one) => ofParser(model, app, one))
  const first = new Set<string>()
  const read = parsers.filter(({ name, isForAll }) => {
    const isRead = first.has(name)
    if (isForAll) first.add(name)
    return !isRead
  })
  if (app.framework !== 'nest') return read
  return [...read, ...(isNestOnFastify(app) ? adapterLimits(model, app) : []), ...chosenParsers(model, app)]
})

/** Limits for all routes that let through more than a small server can hold, those together that one value sets. */
export function largeBodies(model: ProjectModel, app: App): readonly (readonly BodyLimit[])[] {
  const groups = new Map<string, BodyLimit[]>()
  for (const limit of bodyLimits(model, app))
    if (limit.isForAll && (limit.bytes ?? 0) > LARGE_BODY) addToGroup(groups, locationKey(limit.value?.at ?? limit.at), limit)
  return [...groups.values()]
}

function fastifyLimits(app: App, scope: Scope): readonly BodyLimit[] {
  return scope.settings
    .filter(({ name }) => name === 'bodyLimit')
    .map(({ value, at }) => limitAt(app, at, value, { name: 'Fastify', unit: 'number', isForAll: true }))
}

/** The options of the Fastify below Nest, where they are written at the adapter. */
function adapterLimits(model: ProjectModel, app: App): readonly BodyLimit[] {
  const [adapter] = callsTo(model, '@nestjs/platform-fastify', ['FastifyAdapter'])
  const options = adapter?.args[0] ?? null
  if (options?.kind === 'scope') return fastifyLimits(app, options.scope)
  const limit = property(options, 'bodyLimit')
  if (adapter === undefined || options === null || limit === null) return []
  return [limitAt(app, propertyAt(options, 'bodyLimit'), limit, { name: 'Fastify', unit: 'number', isForAll: true })]
}

/** `app.useBodyParser('json', { limit })`; on Fastify `app.useBodyParser('application/json', { bodyLimit })` (domain fact J12). */
function chosenParsers(model: ProjectModel, app: App): readonly BodyLimit[] {
  const [key, unit] = isNestOnFastify(app) ? (['bodyLimit', 'number'] as const) : (['limit', 'text'] as const)
  return choosing(model)
    .filter(({ receiver, isOff }) => receiver?.kind === 'scope' && receiver.scope === app.scope && !isOff)
    .map((call) => optionOf(app, call, call.args.at(-1) ?? null, key, { name: 'useBodyParser()', unit, isForAll: true }))
}

const choosing = callsThat(({ callee }) => callee.kind === 'member' && callee.name === 'useBodyParser', { names: oneOf(['useBodyParser']) })

function ofParser(model: ProjectModel, app: App, registration: Registration): BodyLimit {
  const { effect } = registration
  const name = `${methodName(effect.call?.callee ?? registration.handler) ?? 'bodyParser'}()`
  const shape = { name, unit: 'text', isForAll: isForAll(model, app, registration) } as const
  const found = effect.call === null ? null : optionOf(app, effect.call, effect.options, 'limit', shape)
  return found ?? { app, at: effect.at, bytes: null, value: null, ...shape }
}

/** A layer on the application itself, or in front of most of its routes. Parsers of one route, or below a path of their own, serve uploads. */
function isForAll(model: ProjectModel, app: App, { entry, scope, path, effect }: Registration): boolean {
  if (entry.kind !== 'layer' || isSelective(app, effect) || effect.confidence !== 'high') return false
  if (scope === app.scope && (path === '' || path === '/' || path === '/*')) return true
  const routes = routesOf(model, app)
  const covered = routes.filter(({ chain }) => chain.some((link) => link.entry === entry)).length
  return covered >= 4 && covered * 2 > routes.length
}

/** Middleware that asks for the path before it hands a request to a parser has one for each kind of route. What decides whether the application listens at all does not count. */
function isSelective(app: App, { isConditional, flags }: Effect): boolean {
  const listening = app.listeners.flatMap(({ guards }) => flagsOf(guards))
  return isConditional && (flags.length === 0 || flags.some((flag) => !listening.includes(flag)))
}

type Shape = Pick<BodyLimit, 'name' | 'unit' | 'isForAll'>

function optionOf(app: App, call: CallRecord, options: Value | null, key: string, shape: Shape): BodyLimit {
  const limit = property(options, key)
  if (limit === null || isAbsent(limit) === 'yes') return { app, at: call.at, bytes: null, value: null, ...shape }
  return limitAt(app, options === null ? call.at : propertyAt(options, key), limit, shape)
}

function limitAt(app: App, at: Location, limit: Value, shape: Shape): BodyLimit {
  const { bytes, value } = sizeWhenUnset(limit)
  return { app, at, bytes, value: value ?? limit, ...shape }
}
