// Whether a process that listens ends gracefully: on SIGTERM it takes no more requests, and answers those that are open.
import { isListed } from '../../frameworks/knownPackages.js'
import type { CallRecord } from '../../link/value.js'
import { locationKey, type Location } from '../../text/location.js'
import { auxiliaryKind } from '../auxiliary.js'
import { platformSettings } from '../deployment/deploymentSettings.js'
import { loadedPackages } from '../loadedPackages.js'
import type { App, Confidence, ProjectModel } from '../model.js'
import { methodName, originOf, packageOf } from '../origins.js'
import { callsThat } from '../perPart.js'
import { oncePerPlace, productionCalls } from '../productionCalls.js'
import { recordedOnce } from '../recorded.js'
import { isMadeByCommandLine, loadedIn, runsIn } from './processes.js'
import { isServer, signalListeners, type SignalListener } from './signalListeners.js'
import { stringsOf } from '../values.js'

export interface Shutdown {
  /** The first application of the process that serves clients. */
  readonly app: App
  /** Where it listens. */
  readonly at: Location
  /** `missing`: nothing listens for SIGTERM. `interrupt`: SIGINT alone closes the server. `hooks`: Nest listens for other signals alone. null where it ends well, or may. */
  readonly fault: 'missing' | 'fails' | 'exits' | 'stays' | 'interrupt' | 'hooks' | null
  /** The listeners at fault; those that do it well where there is no fault. */
  readonly listeners: readonly (SignalListener | { readonly at: Location })[]
  /** The package that does it. */
  readonly package: string | null
  /** False where what listens was not understood. */
  readonly isSure: boolean
  readonly confidence: Confidence
}

/** One for each process that listens. Platforms start and end what is exported. */
export const shutdowns: (model: ProjectModel) => readonly Shutdown[] = recordedOnce((model) => {
  const byEntry = new Map<string, App[]>()
  for (const app of model.apps)
    if (app.kind === 'server' && app.listeners.length > 0) byEntry.set(app.entry, [...(byEntry.get(app.entry) ?? []), app])
  if ([...loadedPackages(model)].some((name) => desktops.test(name))) return []
  return [...byEntry.values()].flatMap((apps) => {
    const app = apps.find((one) => auxiliaryKind(model, one) === null) ?? apps[0]
    const listener = app?.listeners[0]
    return app === undefined || listener === undefined ? [] : [shutdownOf(model, app, listener.at)]
  })
})

export interface ShutdownFault {
  readonly shutdown: Shutdown
  readonly fault: NonNullable<Shutdown['fault']>
  /** The first listener at fault, else where the process listens. */
  readonly at: Location
}

/** Shutdowns at fault, once for each place: processes that share a listener have one cause. */
export function shutdownFaults(model: ProjectModel): readonly ShutdownFault[] {
  const found = new Map<string, ShutdownFault>()
  for (const shutdown of shutdowns(model)) {
    const { fault, listeners } = shutdown
    const at = listeners[0]?.at ?? shutdown.at
    if (fault !== null && !found.has(locationKey(at))) found.set(locationKey(at), { shutdown, fault, at })
  }
  return [...found.values()]
}

/** Windows and editors end their servers themselves. */
const desktops = /^(electron|vscode|nw|@tauri-apps\/api)$/

function shutdownOf(model: ProjectModel, app: App, at: Location): Shutdown {
  const base = { app, at, package: null, isSure: true, confidence: confidenceOf(model, app) }
  const { good, bad } = shutdownHooks(model)
  const own = signalListeners(model).filter(({ calls }) => calls.some((call) => runsIn(model, call, app)))
  const isTold = ({ signal }: SignalListener): boolean =>
    signal === null || signal === 'SIGTERM' || (isRunByPm2(model) && (signal === 'SIGINT' || isToldByMessage(model)))
  const well = own.filter((one) => isTold(one) && (one.ending === 'closes' || one.ending === 'unknown'))
  const hooked = oncePerPlace(good.filter((call) => runsIn(model, call, app) && isOfProcess(model, call, app)))
  const isSure = hooked.length > 0 || well.some(({ ending }) => ending === 'closes')
  if (hooked.length + well.length > 0) return { ...base, fault: null, listeners: [...hooked, ...well], isSure }
  const named = isMadeByCommandLine(app) ? 'fastify-cli' : packageFor(model, app)
  if (named !== null) return { ...base, fault: null, listeners: [], package: named }
  // Messages may be about anything.
  const signals = own.filter(({ signal }) => signal !== 'message')
  const told = signals.filter(isTold)
  for (const fault of ['fails', 'exits', 'stays'] as const) {
    const those = told.filter(({ ending }) => ending === fault)
    if (those.length > 0) return { ...base, fault, listeners: those }
  }
  const interrupted = signals.filter(({ ending }) => ending === 'closes')
  if (interrupted.length > 0) return { ...base, fault: 'interrupt', listeners: interrupted }
  const missed = bad.filter((call) => runsIn(model, call, app))
  return missed.length > 0 ? { ...base, fault: 'hooks', listeners: missed } : { ...base, fault: 'missing', listeners: [] }
}

