// What is registered on an application or router: layers, mounts and handlers, in order.
import { tell } from '../link/events.js'
import type { CallSite, Machine } from '../link/machine.js'
import { snapshot } from '../link/records.js'
import { registerIn } from '../link/registrations.js'
import type { CallRecord, Guard, Value } from '../link/value.js'
import type { Entry, Scope } from '../model/model.js'
import { resultValue } from '../link/values.js'
import type { Location } from '../text/location.js'
import { flattenHandlers } from './expressArguments.js'
import { appliedService, serviceOf } from './expressServices.js'
import { noteRoutingLayer } from './routeRegistrars.js'

/** Adds the layers, mounts and handlers of one call, in order, to the scope. */
export function register(
  machine: Machine,
  site: CallSite,
  scope: Scope,
  kind: 'layer' | 'route',
  paths: readonly (string | null)[],
  methods: readonly string[],
  args: readonly Value[],
  argsAt: readonly Location[],
  call: CallRecord,
): void {
  for (const path of paths) {
    let pending: { value: Value; at: Location }[] = []
    const flush = (): void => {
      if (pending.length === 0) return
      registerIn(machine, scope, 'entries', {
        kind,
        at: site.at,
        scope,
        order: machine.order++,
        path,
        methods,
        handlers: pending.map((one) => one.value),
        handlersAt: pending.map((one) => one.at),
        mounted: null,
        guards: snapshot(machine.guards, 'guards', machine),
        isOff: machine.offDepth > 0,
        call,
        stack: snapshot(machine.stack, 'stack', machine),
      })
      pending = []
    }
    for (const handler of flattenHandlers(args, argsAt)) {
      const service = kind === 'layer' ? serviceOf(handler.value, path) : null
      if (service !== null) {
        flush()
        for (const one of service.paths) addService(machine, site, scope, { path: one, methods: service.methods }, handler, call)
        continue
      }
      if (handler.value.kind !== 'scope' || handler.value.scope.kind === 'route') {
        pending.push(handler)
        if (kind === 'layer') noteRoutingLayer(machine, scope, handler.at, handler.value)
        continue
      }
      flush()
      const guards: readonly Guard[] =
        handler.guard === null ? snapshot(machine.guards, 'guards', machine) : [...machine.guards, handler.guard]
      const mounted = handler.value.scope
      const entry: Entry = {
        kind: 'mount',
        at: site.at,
        scope,
        order: machine.order++,
        path,
        methods,
        handlers: [],
        handlersAt: [handler.at],
        mounted,
        guards,
        isOff: machine.offDepth > 0,
        call,
        stack: snapshot(machine.stack, 'stack', machine),
      }
      registerIn(machine, scope, 'entries', entry)
      registerIn(machine, mounted, 'mounts', entry)
      if (mounted.kind === 'app' && kind === 'layer' && call.receiver !== null) tell(machine, site, handler.value, 'mount', [call.receiver])
    }
    flush()
  }
}

/** What `server.applyMiddleware({ app })` registers, as a route of the application. False for any other call. */
export function registerApplied(machine: Machine, site: CallSite, call: CallRecord): boolean {
  const applied = appliedService(call)
  if (applied?.app.kind !== 'scope') return false
  const handler = { value: resultValue(site.at, call), at: site.at }
  addService(machine, site, applied.app.scope, { path: applied.path, methods: ['GET', 'POST'] }, handler, call)
  return true
}

/** An API of a package is a route, also where it is registered as a layer. */
function addService(
  machine: Machine,
  site: CallSite,
  scope: Scope,
  { path, methods }: Pick<Entry, 'path' | 'methods'>,
  handler: { readonly value: Value; readonly at: Location },
  call: CallRecord,
): void {
  registerIn(machine, scope, 'entries', {
    kind: 'route',
    at: site.at,
    scope,
    order: machine.order++,
    path,
    methods,
    handlers: [handler.value],
    handlersAt: [handler.at],
    mounted: null,
    guards: snapshot(machine.guards, 'guards', machine),
    isOff: machine.offDepth > 0,
    call,
    stack: snapshot(machine.stack, 'stack', machine),
  })
}
