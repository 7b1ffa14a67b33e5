// Getters of single objects: what a read of the property runs.
import type { Machine } from './machine.js'
import type { FunctionValue, ObjectValue } from './value.js'

/** The property also holds what the getter gave when it was written, for whoever lists the object. */
export function keepGetter(machine: Machine, object: ObjectValue, name: string, getter: FunctionValue): void {
  let own = machine.getters.get(object.properties)
  if (own === undefined) machine.getters.set(object.properties, (own = new Map()))
  own.set(name, getter)
}

export function getterOf(machine: Machine, object: ObjectValue, name: string): FunctionValue | null {
  return machine.getters.get(object.properties)?.get(name) ?? null
}
