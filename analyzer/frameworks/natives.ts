// Methods that the boot itself gives to objects that packages make.
import { type CallSite, type Machine, NATIVE } from '../link/machine.js'
import type { ObjectValue, Value } from '../link/value.js'
import { packageValue } from '../link/values.js'
import type { Location } from '../text/location.js'

/** Puts a method on the object. */
export function putMethod(
  machine: Machine,
  at: Location,
  object: ObjectValue,
  name: string,
  run: (args: readonly Value[], site: CallSite) => Value,
): void {
  const native = `${name} ${machine.natives.size}`
  machine.natives.set(native, run)
  object.properties.set(name, packageValue(at, NATIVE, [native]))
}
