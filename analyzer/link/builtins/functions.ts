// bind, call and apply of project functions.
import { type CallSite, type Machine, noteMade } from '../machine.js'
import type { FunctionValue, Value } from '../value.js'

export function functionMethod(machine: Machine, site: CallSite, fn: FunctionValue, name: string, args: readonly Value[]): Value | null {
  if (fn.properties.has(name)) return null
  const [self, ...rest] = args
  // `Controller.create.call(Users)`: what a static method is called on says what `this` is.
  if (self?.kind === 'class' && fn.self !== self && fn.self === fn.owner && fn.self !== null)
    return functionMethod(machine, site, { ...fn, self }, name, args)
  switch (name) {
    case 'bind':
      return bound(machine, site, fn, self ?? null, rest)
    case 'call':
      return machine.run.call(machine, site, fn, self ?? null, rest)
    case 'apply': {
      const list = rest[0]
      return machine.run.call(machine, site, fn, self ?? null, list?.kind === 'array' ? list.elements : list === undefined ? [] : [list])
    }
    default:
      return null
  }
}

/** The same binding of the same function is one value, so that its summary is made once. */
function bound(machine: Machine, site: CallSite, fn: FunctionValue, self: Value | null, args: readonly Value[]): FunctionValue {
  const fixed = fn.self ?? self
  if (args.length > 0 || fixed === null) {
    const made: FunctionValue = { ...fn, self: fixed, bound: [...fn.bound, ...args] }
    noteMade(machine, made)
    return made
  }
  let methods = machine.methods.get(fn)
  if (methods === undefined) machine.methods.set(fn, (methods = new Map()))
  const key = `bind ${fixed.kind} ${fixed.at.file}#${fixed.at.fn}#${fixed.at.node}`
  const known = methods.get(key)
  if (known !== undefined && known.self === fixed) return known
  const made: FunctionValue = { ...fn, self: fixed }
  noteMade(machine, made)
  methods.set(key, made)
  return made
}
