// What a process does about errors that nobody caught: listeners, packages that bring them, and listeners that only log.
import type { CallRecord, FunctionValue, Value } from '../../link/value.js'
import { type Location, locationKey } from '../../text/location.js'
import { conductOf } from '../conduct.js'
import type { App, ProjectModel } from '../model.js'
import { callsThat } from '../perPart.js'
import { globalOf, isCallTo, methodName, originOf } from '../origins.js'
import { oncePerPlace, productionCalls } from '../productionCalls.js'
import { processEvents } from './processEvents.js'
import { isMadeByCommandLine, loadedIn, runsIn } from './processes.js'
import { hasProperty, isFalse, isTrue, property } from '../values.js'

export interface ProcessListener {
  readonly event: 'uncaughtException' | 'unhandledRejection'
  readonly at: Location
  /** The calls that put it there, of every process that does. */
  readonly calls: readonly CallRecord[]
  readonly fn: FunctionValue | null
  /** `ends`: it leads to the end of the process. `stays`: it only logs. null where that is not known. */
  readonly outcome: 'ends' | 'stays' | null
}

/** Packages that listen for uncaught errors themselves, or make them end the process. */
const guards =
  /^(close-with-grace|make-promises-safe|hard-rejection|loud-rejection|@sentry\/(node|nestjs|serverless|profiling-node)|@bugsnag\/(js|node)|airbrake|@airbrake\/node|newrelic|rollbar|raygun|dd-trace|elastic-apm-node|applicationinsights|node-graceful-shutdown|async-exit-hook|death|uncaught|domain)$/

/** Listeners on the process, in production files, once per place. */
export function processListeners(model: ProjectModel): readonly ProcessListener[] {
  const found = new Map<string, ProcessListener>()
  for (const { event, call, fn } of processEvents(model)) {
    if (event !== 'uncaughtException' && event !== 'unhandledRejection') continue
    const key = `${locationKey(call.at)} ${event}`
    const calls = [...(found.get(key)?.calls ?? []), call]
    found.set(key, { event, at: call.at, calls, fn, outcome: fn === null ? null : outcomeOf(model, fn) })
  }
  return [...found.values()]
}

/** Those that only log, by the function that puts them there: one decision, with the one that hears of most in front. */
export function swallowingListeners(model: ProjectModel): readonly (readonly ProcessListener[])[] {
  const places = new Map<string, ProcessListener[]>()
  for (const one of processListeners(model)) {
    if (one.outcome !== 'stays') continue
    const key = `${one.at.file}#${one.at.fn}`
    const before = places.get(key) ?? []
    places.set(key, one.event === 'uncaughtException' ? [one, ...before] : [...before, one])
  }
  return [...places.values()]
}

/** Processes that listen for requests and for no errors, once each: an application of theirs, and where it begins to listen. */
export function unguardedProcesses(model: ProjectModel): readonly { readonly app: App; readonly at: Location }[] {
  const byEntry = new Map<string, { app: App; at: Location }>()
  for (const app of model.apps) {
    const [listener] = app.listeners
    if (app.kind === 'server' && listener !== undefined && !byEntry.has(app.entry)) byEntry.set(app.entry, { app, at: listener.at })
  }
  return [...byEntry.values()].filter(({ app }) => !hasProcessListener(model, app) && !hasProcessGuard(model, app))
}

/** True when a listener of the process of an application hears of errors that nobody caught. */
function hasProcessListener(model: ProjectModel, app: App): boolean {
  return processListeners(model).some(({ calls }) => calls.some((call) => runsIn(model, call, app)))
}

/** True when a package, the command line of Fastify, a logger that handles exceptions, a capture callback, or a monitor before Node ends the process does what a listener would. */
export function hasProcessGuard(model: ProjectModel, app: App): boolean {
  const monitors = processEvents(model).flatMap(({ event, call }) => (event === 'uncaughtExceptionMonitor' ? [call] : []))
  return (
    [...monitors, ...captures(model), ...guardingLoggers(model)].some((call) => runsIn(model, call, app)) ||
    loadedIn(model, app).some((specifier) => guards.test(specifier)) ||
    isMadeByCommandLine(app)
  )
}

