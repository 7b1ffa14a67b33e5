// Log files that nothing keeps from growing.
import type { CallRecord, Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import type { Confidence, ProjectModel } from '../model.js'
import { isCallTo, originOf } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { oncePerPlace, productionCalls } from '../productionCalls.js'
import { hasProperty, property, stringOf } from '../values.js'

export interface GrowingLog {
  readonly at: Location
  /** `size`: one file without end. `files`: new files without end. */
  readonly limit: 'size' | 'files'
  /** `A file of winston`. */
  readonly what: string
  /** Options to add to the call, in order. */
  readonly settings: readonly (readonly [key: string, code: string])[]
  readonly call: CallRecord
  readonly confidence: Confidence
}

/** In order of packages. Options that are not known are taken to limit. */
export function growingLogs(model: ProjectModel): readonly GrowingLog[] {
  const calls = (name: string, path: readonly string[]): readonly CallRecord[] =>
    oncePerPlace(productionCalls(model, callsTo(model, name, path)))
  return [
    ...calls('winston', ['transports', 'File']).flatMap(winstonFile),
    ...[...calls('winston-daily-rotate-file', []), ...calls('winston', ['transports', 'DailyRotateFile'])].flatMap(dailyFile),
    ...calls('pino', ['destination']).flatMap(pinoDestination),
    ...calls('pino', ['transport']).flatMap((call) => pinoTransport(call, call.args[0] ?? null)),
    ...calls('pino', []).flatMap((call) => pinoTransport(call, property(call.args[0] ?? null, 'transport'))),
    ...[...calls('morgan', [])].flatMap(accessStream),
    ...calls('log4js', ['configure']).flatMap(log4jsFiles),
    ...calls('bunyan', ['createLogger']).flatMap(bunyanFiles),
  ]
}

function winstonFile(call: CallRecord): readonly GrowingLog[] {
  const [options = null] = call.args
  if (options?.kind !== 'object' || options.isOpen) return []
  const lacks = (key: string): boolean => hasProperty(options, key) === 'no'
  const base = { at: call.at, call, what: 'A log file of winston', confidence: 'high' as const }
  const files = ['maxFiles', '5'] as const
  if (lacks('maxsize'))
    return [{ ...base, limit: 'size', settings: [['maxsize', '5 * 1024 * 1024'], ...(lacks('maxFiles') ? [files] : [])] }]
  return lacks('maxFiles') ? [{ ...base, limit: 'files', settings: [files] }] : []
}

function dailyFile(call: CallRecord): readonly GrowingLog[] {
  const [options = null] = call.args
  if (options?.kind !== 'object' || options.isOpen || hasProperty(options, 'maxFiles') !== 'no') return []
  return [{ at: call.at, call, what: 'A daily log file', limit: 'files', settings: [['maxFiles', "'14d'"]], confidence: 'high' }]
}

/** `pino.destination('app.log')`; file descriptors 1 and 2 are no files. */
function pinoDestination(call: CallRecord): readonly GrowingLog[] {
  const [target = null] = call.args
  return isPath(target) || isPath(property(target, 'dest')) ? [bare(call, 'A log file of pino')] : []
}

/** `pino.transport(options)`, `pino({ transport: options })` */
function pinoTransport(call: CallRecord, options: Value | null): readonly GrowingLog[] {
  const targets = property(options, 'targets')
  const all = targets?.kind === 'array' ? targets.elements : [options]
  const isFile = all.some(
    (one) => stringOf(property(one, 'target')) === 'pino/file' && isPath(property(property(one, 'options'), 'destination')),
  )
  return isFile ? [bare(call, 'A log file of pino')] : []
}

/** `morgan('combined', { stream: fs.createWriteStream('access.log') })`. */
function accessStream(call: CallRecord): readonly GrowingLog[] {
  const stream = property(call.args[1] ?? null, 'stream')
  if (stream?.kind !== 'result' || !isCallTo(stream.call, 'fs', ['createWriteStream']) || originOf(stream) === null) return []
  return [bare(stream.call, 'The access log')]
}

/** `{ appenders: { app: { type: 'file', filename: 'app.log' } } }`: without `maxLogSize` it begins no new file. */
function log4jsFiles(call: CallRecord): readonly GrowingLog[] {
  const appenders = property(call.args[0] ?? null, 'appenders')
  const all = appenders?.kind === 'object' ? [...appenders.properties.values()] : appenders?.kind === 'array' ? appenders.elements : []
  const grows = (one: Value): boolean => stringOf(property(one, 'type')) === 'file' && hasProperty(one, 'maxLogSize') === 'no'
  return all.filter(grows).map(({ at }) => ({ ...bare(call, 'A log file of log4js'), at }))
}

/** `{ streams: [{ path: 'app.log' }] }`: a stream with a path is a file, unless its type is `rotating-file`. */
function bunyanFiles(call: CallRecord): readonly GrowingLog[] {
  const streams = property(call.args[0] ?? null, 'streams')
  const grows = (one: Value): boolean => isPath(property(one, 'path')) && /^(|file)$/.test(stringOf(property(one, 'type')) ?? '')
  return streams?.kind === 'array'
    ? streams.elements
        .filter((one) => grows(one) && hasProperty(one, 'path') === 'yes')
        .map(({ at }) => ({ ...bare(call, 'A log file of bunyan'), at }))
    : []
}

function bare(call: CallRecord, what: string): GrowingLog {
  return { at: call.at, call, what, limit: 'size', settings: [], confidence: 'medium' }
}

function isPath(value: Value | null): boolean {
  if (value === null) return false
  const text = stringOf(value)
  return text !== null
    ? !/^\/(dev|proc)\//.test(text)
    : value.kind === 'template' || (value.kind === 'result' && /^(join|resolve)$/.test(originOf(value.call.callee)?.path.at(-1) ?? ''))
}
