// What a process does when it is asked to end: listeners for signals, and whether they close the server.
import { isListed, mayBe } from '../../frameworks/knownPackages.js'
import type { CallRecord, FunctionValue, Value } from '../../link/value.js'
import { sameLocation, type Location } from '../../text/location.js'
import { conductOf } from '../conduct.js'
import type { ProjectModel } from '../model.js'
import { globalOf, methodName, originOf } from '../origins.js'
import { callsThat } from '../perPart.js'
import { isInnocent } from './processErrors.js'
import { processEvents } from './processEvents.js'
import { recordedOnce } from '../recorded.js'
import { firstWithin } from '../search.js'
import { possibleValues } from '../values.js'

/**
 * `closes`: the server stops taking requests, and open ones are answered. `exits`: the process ends at once, and cuts them.
 * `fails`: an application of Express is asked to close, which it cannot. `stays`: nothing happens that would end the process. `unknown`: something is
 * called that may close the server.
 */
export type Ending = 'closes' | 'fails' | 'exits' | 'stays' | 'unknown'

export interface SignalListener {
  /** null where it is not known which. */
  readonly signal: string | null
  readonly at: Location
  /** The calls that put it there, of every process that does. */
  readonly calls: readonly CallRecord[]
  readonly fn: FunctionValue | null
  readonly ending: Ending
  /** What else it closes, with the call. */
  readonly closed: readonly string[]
  /** Its only call that ends the process, where that stands in the listener itself. */
  readonly exit: Location | null
  /** True where it closes the server and ends the process without waiting for that. */
  readonly isHasty: boolean
}

/** Listeners for SIGTERM, SIGINT and messages, which PM2 can send in their place, and for events that are not known, once per place and signal. */
export const signalListeners: (model: ProjectModel) => readonly SignalListener[] = recordedOnce((model) => {
  const found = new Map<string, SignalListener>()
  for (const { event, call, fn } of processEvents(model)) {
    if (event !== null && event !== 'SIGTERM' && event !== 'SIGINT' && event !== 'message') continue
    const does = fn === null ? NOTHING : endingOf(model, fn)
    const key = `${call.at.file}#${call.at.fn}#${call.at.node} ${event ?? ''}`
    // One place in several contexts: what closes the server in one of them is enough.
    const before = found.get(key)
    const calls = [...(before?.calls ?? []), call]
    found.set(
      key,
      before === undefined || does.ending === 'closes' ? { signal: event, at: call.at, calls, fn, ...does } : { ...before, calls },
    )
  }
  return [...found.values()]
})

type Doing = Pick<SignalListener, 'ending' | 'closed' | 'exit' | 'isHasty'>
const NOTHING: Doing = { ending: 'unknown', closed: [], exit: null, isHasty: false }

function endingOf(model: ProjectModel, fn: FunctionValue): Doing {
  const { records, summary } = conductOf(model, fn)
  const closed = [...new Set(records.flatMap((record) => (isClosing(record) ? [originOf(record.callee)?.package ?? ''] : [])))].filter(
    (name) => name !== '',
  )
  const closes = records.filter((record) => closesServer(record))
  const timers = records.filter(isTimer)
  const exits = records.filter(({ callee }) => exiting.test(nameOf(callee)))
  if (closes.some((record) => !isMissing(model, record))) {
    const isHasty = closes.every((close) => exits.some((exit) => cutsOff(model, close, exit, timers)))
    return { ...NOTHING, ending: isHasty ? 'exits' : 'closes', closed, isHasty }
  }
  if (closes.length > 0) return { ...NOTHING, ending: 'fails', closed }
  if (summary.isExhausted || summary.throws.some(({ isCaught }) => !isCaught) || records.some((record) => isUnclear(record))) return NOTHING
  // `setTimeout(process.exit, 5000)`
  if (timers.some((timer) => !isAtOnce(timer) && exiting.test(nameOf(timer.args[0] ?? timer.callee)))) return NOTHING
  if (exits.length === 0) return { ...NOTHING, ending: summary.writes.length === 0 ? 'stays' : 'unknown', closed }
  // Requests that are open get the time that passes until then.
  const waiting = timers.filter((timer) => !isAtOnce(timer))
  const isLater = exits.every(({ stack }) => stack.some((place) => waiting.some(({ at }) => sameLocation(at, place))))
  const [exit, ...more] = exits
  const isOwn = exit !== undefined && more.length === 0 && exit.at.fn === fn.facts.id && exit.at.file === fn.source.file
  return isLater ? NOTHING : { ...NOTHING, ending: 'exits', closed, exit: isOwn ? exit.at : null }
}

const exiting = /^process\.(exit|abort|kill|reallyExit)$/

function isTimer({ callee }: CallRecord): boolean {
  return /^(setTimeout|setImmediate|queueMicrotask|process\.nextTick)$/.test(nameOf(callee))
}

/** `setTimeout(exit, 0)`, and what knows no time: the process ends before anything else has come to its end. */
function isAtOnce({ callee, args: [, delay] }: CallRecord): boolean {
  if (globalOf(callee) !== 'setTimeout' || delay === undefined) return true
  return delay.kind === 'literal' && (delay.value === undefined || delay.value === null || Number(delay.value) <= 1)
}

