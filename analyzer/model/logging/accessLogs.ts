// Middleware that logs every request, and what of the request it writes.
import type { CallRecord, LiteralValue, Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { fastifyAccessLogs } from './fastifyAccessLogs.js'
import type { Confidence, ProjectModel } from '../model.js'
import { nestAccessLogs } from './nestAccessLogs.js'
import { callsTo } from '../packageCalls.js'
import { oncePerPlace, productionCalls } from '../productionCalls.js'
import { loggersGiven, redactPaths, takesRequests } from './redaction.js'
import { serializedRequest } from './requestSerializers.js'
import { isSecretHeader } from '../secrets/sensitiveNames.js'
import { sensitiveParts } from './sensitiveParts.js'
import { hasProperty, isFalse, property, startOf, stringsOf } from '../values.js'

export interface SensitiveAccessLog {
  readonly at: Location
  readonly what: string
  /** `format`: asked for. `default`: what the package does unless it is told otherwise. */
  readonly how: 'format' | 'default'
  readonly package: string
  readonly confidence: Confidence
  /** The call that takes `redact`, for loggers made by pino. */
  readonly redactIn: CallRecord | null
  /** The format of morgan, where it is one text that is written somewhere. */
  readonly format?: LiteralValue
}

/** Access logs of production that hold credentials or bodies, in order. */
export function sensitiveAccessLogs(model: ProjectModel): readonly SensitiveAccessLog[] {
  const calls = (name: string, path: readonly string[]): readonly CallRecord[] =>
    oncePerPlace(productionCalls(model, callsTo(model, name, path)))
  return [
    ...calls('morgan', []).flatMap(morganFormat),
    ...calls('morgan', ['token']).flatMap((call) => morganToken(model, call)),
    ...[...calls('pino-http', []), ...calls('pino-http', ['pinoHttp']), ...calls('express-pino-logger', [])].flatMap((call) =>
      pinoHttp(model, call),
    ),
    ...calls('express-winston', ['logger']).flatMap(expressWinston),
    ...calls('morgan-body', []).flatMap(morganBody),
    ...nestAccessLogs(model),
    ...fastifyAccessLogs(model),
  ]
}

function morganFormat(call: CallRecord): readonly SensitiveAccessLog[] {
  const [format] = call.args
  const texts = format?.kind === 'template' ? [startOf(format)] : stringsOf(format ?? null)
  const headers = texts
    .flatMap((text) => [...text.matchAll(/:(?:req|res)\[([\w-]+)\]/g)].map((match) => match[1] ?? ''))
    .filter(isSecretHeader)
  const [first] = headers
  if (first === undefined) return []
  return [
    {
      at: call.argsAt[0] ?? call.at,
      what: `the ${first.toLowerCase()} header`,
      how: 'format',
      package: 'morgan',
      confidence: 'high',
      redactIn: null,
      ...(format?.kind === 'literal' ? { format } : {}),
    },
  ]
}

/** `morgan.token('body', (req) => JSON.stringify(req.body))`. */
function morganToken(model: ProjectModel, call: CallRecord): readonly SensitiveAccessLog[] {
  const fn = call.args[1]
  if (fn?.kind !== 'function') return []
  const [part] = model.summaryOf(fn).returns.flatMap(({ value }) => sensitiveParts(model, value))
  if (part === undefined) return []
  const isInside = part.at.file === fn.source.file && part.at.fn === fn.facts.id
  return [
    { at: isInside ? part.at : call.at, what: part.what, how: 'format', package: 'morgan', confidence: part.confidence, redactIn: null },
  ]
}

/** pino-http writes authorization and cookies in clear unless it is told otherwise (domain fact E6, observed). */
function pinoHttp(model: ProjectModel, call: CallRecord): readonly SensitiveAccessLog[] {
  const options = call.args[0] ?? null
  const given = loggersGiven(call)
  const makers = given.length > 0 ? given : call.args
  if (isFalse(property(options, 'autoLogging')) !== 'no') return []
  // pino-http makes a child of the logger that it is given, with its own options: their redaction counts too.
  const lists = [...makers, ...call.args].map(redactPaths)
  if (lists.includes('unknown')) return []
  if (given.length === 0 && hasProperty(options, 'logger') !== 'no' && !isBarePino(options)) return []
  const paths = lists.flat()
  const serialized = serializedRequest(model, options, packageNameOf(call), paths)
  if (serialized !== null) return serialized
  if (paths.some(takesRequests)) return []
  if (makers.some((one) => hasProperty(one, 'serializers') !== 'no' || one.kind === 'choice')) return []
  if (makers.some((one) => one.kind !== 'object' || one.isOpen)) return []
  const maker = makerOf(options)
  return [
    {
      at: call.at,
      what: 'the authorization and cookie headers of every request',
      how: 'default',
      package: packageNameOf(call),
      confidence: 'high',
      redactIn: maker ?? call,
    },
  ]
}

/** `pinoHttp({ logger: pino() })`: made without options. */
function isBarePino(options: Value | null): boolean {
  return makerOf(options)?.args.length === 0
}

function makerOf(options: Value | null): CallRecord | null {
  for (const one of [property(options, 'logger'), options])
    if (one?.kind === 'result' && one.call.callee.kind === 'package' && one.call.callee.package === 'pino') return one.call
  return null
}

function packageNameOf({ callee }: CallRecord): string {
  return callee.kind === 'package' ? callee.package : 'pino-http'
}

/** express-winston writes all request headers unless they are left out. */
function expressWinston(call: CallRecord): readonly SensitiveAccessLog[] {
  const options = call.args[0] ?? null
  const settings = ['headerBlacklist', 'requestWhitelist', 'requestFilter', 'requestField', 'meta', 'dynamicMeta']
  if (options?.kind !== 'object' || settings.some((key) => hasProperty(options, key) !== 'no')) return []
  return [{ at: call.at, what: 'all request headers', how: 'default', package: 'express-winston', confidence: 'medium', redactIn: null }]
}

function morganBody(call: CallRecord): readonly SensitiveAccessLog[] {
  const options = call.args[1] ?? null
  if (
    options !== null &&
    (options.kind !== 'object' || ['filterParameters', 'logRequestBody', 'skip'].some((key) => hasProperty(options, key) !== 'no'))
  )
    return []
  return [
    { at: call.at, what: 'the whole body of every request', how: 'default', package: 'morgan-body', confidence: 'medium', redactIn: null },
  ]
}
