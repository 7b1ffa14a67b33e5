// Which scopes are applications: what listens, is exported, or goes to a server or a serverless adapter.
import { addToGroupOnce } from '../grouped.js'
import type { App, Entry, Scope } from '../model/model.js'
import type { BootedEntry } from './boot.js'
import { locationKey, sameLocation } from '../text/location.js'
import { visitUnits } from './units.js'
import type { CallRecord, Value } from './value.js'

const SERVER_PACKAGES = /^(?:https?|http2|spdy|express-ws)$/
const SERVERLESS_PACKAGES =
  /^(?:serverless-http|@vendia\/serverless-express|aws-serverless-express|@codegenie\/serverless-express|firebase-functions(?:\/.*)?|@google-cloud\/functions-framework|azure-aws-serverless-express|azure-function-express|aws-lambda-fastify|@fastify\/aws-lambda)$/
/** Methods of an application of Nest that give what it holds, or end it. */
const ASKING = /^(?:get|resolve|select|useLogger|flushLogs|close)$/

/**
 * The applications of one booted entry, in the order in which they were made. Those that are known already are passed over: made at the same place, with
 * no route that the known ones lack, since services that share a factory are applications of their own, and with the same layers, since a function of a
 * platform may leave out what the server has.
 * Of what is `made` where other entries made theirs only what is seen to serve counts: a script may print the routes of a factory.
 */
export function applicationsOf(booted: BootedEntry, known: readonly Scope[], made: readonly Scope[]): readonly App[] {
  const apps: App[] = []
  const received = receivedBy(booted)
  const hasListener = [...received.values()].some((calls) => calls.some(isListener))
  for (const scope of booted.scopes) {
    if (!isApplication(scope) || scope.mounts.some((mount) => !mount.isOff) || isKnown(scope, known)) continue
    const calls = received.get(scope) ?? []
    const listeners = calls.filter(isListener)
    const isServerless = calls.some(({ callee }) => callee.kind === 'package' && SERVERLESS_PACKAGES.test(callee.package))
    const isExported = booted.exports.some((value) => value.kind === 'scope' && value.scope === scope)
    const isIdle = listeners.length === 0 && !isExported
    if (isIdle && scope.entries.length === 0) continue
    if (isIdle && hasListener && isOnlyAsked(scope, calls)) continue
    if (isIdle && !isServerless && made.some((one) => sameLocation(one.at, scope.at))) continue
    apps.push({
      scope,
      framework: scope.framework,
      at: scope.at,
      name: scope.name,
      entry: booted.file,
      listeners,
      kind: listeners.length > 0 ? 'server' : isServerless ? 'serverless' : 'exported',
    })
  }
  return apps
}

/** Microservices of Nest are applications that answer messages alone: they stand on nothing that speaks HTTP. */
export function answersMessagesOnly(scope: Scope): boolean {
  return scope.kind === 'gateway'
}

function isApplication(scope: Scope): boolean {
  return scope.kind === 'app' || (scope.kind === 'gateway' && scope.settings.some(({ name }) => name === 'platform'))
}

/**
 * `(await NestFactory.create(AppModule)).get(ConfigService)`, made to look something up before the application is made that listens: nothing else is done
 * with it, and without `init` it has no routes.
 */
function isOnlyAsked({ framework }: Scope, calls: readonly CallRecord[]): boolean {
  return (
    framework === 'nest' &&
    calls.length > 0 &&
    calls.every(({ callee, receiver }) => receiver?.kind === 'scope' && callee.kind === 'member' && ASKING.test(callee.name))
  )
}

function isKnown(scope: Scope, known: readonly Scope[]): boolean {
  const alike = known.filter((one) => sameLocation(one.at, scope.at))
  if (alike.length === 0) return false
  const routes = new Set(alike.flatMap((one) => [...keysOf(one, 'route')]))
  const layers = keysOf(scope, 'layer')
  return [...keysOf(scope, 'route')].every((key) => routes.has(key)) && alike.some((one) => isSame(layers, keysOf(one, 'layer')))
}

function isSame(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return some.size === others.size && [...some].every((key) => others.has(key))
}

/** What tells the routes, or the layers, of a scope and of what it mounts from others: places, methods and paths as written. */
function keysOf(scope: Scope, wanted: Entry['kind'], keys = new Set<string>(), seen = new Set<Scope>()): ReadonlySet<string> {
  if (seen.has(scope)) return keys
  seen.add(scope)
  for (const { kind, at, methods, path, mounted } of scope.entries) {
    if (kind === wanted) keys.add(`${locationKey(at)} ${methods.join()} ${path ?? '?'}`)
    if (mounted !== null) keysOf(mounted, wanted, keys, seen)
  }
  return keys
}

/** Calls on a scope, or with it, in the order in which they ran. */
function receivedBy({ unit }: BootedEntry): ReadonlyMap<Scope, readonly CallRecord[]> {
  const received = new Map<Scope, CallRecord[]>()
  const note = (value: Value, call: CallRecord): void => {
    if (value.kind === 'scope') addToGroupOnce(received, value.scope, call)
  }
  visitUnits(
    [unit],
    new Set(),
    () => undefined,
    (call) => {
      if (call.receiver !== null) note(call.receiver, call)
      for (const arg of call.args) note(arg, call)
    },
  )
  return received
}

function isListener(call: CallRecord): boolean {
  const { callee } = call
  if (callee.kind === 'member')
    return callee.name === 'listen' || (callee.name === 'on' && call.args.some((arg) => arg.kind === 'literal' && arg.value === 'request'))
  return callee.kind === 'package' && SERVER_PACKAGES.test(callee.package)
}
