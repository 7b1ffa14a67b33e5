// What a logger takes out of its lines before it writes them.
import type { CallRecord, Value } from '../../link/value.js'
import { fastifyLoggerOptions, isFastifyLog, isSerialized } from './fastifyLogger.js'
import type { LogCall } from './logCalls.js'
import type { ProjectModel } from '../model.js'
import { isCallTo, originOf } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { valuesWithin } from '../search.js'
import type { SensitivePart } from './sensitiveParts.js'
import { hasProperty, property, stringOf } from '../values.js'
import { noteFunction } from '../tracked.js'

/** Whether the logger of the call redacts the part; what cannot be read counts as redaction. */
export function isRedacted(model: ProjectModel, log: LogCall, part: SensitivePart): boolean {
  const isFastify = isFastifyLog(model, log.record)
  const options = isFastify ? fastifyLoggerOptions(model) : optionsOf(model, log)
  if (isFastify && isSerialized(part.path, options)) return true
  if (options.length === 0) return false
  if (log.package === 'winston' || log.package === 'logform') return options.some((one) => hasRedactingFormat(one))
  if (part.path === null) return false
  const [key = ''] = part.path
  return options.some((one) => {
    if (key !== '' && mayWriteAnew(property(one, 'serializers'), key)) return true
    const paths = redactPaths(one)
    return paths === 'unknown' || paths.some((path) => covers(path, part))
  })
}

/** Serializers may write what stands under the key in other words. The standard ones know requests, responses and errors alone. */
function mayWriteAnew(serializers: Value | null, key: string): boolean {
  if (serializers === null) return false
  if (originOf(serializers)?.path.at(-1) === 'stdSerializers') return /^(req|res|err)$/.test(key)
  if (serializers.kind !== 'object') return hasProperty(serializers, key) !== 'no'
  if (serializers.properties.has(key)) return true
  const spread = serializers.properties.get('...')
  return spread === undefined ? serializers.isOpen : mayWriteAnew(spread, key)
}

/** Options of the calls that made the logger; for a request's logger those of pino-http and of the logger that it was given. */
function optionsOf(model: ProjectModel, { how, makers }: LogCall): readonly Value[] {
  const calls = how === 'request' ? callsTo(model, 'pino-http') : makers
  return calls.flatMap((call) => [...call.args, ...loggersGiven(call)]).filter((value) => value.kind !== 'literal')
}

/** Options of the logger that pino-http was given: it decides about redaction. */
export function loggersGiven(call: CallRecord): readonly Value[] {
  const given = [property(call.args[0] ?? null, 'logger'), call.args[0] ?? null]
  return given.flatMap((one) => (originOf(one)?.calls ?? []).filter((maker) => isCallTo(maker, 'pino')).flatMap((maker) => maker.args))
}

/** The `redact` paths of options of pino. */
export function redactPaths(options: Value): readonly string[] | 'unknown' {
  if (hasProperty(options, 'redact') === 'unknown') return options.kind === 'object' || options.kind === 'choice' ? 'unknown' : []
  const redact = property(options, 'redact')
  if (redact === null) return []
  const list = redact.kind === 'array' ? redact : property(redact, 'paths')
  if (list?.kind !== 'array' || list.isOpen) return 'unknown'
  const paths = list.elements.map(stringOf)
  return paths.some((path) => path === null) ? 'unknown' : paths.flatMap((path) => path ?? [])
}

/** True for paths that take something out of what the standard serializer writes of a request. */
export function takesRequests(path: string): boolean {
  return /^(\*|req)\b/.test(path)
}

/** A path of pino takes a part away, or something inside one that is whole (domain fact E5: `*` is exactly one level). */
export function covers(path: string, part: SensitivePart): boolean {
  const { path: keys, extent, keys: inside } = part
  const wanted = path
    .split(/[.[]/)
    .map((piece) => piece.replace(/^["']|["']?\]$/g, ''))
    .filter((piece) => piece !== '')
  const matches = (length: number): boolean =>
    wanted.slice(0, length).every((piece, index) => piece === '*' || piece === keys?.[index] || keys?.[index] === '*')
  if (keys === null) return false
  if (keys.length === 0 && extent !== 'leaf') return coversAtTop(wanted, part)
  if (extent === 'leaf' || wanted.length <= keys.length) return wanted.length <= keys.length && matches(wanted.length)
  // `*.token` says nothing of cookies, `cookies.sid` does.
  return matches(keys.length) && (wanted[0] !== '*' || inside.includes(wanted.at(-1) ?? ''))
}

/**
 * What is the line itself has its keys at the top: `password` says nothing of headers there, nor does `req.headers.authorization`.
 * A request is put under `req` by pino. Of what holds nothing by a known name, whoever names a key is taken to know it.
 */
function coversAtTop(wanted: readonly string[], { what, keys: inside }: SensitivePart): boolean {
  const [first = '', ...deeper] = wanted
  if (what === 'the whole request') return first === 'req' || first === '*'
  return (first === '*' && deeper.length === 0) || inside.includes(first) || (inside.length === 0 && deeper.length === 0)
}

/** A format of winston that the project wrote and that speaks of such names. */
function hasRedactingFormat(options: Value): boolean {
  const format = property(options, 'format')
  for (const one of valuesWithin(format)) {
    if (one.kind === 'function') noteFunction(one)
    if (one.kind === 'function' && /redact|mask|saniti[sz]e|censor|scrub/i.test(one.facts.name)) return true
    if (one.kind === 'function' && /passw|token|secret|authorization|redact|sensitive/i.test(JSON.stringify(one.facts.body))) return true
  }
  return false
}
