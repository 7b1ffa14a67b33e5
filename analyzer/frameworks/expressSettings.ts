// Settings of an application: `set`, `enable`, `disable`, and what `get` reads of them.
import type { CallSite, Machine } from '../link/machine.js'
import { snapshot } from '../link/records.js'
import { registerIn } from '../link/registrations.js'
import type { Value } from '../link/value.js'
import { literal } from '../link/values.js'
import type { Scope } from '../model/model.js'

/** The value of a setting where it is known: the last that no condition guards. */
export function readSetting(machine: Machine, site: CallSite, scope: Scope, key: Value): Value | null {
  if (key.kind !== 'literal') return null
  const own = scope.settings.findLast((setting) => setting.name === key.value && setting.guards.length === 0)
  if (own !== undefined) return own.value
  if (key.value !== 'env') return null
  const environment = literal(site.at, machine.world.settings.environment['NODE_ENV'] ?? 'development')
  machine.assumed.add(environment)
  return environment
}

/** Sets a setting under the conditions that hold now. */
export function changeSetting(
  machine: Machine,
  site: CallSite,
  scope: Scope,
  change: { readonly name: string; readonly value: Value },
): void {
  registerIn(machine, scope, 'settings', { ...change, at: site.at, guards: snapshot(machine.guards, 'guards', machine) })
}
