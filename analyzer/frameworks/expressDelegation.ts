// Routers that a layer hands its requests to: `app.use('/admin', async (req, res, next) => (await import('./admin.js')).default(req, res, next))`.
import { withinSteps } from '../link/budget.js'
import { functionsBehind } from '../link/handlers.js'
import { handsRequestOn } from '../link/handingOn.js'
import { abandonLog, beginLog, keepLog } from '../link/heapLog.js'
import type { Frame, Machine } from '../link/machine.js'
import { functionKey } from '../link/places.js'
import { drain } from '../link/promises.js'
import { registerIn, takenApart } from '../link/registrations.js'
import { handlerRoles, symbolicArguments } from '../link/roles.js'
import { selfOf } from '../link/serving.js'
import { noteUnit } from '../link/unitIndex.js'
import { inUnit, newUnit, type Unit, useUnit, visitUnits } from '../link/units.js'
import type { CallRecord, FunctionValue, Guard } from '../link/value.js'
import { literal, undefinedAt } from '../link/values.js'
import type { Entry, Scope } from '../model/model.js'

/** Steps that such a layer may take: what it makes at the first request is a router with its routes. */
const MOST_STEPS = 400_000

const looked = new WeakSet<Entry>()

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
  const unit = newUnit('boot')
  const files = machine.modules.size
  const scopes = new Set(machine.scopes)
  const log = beginLog(machine)
  machine.grown.clear()
  run(machine, unit, fn)
  while (machine.logs.at(-1) !== log) machine.logs.pop()
  const found = routersIn(unit, entry.scope)
  if (found.size === 0 && machine.modules.size === files) {
    abandonLog(machine)
    return false
  }
  // What a request registers in what was there before is not there at the first one.
  takenApart(machine, (scope) => !scopes.has(scope))
  keepLog(machine)
  noteUnit(machine, unit)
  useUnit(machine.unit, unit)
  for (const [mounted, call] of found) mount(machine, entry, mounted, call, found.size > 1 ? [chosen(mounted, call)] : [])
  return found.size > 0
}

function run(machine: Machine, unit: Unit, fn: FunctionValue): void {
  const self = selfOf(fn) ?? undefinedAt(fn.at)
  const frame: Frame = { source: fn.source, facts: fn.facts, self, fn, owner: null, args: [], returns: [], guardBase: 0 }
  withinSteps(machine, MOST_STEPS, unit, functionKey(fn), () =>
    inUnit(machine, unit, 'boot', () => {
      machine.run.call(machine, { at: fn.at, frame, argsAt: [], isAwaited: true }, fn, self, symbolicArguments(fn, handlerRoles(fn)))
      drain(machine)
    }),
  )
  machine.queue.length = 0
}

/** The routers that were called with the request, each with the call that the fewest conditions decide about. */
function routersIn(unit: Unit, around: Scope): ReadonlyMap<Scope, CallRecord> {
  const found = new Map<Scope, CallRecord>()
  visitUnits(
    [unit],
    new Set(),
    () => undefined,
    (call) => {
      const router = routerCalled(call)
      if (router === null || router === around || call.isOff) return
      const known = found.get(router)
      if (known === undefined || call.guards.length < known.guards.length) found.set(router, call)
    },
  )
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
