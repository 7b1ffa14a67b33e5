// Express applications that packages make, or give back: of controllers, of contracts, with sockets.
import type { CallSite, FrameworkModel, Machine } from '../link/machine.js'
import { recordCall } from '../link/records.js'
import type { PackageValue, ScopeValue, Value } from '../link/value.js'
import { memberValue, objectValue, resultValue } from '../link/values.js'
import { register } from './expressRegistration.js'
import { makeScope } from './expressScopes.js'
import { withoutInterop } from './knownPackages.js'
import { noteUnseen } from './routeRegistrars.js'

type Maker = (machine: Machine, site: CallSite, callee: PackageValue, args: readonly Value[]) => Value | null

/** By package and export. */
const MAKERS: Readonly<Record<string, Readonly<Record<string, Maker>>>> = {
  'express-ws': { '': withSockets },
  '@zodios/express': { zodiosApp: (...given) => ofContract('app', ...given), zodiosRouter: (...given) => ofContract('router', ...given) },
  'json-server': { create: (machine, site, callee, args) => makeScope(machine, site, 'app', callee, args) },
  'express-zod-api': { createServer: listening },
}

export const packageApplications: FrameworkModel = {
  knows: (name) => MAKERS[name] !== undefined,
  callPackage(machine, site, callee, args) {
    return MAKERS[callee.package]?.[withoutInterop(callee.path).join('.')]?.(machine, site, callee, args) ?? null
  },
}

/** `expressWs(app)` teaches the application to answer sockets, and gives it back in an object. */
function withSockets(machine: Machine, site: CallSite, callee: PackageValue, args: readonly Value[]): Value | null {
  const [app] = args
  if (app?.kind !== 'scope') return null
  const made = resultValue(site.at, recordCall(machine, site, { callee, receiver: null, args }))
  const given = objectValue(site.at)
  given.properties.set('app', app)
  for (const name of ['getWss', 'applyTo']) given.properties.set(name, memberValue(site.at, made, name))
  return given
}

/** What has a contract compares requests with it before anything that the project registers. */
function ofContract(kind: 'app' | 'router', machine: Machine, site: CallSite, callee: PackageValue, args: readonly Value[]): ScopeValue {
  const call = recordCall(machine, site, { callee, receiver: null, args })
  const own = args[1]?.kind === 'object' ? args[1].properties.get(kind === 'app' ? 'express' : 'router') : undefined
  const made = own?.kind === 'scope' ? own : makeScope(machine, site, kind, callee, args)
  const options = args[1]?.kind === 'object' ? args[1].properties.get('validate') : undefined
  const isOff = options?.kind === 'literal' && options.value === false
  if (!isOff) register(machine, site, made.scope, 'layer', [''], [], [resultValue(site.at, call)], [site.at], call)
  return made
}

function ofControllers(machine: Machine, site: CallSite, callee: PackageValue, args: readonly Value[]): ScopeValue {
  const made = makeScope(machine, site, 'app', callee, args)
  noteUnseen(machine, made.scope, site.at, callee.package, 'all')
  return made
}

/** `createServer(config, routing)` makes an application, hands it to `beforeRouting` and listens. */
function listening(machine: Machine, site: CallSite, callee: PackageValue, args: readonly Value[]): Value {
  const app = ofControllers(machine, site, callee, args)
  const given = objectValue(site.at)
  given.properties.set('app', app)
  given.isOpen = true
  const [config] = args
  const options = config?.kind === 'result' ? config.call.args[0] : config
  const before = options?.kind === 'object' ? options.properties.get('beforeRouting') : undefined
  if (before?.kind === 'function') machine.run.call(machine, { ...site, isAwaited: true }, before, null, [given])
  recordCall(machine, site, { callee: memberValue(site.at, app, 'listen'), receiver: app, args: [] })
  return given
}
