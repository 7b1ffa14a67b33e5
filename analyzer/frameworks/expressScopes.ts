// Applications and routers as the boot makes them.
import { onUndo } from '../link/heapLog.js'
import type { CallSite, Machine } from '../link/machine.js'
import { record } from '../link/records.js'
import type { ScopeValue, Value } from '../link/value.js'
import type { Scope } from '../model/model.js'
import { Table } from '../link/table.js'

/** A new application or router. Its identity is the place that makes it. */
export function makeScope(machine: Machine, site: CallSite, kind: Scope['kind'], callee: Value, args: readonly Value[]): ScopeValue {
  record(machine, site.frame, {
    at: site.at,
    callee,
    receiver: null,
    args,
    argsAt: site.argsAt,
    isNew: false,
    isWrite: false,
    isAwaited: false,
  })
  const scope: Scope = {
    id: machine.scopes.length,
    kind,
    framework: 'express',
    at: site.at,
    name: kind,
    entries: [],
    settings: [],
    gaps: [],
    mounts: [],
  }
  machine.scopes.push(scope)
  onUndo(machine, () => void machine.scopes.splice(machine.scopes.indexOf(scope), 1))
  return { kind: 'scope', at: site.at, scope, properties: new Table() }
}

interface RouteBuilder {
  readonly parent: Scope
  readonly paths: readonly (string | null)[]
}

/** What `route(path)` gave, by the scope that stands for it. */
export const routeBuilders = new WeakMap<Scope, RouteBuilder>()
