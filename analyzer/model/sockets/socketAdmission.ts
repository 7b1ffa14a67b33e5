// Whom servers of sockets let in: whether anything looks at the origin of a connection, or at who makes it.
import type { CallRecord, FunctionValue, Value } from '../../link/value.js'
import { inSameFunction, sameLocation, type Location } from '../../text/location.js'
import { corsPolicies } from '../cors/corsPolicies.js'
import { classSpeaksOfCaller, speaksOfCaller } from './callerWords.js'
import { conductOf } from '../conduct.js'
import { logCallOf } from '../logging/logCalls.js'
import { loadedPackages } from '../loadedPackages.js'
import { adapterOf } from './messageSizes.js'
import type { Answer, Confidence, ProjectModel, Route } from '../model.js'
import { methodName } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { protectsRoute } from '../queries.js'
import { recordedOnce } from '../recorded.js'
import { type SocketServer, socketServers } from './socketServers.js'
import { serverCalls, upgradeListeners } from './socketListeners.js'
import { hasProperty, isTrue, property, stringOf } from '../values.js'
import { functionsBehind } from '../../link/handlers.js'

export interface Admission {
  readonly server: SocketServer
  /** `open`: nothing looks. `asks`: something may. */
  readonly answer: 'open' | 'asks' | 'unknown'
  /** How much it matters that it is open. */
  readonly confidence: Confidence
  /** Where connections are taken, or what may look at them. */
  readonly shown: readonly Location[]
  /** The routes of Fastify that are open, where not all are. */
  readonly routes: readonly Route[]
}

/** Of every server of sockets that production makes. */
export const admissions: (model: ProjectModel) => readonly Admission[] = recordedOnce((model) =>
  socketServers(model).map((server): Admission => {
    const { options, kind } = server
    const base: Admission = { server, answer: 'unknown', confidence: 'medium', shown: [], routes: [] }
    if (options === 'unknown' || kind === 'express-ws') return base
    const asked = hasProperty(options, kind === 'socket.io' ? 'allowRequest' : 'verifyClient')
    const other = kind === 'gateway' ? hasProperty(options, 'allowRequest') : 'no'
    if (asked !== 'no' || other !== 'no') return { ...base, answer: asked === 'unknown' ? 'unknown' : 'asks', shown: [server.call.at] }
    if (kind === 'fastify') return { ...base, ...fastifyAdmission(model) }
    return { ...base, ...(kind === 'gateway' ? gatewayAdmission(model, server) : listenerAdmission(model, server)) }
  }),
)

type Found = Partial<Admission>

function listenerAdmission(model: ProjectModel, server: SocketServer): Found {
  const calls = serverCalls(model).filter(({ made }) => sameLocation(made.at, server.call.at))
  if (calls.some(({ how }) => how === 'handed')) return { answer: 'unknown' }
  const asking = calls.find(({ how }) => how === 'middleware')
  if (asking !== undefined) return { answer: 'asks', shown: [asking.call.at] }
  const connections = calls.filter(({ how }) => how === 'connection')
  const isUpgraded = isTrue(property(server.options === 'unknown' ? null : server.options, 'noServer')) === 'yes'
  const upgrades = isUpgraded ? upgradeListeners(model) : []
  if (connections.length === 0 || (isUpgraded && upgrades.length === 0)) return { answer: 'unknown' }
  const listeners = [...connections.map(({ call }) => call), ...upgrades]
  return {
    ...functionsAdmission(model, listeners.map(listenerOf)),
    shown: connections.map(({ call }) => call.at),
    ...sureness(model, server),
  }
}

function listenerOf({ args }: CallRecord): FunctionValue | null {
  return args[1]?.kind === 'function' ? args[1] : null
}

function functionsAdmission(model: ProjectModel, functions: readonly (FunctionValue | null)[]): Found {
  const answers = functions.map((fn): Answer => (fn === null ? 'unknown' : speaksOfCaller(model, fn)))
  if (answers.includes('yes')) return { answer: 'asks' }
  if (answers.includes('unknown') || functions.some((fn) => fn !== null && handsOn(model, fn))) return { answer: 'unknown' }
  return { answer: 'open', confidence: functions.some((fn) => fn !== null && hears(model, fn)) ? 'medium' : 'low' }
}

/** The connection, or the request that opened it, goes to something that was not understood: `hocuspocus.handleConnection(socket, request)`. */
function handsOn(model: ProjectModel, fn: FunctionValue): boolean {
  return conductOf(model, fn).records.some(
    (record) =>
      !keeping.test(methodName(record.callee) ?? '') && logCallOf(record) === null && record.args.some((arg) => isParameterOf(arg, fn)),
  )
}

/** What passes a connection on to its own server, or keeps it in a collection. */
const keeping = /^(?:handleUpgrade|emit|add|set|push|unshift|delete|has|get|indexOf|includes|filter|find)$/