/** `server.close(); process.exit()`: both in one function, which waits for nothing. */
function cutsOff(model: ProjectModel, close: CallRecord, exit: CallRecord, timers: readonly CallRecord[]): boolean {
  const inner = exit.stack.slice(close.stack.length)
  const facts = model.files.get(close.at.file)
  return (
    exit.order > close.order &&
    methodName(close.callee) === 'close' &&
    isServer(close.receiver) &&
    !close.isAwaited &&
    close.stack.every((place, at) => exit.stack[at] !== undefined && sameLocation(place, exit.stack[at])) &&
    inner.every((place) => timers.some((timer) => isAtOnce(timer) && sameLocation(timer.at, place))) &&
    (inner.length > 0 || sameFunction(close.at, exit.at)) &&
    exit.guards.every(({ at, holds }) => close.guards.some((guard) => guard.holds === holds && sameLocation(guard.at, at))) &&
    facts?.kind === 'source' &&
    facts.functions[close.at.fn]?.isAsync === false
  )
}

function sameFunction(one: Location, other: Location): boolean {
  return one.file === other.file && one.fn === other.fn
}

function nameOf(callee: Value): string {
  const origin = originOf(callee)
  return origin?.package === 'process' ? `process.${origin.path.join('.')}` : (globalOf(callee) ?? '')
}

const closing =
  /^(close\w*|stop\w*|shut_?down\w*|terminate\w*|destroy\w*|dispose\w*|end|drain\w*|disconnect\w*|abort\w*|quit|kill|tear_?down\w*|clean_?up\w*|graceful\w*|exit\w*|release\w*|finish\w*|on(Terminate|Exit|Shutdown)|emit)$/i
const servers =
  /^(https?|http2|net|tls|spdy|express|fastify|@nestjs\/core|stoppable|@?[\w-]*\/?(lil-)?http-terminator|http-shutdown|server-destroy|socket\.io|@apollo\/server|apollo-server[\w-]*|graphql-yoga|http-close|express-ws|cluster)$/

function isClosing({ callee, isWrite, isNew }: CallRecord): boolean {
  return !isWrite && !isNew && closing.test(methodName(callee) ?? '') && !/^process\./.test(nameOf(callee))
}

/** A call that closes a server, or that gets one: `promisify(server.close)`, `drain(server)`. */
function closesServer(record: CallRecord): boolean {
  if (record.isWrite) return false
  if (isClosing(record) && (isServer(record.receiver) || servers.test(originOf(record.callee)?.package ?? ''))) return true
  const given = record.callee.kind === 'result' ? [...record.args, ...record.callee.call.args] : record.args
  return !isInnocent(record) && given.some((arg) => firstWithin(arg, isServer, isNear) !== null)
}

/** `app.close()` of Express throws, since there is none: what listens is the server that `app.listen()` gives (domain fact J2). */
function isMissing(model: ProjectModel, { callee, receiver, guards }: CallRecord): boolean {
  const isClose = methodName(callee) === 'close' && receiver?.kind === 'scope' && receiver.scope.framework === 'express'
  // Who asks whether it is there, or writes it, knows.
  return isClose && !guards.some(({ kind }) => kind === 'condition') && ownCloses(model).length === 0
}

const ownCloses = callsThat(({ callee, isWrite }) => isWrite && callee.kind === 'member' && callee.name === 'close', {
  writes: (name) => name === 'close',
})

function isNear({ kind }: Value): boolean {
  return kind === 'choice' || kind === 'member' || kind === 'promise' || kind === 'array'
}

/** A server, or the application that is one. */
export function isServer(value: Value | null): boolean {
  return possibleValues(value).some((one) => {
    if (one.kind === 'promise') return isServer(one.result)
    if (one.kind === 'scope') return true
    // `app.server` of Fastify.
    if (one.kind === 'member') return one.name === 'server' && isServer(one.object)
    if (one.kind !== 'result' && one.kind !== 'object') return false
    const origin = originOf(one)
    if (origin !== null)
      return servers.test(origin.package) && (!builtIn.test(origin.package) || origin.path.some((name) => making.test(name)))
    // `app.listen()`, and what is chained to it.
    return (
      one.kind === 'result' && one.call.callee.kind === 'member' && chained.test(one.call.callee.name) && isServer(one.call.callee.object)
    )
  })
}

/** Connections and requests come from the same modules. */
const builtIn = /^(https?|http2|net|tls)$/
const making = /^(createServer|createSecureServer|Server)$/
const chained = /^(listen|on|once|addListener|setTimeout|getHttpServer|unref|ref)$/

/** A call that may close the server as far as is known. */
function isUnclear(record: CallRecord): boolean {
  if (record.isWrite || /^(process|console)\.|^(set|clear)(Timeout|Interval|Immediate)$/.test(nameOf(record.callee))) return false
  if (record.receiver?.kind === 'result' && /^set(Timeout|Interval)$/.test(globalOf(record.receiver.call.callee) ?? '')) return false
  if (!isClosing(record)) return !isInnocent(record)
  const name = originOf(record.callee)?.package ?? null
  return name === null || !(watching.test(name) || (isListed(name) && otherThings.some((kind) => mayBe(name, kind))))
}

/** `sdk.shutdown()` sends what is left, and closes no server. */
const watching = /^(@?(sentry|opentelemetry|bugsnag|rollbar|datadog|newrelic|posthog)\b|dd-trace$|prom-client$)/
const otherThings = ['orm', 'database', 'cache', 'mail', 'queue', 'cloud', 'http client', 'logger', 'child process', 'file system'] as const
