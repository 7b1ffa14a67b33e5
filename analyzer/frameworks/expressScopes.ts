// Applications and routers as the boot makes them.
import type { CallSite, Machine } from '../link/machine.js'
import { newScope } from '../link/newScope.js'
import { recordCall } from '../link/records.js'
import type { ScopeValue, Value } from '../link/value.js'
import type { Scope } from '../model/model.js'
import { Table } from '../link/table.js'

/** A new application or router. Its identity is the place that makes it. */
export function makeScope(machine: Machine, site: CallSite, kind: Scope['kind'], callee: Value, args: readonly Value[]): ScopeValue {
  recordCall(machine, site, { callee, receiver: null, args })
  return { kind: 'scope', at: site.at, scope: newScope(machine, 'express', kind, site.at), properties: new Table() }
}

interface RouteBuilder {
  readonly parent: Scope
  readonly paths: readonly (string | null)[]
}

/** What `route(path)` gave, by the scope that stands for it. */
export const routeBuilders = new WeakMap<Scope, RouteBuilder>()