/** Packages that listen for signals themselves, by name or by what the name says. @nestjs/terminus answers for health alone. */
const graceful =
  /(grace(?!ful-fs$)|shutdown|(?<!^@nestjs\/)terminus|exit-hook|signal-exit|on-?death|^death$|lightship|lifecycle|^@platformatic\/|^fastify-cli$|^@fastify\/cli$|^moleculer$|^@feathersjs\/cli$|^@adonisjs\/)/
const drains = callsThat((call) => !call.isOff && /DrainHttpServer/.test(methodName(call.callee) ?? ''), {
  packages: (name) => /apollo/.test(name),
})

function packageFor(model: ProjectModel, app: App): string | null {
  const drain = drains(model)[0]
  if (drain !== undefined) return originOf(drain.callee)?.package ?? '@apollo/server'
  return loadedBeside(model, app, graceful)
}

/** A package of this process that the name fits. */
function loadedBeside(model: ProjectModel, app: App, wanted: RegExp): string | null {
  return loadedIn(model, app).find((name) => wanted.test(name)) ?? null
}

const hooks = callsThat((call) => !call.isWrite && methodName(call.callee) === 'enableShutdownHooks', {
  names: (name) => name === 'enableShutdownHooks',
})

/** `app.enableShutdownHooks()` of Nest: for every signal unless it names some (domain fact J5). */
function shutdownHooks(model: ProjectModel): { readonly good: readonly CallRecord[]; readonly bad: readonly CallRecord[] } {
  const calls = productionCalls(model, hooks(model))
  const isGood = ({ args: [signals] }: CallRecord): boolean => {
    if (signals?.kind !== 'array' || signals.isOpen || signals.elements.length === 0) return true
    const names = signals.elements.map((one) => packageOf(one)?.path.at(-1) ?? stringsOf(one)[0] ?? null)
    return names.some((name) => name === null || name === 'SIGTERM')
  }
  return { good: calls.filter(isGood), bad: oncePerPlace(calls.filter((call) => !isGood(call))) }
}

/** Hooks close what they were enabled for: those of a worker or a microservice leave the server as it is. */
function isOfProcess(model: ProjectModel, { receiver }: CallRecord, app: App): boolean {
  return receiver?.kind !== 'scope' || model.apps.some(({ entry, scope }) => entry === app.entry && scope === receiver.scope)
}

/** PM2 sends SIGINT. */
const isRunByPm2 = recordedOnce(
  (model): boolean =>
    model.packages.some(
      ({ scripts, dependencies, devDependencies }) =>
        'pm2' in { ...dependencies, ...devDependencies } ||
        Object.values(scripts).some((script) => /\bpm2(-runtime|-docker)?\b/.test(script)),
    ) || [...model.files.keys()].some((file) => /(^|\/)(ecosystem|pm2)[\w.-]*\.(c?js|json|ya?ml)$/.test(file)),
)

/** `shutdown_with_message`: PM2 sends the message "shutdown" in place of a signal. */
const isToldByMessage = recordedOnce(
  (model): boolean =>
    platformSettings(model).some(({ key, value }) => key.at(-1) === 'shutdown_with_message' && value === 'true') ||
    model.packages.some(({ scripts }) => Object.values(scripts).some((script) => /\bpm2\b.*--shutdown-with-message\b/.test(script))),
)

/** Packages that hand requests of a platform to the application. Where one is loaded, what listens is most likely for developers. */
const platforms =
  /^(serverless-http|@vendia\/serverless-express|@codegenie\/serverless-express|aws-serverless-express|azure-aws-serverless-express|azure-function-express|@fastify\/aws-lambda|firebase-functions|@google-cloud\/functions-framework)(\/|$)/

/** Code that was not understood may listen, and so may a package of which nothing is known that got the server. */
function confidenceOf(model: ProjectModel, app: App): Confidence {
  if (loadedBeside(model, app, platforms) !== null) return 'low'
  if (app.scope.gaps.some(({ isBlind }) => isBlind) || auxiliaryKind(model, app) !== null) return 'low'
  return handedOver(model).length > 0 ? 'medium' : 'high'
}

const handedOver = callsThat((call) => isHandedOver(call), { packages: (name) => !isListed(name) })

function isHandedOver({ args, callee, isWrite, phase }: CallRecord): boolean {
  const name = originOf(callee)?.package
  return !isWrite && phase !== 'handler' && name !== undefined && !isListed(name) && !isBuiltIn(name) && args.some(isServer)
}

function isBuiltIn(name: string): boolean {
  return /^(https?|http2|net|tls|cluster|util|events|perf_hooks|worker_threads)$/.test(name)
}
