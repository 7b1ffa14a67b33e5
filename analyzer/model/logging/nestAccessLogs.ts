// The access log of nestjs-pino, which hands its options to pino-http, and what of each request it writes.
import type { CallRecord, Value } from '../../link/value.js'
import type { SensitiveAccessLog } from './accessLogs.js'
import type { ProjectModel } from '../model.js'
import { callsTo } from '../packageCalls.js'
import { oncePerPlace, productionCalls } from '../productionCalls.js'
import { redactPaths, takesRequests } from './redaction.js'
import { serializedRequest } from './requestSerializers.js'
import { hasProperty, isFalse, property, stringOf } from '../values.js'

/** `LoggerModule.forRoot(…)` and `forRootAsync` in production whose request log holds credentials, as that of pino-http does by default (domain fact E6). */
export function nestAccessLogs(model: ProjectModel): readonly SensitiveAccessLog[] {
  const calls = ['forRoot', 'forRootAsync'].flatMap((name) => callsTo(model, 'nestjs-pino', ['LoggerModule', name]))
  return oncePerPlace(productionCalls(model, calls)).flatMap((call) =>
    settingsOf(model, call)
      .flatMap((settings) => accessLogOf(model, call, settings))
      .slice(0, 1),
  )
}

/** What the module is set up with: an argument, or what a factory gives. */
function settingsOf(model: ProjectModel, call: CallRecord): readonly (Value | null)[] {
  const [given] = call.args
  const factory = property(given ?? null, 'useFactory')
  if (factory?.kind === 'function')
    return model.summaryOf(factory).returns.map(({ value }) => (value.kind === 'promise' && value.result !== null ? value.result : value))
  return hasProperty(given ?? null, 'useFactory') === 'no' || given === undefined ? [given ?? null] : []
}

function accessLogOf(model: ProjectModel, call: CallRecord, settings: Value | null): readonly SensitiveAccessLog[] {
  if (settings !== null && (!isReadable(settings) || hasProperty(settings, 'useExisting') !== 'no')) return []
  const given = property(settings, 'pinoHttp')
  // Options, or options and a stream.
  const options = given?.kind === 'array' ? (given.elements[0] ?? null) : given
  if (options !== null && !isReadable(options)) return []
  if (isFalse(property(options, 'autoLogging')) !== 'no' || /^(warn|error|fatal|silent)$/.test(stringOf(property(options, 'level')) ?? ''))
    return []
  if (['logger', 'quietResLogger'].some((name) => hasProperty(options, name) !== 'no')) return []
  const paths = options === null ? [] : redactPaths(options)
  const serialized = paths === 'unknown' ? [] : serializedRequest(model, options, 'nestjs-pino', paths)
  if (paths === 'unknown' || serialized !== null) return serialized ?? []
  if (paths.some(takesRequests)) return []
  const what = 'the authorization and cookie headers of every request'
  return [{ at: call.at, what, how: 'default', package: 'nestjs-pino', confidence: 'high', redactIn: null }]
}

function isReadable(value: Value): boolean {
  return value.kind === 'object' && !value.isOpen
}
