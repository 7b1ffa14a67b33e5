// Values with the names that the code gives them.
import type { Location } from '../text/location.js'
import type { Machine } from './machine.js'
import { addTo } from './units.js'
import type { Value } from './value.js'

/** Keeps a named value for rules that look at names, once per place. */
export function noteBinding(machine: Machine, name: string, value: Value, at: Location): void {
  addTo(machine.unit, 'bindings', { name, value, at, isOff: machine.offDepth > 0 })
}
