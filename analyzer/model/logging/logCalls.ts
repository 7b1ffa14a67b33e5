// Calls that write a log line: on console, on loggers of packages, on a request's logger, on what is known as a logger by type or name.
import { effectOf } from '../../frameworks/knownPackages.js'
import type { CallRecord, Value } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { globalOf, originOf } from '../origins.js'
import { callsThat, ofEachCall } from '../perPart.js'
import { isInProduction } from '../productionCalls.js'
import { isRequest } from '../requests.js'
import { recordedOnce } from '../recorded.js'

export interface LogCall {
  readonly record: CallRecord
  /** `named`: known by its type or name alone. `own`: a function of the project that logs what it is given. */
  readonly how: 'console' | 'package' | 'request' | 'named' | 'own'
  /** The package whose logger it is; '' for the others. */
  readonly package: string
  /** `error`, `info`, `log`… */
  readonly level: string
  /** The calls that made the logger, the last one first. */
  readonly makers: readonly CallRecord[]
  /** The arguments that get into the line, where not all of them do. */
  readonly printed?: readonly number[]
  /** For a function that does its work and logs besides: the call within it that writes the line. */
  readonly besides?: CallRecord
}

const levels: ReadonlySet<string> = new Set(
  'log info warn warning error debug trace fatal verbose silly http notice critical crit alert emerg success dir table'.split(' '),
)
const noLogs: readonly CallRecord[] = []

/** True for names of methods that write a log line. */
export function isLevel(name: string): boolean {
  return levels.has(name)
}

/** The log calls of production, in order; several contexts of one place stay several. */
export const logCalls: (model: ProjectModel) => readonly LogCall[] = recordedOnce((model) =>
  allLogCalls(model).filter(({ record }) => isInProduction(model, record)),
)

const allLogCalls = ofEachCall(
  (record) => {
    const log = logCallOf(record)
    return log === null ? [] : [log]
  },
  { names: (name) => name === '' || isLevel(name), packages: (name) => name === 'debug' },
)

/** What the record logs with. null where it writes no log line. */
export function logCallOf(record: CallRecord): LogCall | null {
  const { callee, isWrite, isNew } = record
  if (isWrite || isNew) return null
  // The last name decides, whatever it is a member of.
  if (callee.kind === 'member' && !isLevel(callee.name)) return null
  const method = consoleMethod(record)
  if (method !== null) return isLevel(method) ? { record, how: 'console', package: '', level: method, makers: noLogs } : null
  const origin = originOf(callee)
  if (origin !== null) {
    const level = origin.path.at(-1) ?? ''
    // `debug('app')` makes a function that logs.
    if (origin.package === 'debug' && origin.calls.length > 0 && level === '()')
      return { record, how: 'package', package: 'debug', level: 'debug', makers: origin.calls }
    if (!isLevel(level)) return null
    const holder = effectOf(origin.package, origin.path.slice(0, -1))
    return holder?.kind === 'logger' ? { record, how: 'package', package: origin.package, level, makers: origin.calls } : null
  }
  if (callee.kind !== 'member' || !isLevel(callee.name)) return null
  const { object } = callee
  if (object.kind === 'member' && /^(log|logger)$/.test(object.name) && isRequest(object.object))
    return { record, how: 'request', package: '', level: callee.name, makers: noLogs }
  return isLoggerByName(object) ? { record, how: 'named', package: '', level: callee.name, makers: noLogs } : null
}

/** Every call of console, also what production leaves out. */
export const callsOfConsole: (model: ProjectModel) => readonly CallRecord[] = callsThat((call) => consoleMethod(call) !== null, {
  globals: (name) => name.includes('console.'),
})

/** `log` for `console.log(…)`. null for other calls, `console.log.apply(…)` among them. */
export function consoleMethod({ callee, isNew }: CallRecord): string | null {
  const name = isNew ? null : globalOf(callee)
  const match = /^(?:globalThis\.|global\.)?console\.([\w*]+)$/.exec(name ?? '')
  return match?.[1] ?? null
}

function isLoggerByName(value: Value): boolean {
  if (value.kind === 'typed') return /(^|\.)\w*Logger(Service)?$/.test(value.type.name)
  if (value.kind === 'parameter')
    return value.type === null ? /^_?(log|logger)$/.test(value.name) : /(^|\.)\w*Logger(Service)?$/.test(value.type.name)
  return value.kind === 'member' && /^_?(log|logger)$/.test(value.name)
}