const captures = callsThat((call) => !call.isOff && globalOf(call.callee) === 'process.setUncaughtExceptionCaptureCallback', {
  globals: (name) => name === 'process.setUncaughtExceptionCaptureCallback',
})
const guardingLoggers = callsThat((call) => !call.isOff && isGuardingLogger(call), { packages: (name) => name === 'winston' })

function isGuardingLogger(call: CallRecord): boolean {
  const origin = originOf(call.callee)
  if (origin?.package !== 'winston') return false
  const options = call.args[0] ?? null
  return (
    isTrue(property(options, 'handleExceptions')) === 'yes' ||
    // A format that another call made has no options to look at.
    hasProperty(options, 'exceptionHandlers') === 'yes' ||
    origin.path.includes('exceptions')
  )
}

/** Loggers of winston that hear of uncaught errors and keep the process (`exitOnError: false`), where no listener beside them may end it: once per place, with where that is said. */
export function keepingLoggers(model: ProjectModel): readonly { readonly call: CallRecord; readonly at: Location }[] {
  if (processListeners(model).some(({ event, outcome }) => event === 'uncaughtException' && outcome !== 'stays')) return []
  return oncePerPlace(productionCalls(model, winstonLoggers(model))).flatMap((call) => {
    const [options = null] = call.args
    const kept = property(options, 'exitOnError')
    return isFalse(kept) === 'yes' && kept !== null && hearsOfErrors(options) ? [{ call, at: kept.at }] : []
  })
}

const winstonLoggers = callsThat((call) => !call.isOff && isCallTo(call, 'winston', ['createLogger']), {
  packages: (name) => name === 'winston',
})

function hearsOfErrors(options: Value | null): boolean {
  const transports = property(options, 'transports')
  const each = transports?.kind === 'array' ? transports.elements : [transports]
  return (
    hasProperty(options, 'exceptionHandlers') === 'yes' ||
    each.some((one) => one?.kind === 'result' && isTrue(property(one.call.args[0] ?? null, 'handleExceptions')) === 'yes')
  )
}

const ending =
  /exit|abort|kill|shut|stop|clos|terminat|destroy|quit|crash|restart|\bend|grace|cleanup|dispose|disconnect|panic|die|fatalError/i
const logging =
  /^(log|info|warn|error|err|fatal|debug|trace|critical|notice|alert|emerg|write|appendFileSync|appendFile|writeFileSync|captureException|captureMessage|capture|notify|notifyError|report|reportError|send|inc|increment|toString|join|push|format|stringify|inspect)$/

function outcomeOf(model: ProjectModel, fn: FunctionValue): ProcessListener['outcome'] {
  const { records, summary } = conductOf(model, fn)
  if (summary.throws.some(({ isCaught }) => !isCaught)) return 'ends'
  if (records.some((record) => ending.test(nameOf(record)) && originOf(record.callee)?.package !== 'fs')) return 'ends'
  // A listener that sets something aside waits for one error, or is taken away again.
  return !summary.isExhausted && summary.writes.length === 0 && records.every(isInnocent) ? 'stays' : null
}

function nameOf({ callee, isWrite }: CallRecord): string {
  return isWrite && methodName(callee) !== 'exitCode' ? '' : (methodName(callee) ?? '')
}

/** Calls that keep the process: logging, texts and dates, methods of packages whose names speak of no end. */
export function isInnocent(record: CallRecord): boolean {
  const { callee } = record
  if (/^(console|String|Object|Array|JSON|Date|Math|Error|Number)\b/.test(globalOf(callee) ?? '')) return true
  const origin = originOf(callee)
  if (origin !== null && !/exit|crash|die|death|shutdown|handle|error/i.test(origin.package)) return true
  if (callee.kind === 'member' && ['array', 'template', 'literal', 'choice', 'regex'].includes(callee.object.kind)) return true
  return logging.test(methodName(callee) ?? '') || record.isNew
}
