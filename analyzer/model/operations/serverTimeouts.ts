// Times after which a server gives up a request that does not arrive: those that are switched off, and Fastify's, which is off unless set.
import type { CallRecord, Value } from '../../link/value.js'
import { inSameFunction, sameLocation, type Location } from '../../text/location.js'
import { auxiliaryKind } from '../auxiliary.js'
import type { App, Confidence, ProjectModel, Scope } from '../model.js'
import { isNestOnFastify } from '../nestPlatform.js'
import { methodName, packageOf } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { callsThat } from '../perPart.js'
import { oncePerPlace, productionCalls } from '../productionCalls.js'
import { isServer } from './signalListeners.js'
import { oneOf } from '../sorted.js'
import { isAbsent, numberOf, property, propertyAt } from '../values.js'

export type TimeoutName = 'requestTimeout' | 'headersTimeout' | 'keepAliveTimeout' | 'setTimeout'

/** A time that is set to 0, which means never. */
export interface SwitchedOff {
  readonly at: Location
  readonly name: TimeoutName
  /** Where the number stands. */
  readonly valueAt: Location | null
}

const names = ['requestTimeout', 'headersTimeout', 'keepAliveTimeout'] as const

/** `server.requestTimeout = 0`, `server.setTimeout(0)` and options of `createServer`, once per place. */
export function switchedOff(model: ProjectModel): readonly SwitchedOff[] {
  const calls = oncePerPlace(productionCalls(model, settings(model))).flatMap((call): SwitchedOff[] => {
    const [value] = call.args
    const name = methodName(call.callee) as TimeoutName
    return isNever(value ?? null) && isServer(call.receiver) ? [{ at: call.at, name, valueAt: placeOf(value, call) }] : []
  })
  const made = oncePerPlace(productionCalls(model, creations(model))).flatMap(({ args }) =>
    args.flatMap((options) => (options.kind === 'object' ? offIn(options) : [])),
  )
  return [...calls, ...made]
}

const settings = callsThat(
  ({ callee, isWrite }) =>
    callee.kind === 'member' && (isWrite ? names.some((name) => name === callee.name) : callee.name === 'setTimeout'),
  { writes: oneOf(names), names: oneOf(['setTimeout']) },
)
const creations = callsThat((call) => isCreation(call), { packages: oneOf(['http', 'https', 'http2']) })

function isCreation({ callee, isWrite }: CallRecord): boolean {
  const made = packageOf(callee)
  return (
    !isWrite &&
    made !== null &&
    /^(https?|http2)$/.test(made.package) &&
    /^(createServer|createSecureServer|Server)$/.test(made.path.join('.'))
  )
}

function offIn(options: Value): readonly SwitchedOff[] {
  return names.flatMap((name): SwitchedOff[] => {
    const value = property(options, name)
    return isNever(value) ? [{ at: propertyAt(options, name), name, valueAt: value?.at ?? null }] : []
  })
}

function isNever(value: Value | null): boolean {
  return value?.kind === 'literal' && numberOf(value) === 0
}

function placeOf(value: Value | undefined, { at }: CallRecord): Location | null {
  return value !== undefined && inSameFunction(value.at, at) ? value.at : null
}

/** A Fastify that waits for a request for ever (domain fact J10). */
export interface Unbounded {
  readonly app: App
  /** The call that takes the option. */
  readonly at: Location
  readonly confidence: Confidence
}

/** Applications on Fastify that listen, whose `requestTimeout` nobody sets. */
export function unboundedFastify(model: ProjectModel): readonly Unbounded[] {
  return model.apps.flatMap((app): readonly Unbounded[] => {
    if (app.kind !== 'server' || app.listeners.length === 0) return []
    if (app.framework === 'fastify') {
      const isBounded = app.scope.settings.some(({ name }) => name === 'connectionTimeout' || name === 'handlerTimeout')
      return isSetOn(app.scope) ? [] : unboundedAt(model, app, app.at, isBounded ? 'low' : 'high')
    }
    if (!isNestOnFastify(app)) return []
    const adapters = callsTo(model, '@nestjs/platform-fastify', ['FastifyAdapter'])
    const [adapter] = adapters
    // Services that share a factory make theirs at one place, maybe with options of their own.
    if (adapter === undefined || !adapters.every(({ at }) => sameLocation(at, adapter.at))) return []
    const options = adapter.args[0] ?? null
    // `new FastifyAdapter(fastify())`
    if (options?.kind === 'scope') return isSetOn(options.scope) ? [] : unboundedAt(model, app, options.scope.at, 'high')
    return adapters.every(({ args }) => isUnbounded(args[0] ?? null)) ? unboundedAt(model, app, adapter.at, 'high') : []
  })
}

function isUnbounded(options: Value | null): boolean {
  const isKnown = options === null || (options.kind === 'object' && !options.isOpen)
  const given = ['requestTimeout', 'serverFactory'].map((name) => property(options, name))
  return isKnown && given.every((value) => isAbsent(value) === 'yes' || isNever(value))
}

/** True where the option may be there, or does not matter. */
function isSetOn({ settings: options }: Scope): boolean {
  return options.some(
    ({ name, value }) => name === '*' || name === '...' || (name === 'requestTimeout' && !isNever(value)) || name === 'serverFactory',
  )
}

/** Who sets other times, or sets this one behind the option, has thought of it. */
function unboundedAt(model: ProjectModel, app: App, at: Location, confidence: Confidence): readonly Unbounded[] {
  const set = settings(model).filter(({ receiver }) => isServer(receiver))
  if (set.some(({ callee }) => methodName(callee) === 'requestTimeout')) return []
  return [{ app, at, confidence: set.length > 0 || auxiliaryKind(model, app) !== null ? 'low' : confidence }]
}
