// Routers that a layer hands its requests to: `app.use('/admin', async (req, res, next) => (await import('./admin.js')).default(req, res, next))`.
import { firstRequest } from '../link/firstRequest.js'
import { functionsBehind } from '../link/handlers.js'
import { handsRequestOn } from '../link/handingOn.js'
import type { Machine } from '../link/machine.js'
import { functionKey } from '../link/places.js'
import { registerIn } from '../link/registrations.js'
import type { CallRecord, FunctionValue, Guard } from '../link/value.js'
import { literal } from '../link/values.js'
import type { Entry, Scope } from '../model/model.js'

const looked = new WeakSet<Entry>()
/** The layers whose runs made a router: one that makes a router with a layer like itself would go on for ever. */
const madeBy = new WeakMap<Scope, ReadonlySet<string>>()

/**
 * Runs the layers that hand their requests on, as the first request would, and mounts the routers that they hand them to behind the layer.
 * What such a router does with a path is what `use` would have it do, since the layer has taken its own path away. True where one was mounted.
 */
export function mountDelegated(machine: Machine): boolean {
  let isMounted = false
  for (const scope of [...machine.scopes]) {
    if (scope.framework !== 'express') continue
    for (const entry of [...scope.entries]) {
      if (entry.kind !== 'layer' || entry.isOff || looked.has(entry)) continue
      looked.add(entry)
      for (const fn of entry.handlers.flatMap((handler) => functionsBehind(handler)))
        if (fn.facts.arity !== 4 && fn.bound.length === 0 && handsRequestOn(fn.source, fn.facts))
          isMounted = mountBehind(machine, entry, fn) || isMounted
    }
  }
  return isMounted
}

function mountBehind(machine: Machine, entry: Entry, fn: FunctionValue): boolean {
  const makers = madeBy.get(entry.scope)
  const key = functionKey(fn)
  if (makers?.has(key) === true) return false
  const before = new Set(machine.scopes)
  const found = firstRequest(machine, fn, (calls) => routersIn(calls, entry.scope))
  for (const scope of machine.scopes) if (!before.has(scope)) madeBy.set(scope, new Set([...(makers ?? []), key]))
  for (const [mounted, call] of found) mount(machine, entry, mounted, call, found.size > 1 ? [chosen(mounted, call)] : [])
  return found.size > 0
}

/** The routers that were called with the request, each with the call that the fewest conditions decide about. */
function routersIn(calls: readonly CallRecord[], around: Scope): ReadonlyMap<Scope, CallRecord> {
  const found = new Map<Scope, CallRecord>()
  for (const call of calls) {
    const router = routerCalled(call)
    if (router === null || router === around || call.isOff) continue
    const known = found.get(router)
    if (known === undefined || call.guards.length < known.guards.length) found.set(router, call)
  }
  return found
}

function routerCalled({ callee, args: [request, , next] }: CallRecord): Scope | null {
  if (request?.kind !== 'parameter' || request.role !== 'request' || next?.kind !== 'parameter') return null
  const router = callee.kind === 'member' && callee.name === 'handle' ? callee.object : callee
  return router.kind === 'scope' && router.scope.framework === 'express' && router.scope.kind !== 'route' ? router.scope : null
}

/** Of several routers each request enters one: what stands in one is no protection of another. */
function chosen(mounted: Scope, { at }: CallRecord): Guard {
  return { at, kind: 'condition', value: literal(at, `router ${mounted.id}`), holds: true }
}

function mount(machine: Machine, layer: Entry, mounted: Scope, call: CallRecord, choice: readonly Guard[]): void {
  const { scope } = layer
  const entry: Entry = {
    ...layer,
    kind: 'mount',
    handlers: [],
    handlersAt: [call.at],
    mounted,
    guards: [...layer.guards, ...call.guards, ...choice],
  }
  registerIn(machine, scope, 'entries', entry)
  registerIn(machine, mounted, 'mounts', entry)
  scope.entries.splice(scope.entries.indexOf(entry), 1)
  const behind = scope.entries.findLastIndex((one) => one.call === layer.call && one.at === layer.at)
  scope.entries.splice(behind + 1, 0, entry)
}
