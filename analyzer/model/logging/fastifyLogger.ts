// The logger of a Fastify application: its options, and what its standard serializers leave out (domain facts E5, E6).
import type { CallRecord, Value } from '../../link/value.js'
import { isWithinFunction, type Location } from '../../text/location.js'
import { hookOf } from '../errors/fastifyLeaks.js'
import type { App, NamedValue, ProjectModel } from '../model.js'
import { isCallTo, originOf } from '../origins.js'
import { functionsAround } from './ownLoggers.js'
import { isFalse, isTrue, property } from '../values.js'

/** The `logger` option of the application; null where there is none. */
export function loggerOption(app: App): Value | null {
  return app.scope.settings.find(({ name }) => name === 'logger')?.value ?? null
}

/** `off`: no logger, so that nothing is logged at all. `requests`: it leaves out requests. null where it logs, or that is not known. */
export function fastifyLogging(app: App): 'off' | 'requests' | null {
  const setting = (name: string): Value | null => app.scope.settings.find((one) => one.name === name)?.value ?? null
  if (setting('*') !== null || setting('...') !== null || setting('loggerInstance') !== null) return null
  const logger = loggerOption(app)
  if (logger === null || isFalse(logger) === 'yes') return 'off'
  return isTrue(setting('disableRequestLogging')) === 'yes' ? 'requests' : null
}

/** True for `request.log`, `reply.log` and `app.log` of Fastify. */
export function isFastifyLog(model: ProjectModel, { callee }: CallRecord): boolean {
  if (callee.kind !== 'member' || callee.object.kind !== 'member') return false
  const owner = callee.object.object
  if (owner.kind === 'scope') return owner.scope.framework === 'fastify'
  return owner.kind === 'parameter' && hookOf(model, owner) !== null
}

/** Options of the loggers of Fastify applications. What is not known counts as options too. */
export function fastifyLoggerOptions(model: ProjectModel): readonly Value[] {
  return model.apps.flatMap((app) => (app.framework === 'fastify' ? givenOptions(app) : []))
}

/** `logger: options`; a logger that was made before brings the options that it was made with: `loggerInstance: pino(options)`, and before Fastify 5 `logger: pino(options)`. */
function givenOptions(app: App): readonly Value[] {
  const given = loggerOption(app) ?? app.scope.settings.find(({ name }) => name === 'loggerInstance')?.value ?? null
  if (given === null) return []
  const makers = (originOf(given)?.calls ?? []).filter((call) => isCallTo(call, 'pino'))
  return makers.length === 0 ? [given] : makers.flatMap(({ args }) => args.filter(({ kind }) => kind !== 'literal'))
}

/** `log.info({ req })` writes method, URL and addresses: the serializers of Fastify know these names. */
export function isSerialized(path: readonly string[] | null, options: readonly Value[]): boolean {
  const [key = '', ...rest] = path ?? []
  return (
    rest.length === 0 && (key === 'req' || key === 'res') && options.every((one) => property(property(one, 'serializers'), key) === null)
  )
}

/** The logger by which a place is logged in the idiom of Fastify: `request.log` within a handler, `app.log` behind the application. null where none is at hand. */
export function fastifyLoggerName(model: ProjectModel, at: Location): string | null {
  const apps = model.apps.filter((app) => app.framework === 'fastify')
  if (apps.length === 0 || apps.some((app) => fastifyLogging(app) === 'off')) return null
  const parts = at.fn.split('.')
  for (let length = parts.length; length > 0; length -= 1) {
    const fn = { file: at.file, fn: parts.slice(0, length).join('.'), node: 0 }
    const hook = hookOf(model, { fn })
    if (hook !== null) return ofParameters(model, fn, hook === 'errorHandler' || hook === 'websocket' ? 1 : 0)
  }
  const holder = model.bindings.find(
    (one) =>
      one.at.file === at.file &&
      one.value.kind === 'scope' &&
      apps.some(({ scope }) => one.value.kind === 'scope' && scope === one.value.scope) &&
      isBehind(model, at, one),
  )
  return holder === undefined ? null : `${holder.name}.log`
}

/** True behind the place where a variable gets the application, also in a function that is written there: it runs when the application is there. */
function isBehind(model: ProjectModel, at: Location, { at: made, name }: NamedValue): boolean {
  if (!isWithinFunction(at, made)) return false
  if (at.fn === made.fn) return made.node < at.node
  const facts = model.files.get(at.file)
  if (facts?.kind !== 'source') return false
  const own = functionsAround(facts, at.fn).filter(({ id }) => id.length > made.fn.length)
  if (own.some(({ parameters }) => parameters.some(({ pattern }) => pattern[0] === 'name' && pattern[2] === name))) return false
  const start = facts.functions[at.fn]?.spans[0] ?? 0
  return start > (facts.functions[made.fn]?.spans[2 * made.node] ?? Infinity)
}

/** The request comes first, the reply behind it; both have the logger. */
function ofParameters(model: ProjectModel, { file, fn }: Location, from: number): string | null {
  const facts = model.files.get(file)
  const parameters = facts?.kind === 'source' ? (facts.functions[fn]?.parameters ?? []) : []
  const names = parameters.slice(from, from + 2).map(({ pattern }) => (pattern[0] === 'name' ? pattern[2] : ''))
  const name = names.find((one) => one !== '' && !one.startsWith('_'))
  return name === undefined ? null : `${name}.log`
}