function isParameterOf(value: Value, { source, facts }: FunctionValue): boolean {
  return value.kind === 'parameter' && value.fn.file === source.file && value.fn.fn === facts.id
}

/** True where it takes messages; a server that only sends says the same to everybody, as a page does. */
function hears(model: ProjectModel, fn: FunctionValue): boolean {
  return (
    conductOf(model, fn).records.some(
      ({ callee, args }) =>
        callee.kind === 'member' &&
        /^(?:on|once|addEventListener|addListener)$/.test(callee.name) &&
        !/^(?:close|error|pong|ping|disconnect\w*)$/.test(stringOf(args[0] ?? null) ?? ''),
    ) || conductOf(model, fn).records.some(({ callee, isWrite }) => isWrite && callee.kind === 'member' && callee.name === 'onmessage')
  )
}

/** With socket.io, pages of other sites are kept from polling unless CORS lets them in; then it is told as such. */
function sureness(model: ProjectModel, server: SocketServer): Found {
  return server.kind === 'socket.io' && !isOpenByCors(model, server) ? { confidence: 'low' } : {}
}

function isOpenByCors(model: ProjectModel, { call }: SocketServer): boolean {
  return corsPolicies(model).some(
    (policy) =>
      policy.source === 'socket' &&
      sameLocation(policy.call.at, call.at) &&
      policy.grants.some(({ kind }) => kind === 'any' || kind === 'reflect'),
  )
}

function fastifyAdmission(model: ProjectModel): Found {
  const routes = model.routes.filter(({ entry }) => entry.options !== undefined && !entry.isOff && isSocketRoute(entry.options))
  if (routes.length === 0) return { answer: 'unknown' }
  const found = routes.map((route) => ({ route, admission: routeAdmission(model, route) }))
  const open = found.filter(({ admission }) => admission.answer === 'open')
  if (open.length === 0)
    return { answer: found.every(({ admission }) => admission.answer === 'asks') ? 'asks' : 'unknown', shown: routes.map(({ at }) => at) }
  return {
    answer: 'open',
    confidence: open.some(({ admission, route }) => admission.confidence === 'medium' && route.isComplete) ? 'medium' : 'low',
    shown: open.map(({ route }) => route.at),
    routes: open.map(({ route }) => route),
  }
}

function isSocketRoute(options: Route['entry']['options'] & object): boolean {
  return isTrue(property(options, 'websocket')) === 'yes' || hasProperty(options, 'wsHandler') === 'yes'
}

function routeAdmission(model: ProjectModel, route: Route): Found {
  const auth = protectsRoute(model, route, 'auth').answer
  if (auth !== 'no') return { answer: auth === 'yes' ? 'asks' : 'unknown' }
  const functions = [...route.chain.map(({ value }) => value), property(route.entry.options ?? null, 'wsHandler')].flatMap((value) =>
    value === null ? [] : functionsBehind(value),
  )
  return functions.length === 0 ? { answer: 'unknown' } : functionsAdmission(model, functions)
}

/** Guards hold for messages; the gateway itself may look when somebody connects. */
function gatewayAdmission(model: ProjectModel, server: SocketServer): Found {
  const { file } = server.call.at
  const facts = model.files.get(file)
  const scope = model.scopes.find(
    (one) => one.kind === 'gateway' && inSameFunction(one.at, server.call.at) && server.call.at.node - one.at.node === 1,
  )
  if (facts?.kind !== 'source' || scope === undefined || hasOwnAdapter(model) || adapterOf(model) === 'unknown')
    return { answer: 'unknown' }
  const routes = model.routes.filter(({ entry }) => entry.scope === scope)
  if (routes.length === 0) return { answer: 'unknown' }
  const answers = routes.map((route) => protectsRoute(model, route, 'auth').answer)
  const functions = routes.flatMap((route) => route.chain.flatMap(({ value }) => functionsBehind(value)))
  const spoken = [classSpeaksOfCaller(facts, scope.name), ...functions.map((fn) => speaksOfCaller(model, fn))]
  if (answers.includes('yes') || spoken.includes('yes')) return { answer: 'asks', shown: [server.call.at] }
  if (answers.includes('unknown') || spoken.includes('unknown')) return { answer: 'unknown' }
  const isSure = adapterOf(model) === 'ws' || isOpenByCors(model, server)
  return { answer: 'open', confidence: isSure ? 'medium' : 'low', shown: routes.map(({ at }) => at) }
}

/** A class that extends an adapter may look at everything. */
function hasOwnAdapter(model: ProjectModel): boolean {
  const loaded = loadedPackages(model)
  return ['@nestjs/platform-ws', '@nestjs/platform-socket.io'].some(
    (name) => loaded.has(name) && !callsTo(model, name).some(({ isNew, callee }) => isNew && callee.kind === 'package'),
  )
}
