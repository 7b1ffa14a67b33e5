// Methods as a framework calls them: a copy for each way of calling, so that one method may serve in several.
import { type Machine, noteMade } from '../link/machine.js'
import type { FunctionValue } from '../link/value.js'

const made = new WeakMap<FunctionValue, Map<string, FunctionValue>>()

/** A copy of the method that is called in its own way; methods of one instance keep theirs. */
export function servedCopy(machine: Machine, method: FunctionValue, key: string, serve: (fn: FunctionValue) => void): FunctionValue {
  let copies = made.get(method)
  if (copies === undefined) made.set(method, (copies = new Map()))
  const known = copies.get(key)
  if (known !== undefined) return known
  const copy: FunctionValue = { ...method }
  noteMade(machine, copy)
  serve(copy)
  copies.set(key, copy)
  return copy
}
