// Methods, getters and setters of classes and of what they inherit from.
import { type Machine, noteMade } from './machine.js'
import type { ClassValue, FunctionValue, Value } from './value.js'

/** A method or getter of a class or its ancestors, bound to `self` where one is given. Methods of one instance keep their identity. */
export function findMethod(machine: Machine, start: ClassValue, self: Value | null, name: string): FunctionValue | null {
  for (let current: Value | null = start; current?.kind === 'class'; current = current.superClass) {
    const owner: ClassValue = current
    const member = owner.facts.members.find((one) => !one.isStatic && one.key === name && one.kind === 'method')
    if (member?.function == null) continue
    const holder = self ?? owner
    let methods = machine.methods.get(holder)
    if (methods === undefined) machine.methods.set(holder, (methods = new Map()))
    const key = `${owner.source.file}#${member.function}`
    let method = methods.get(key)
    if (method === undefined) {
      const facts = owner.source.functions[member.function]
      if (facts === undefined) return null
      method = {
        kind: 'function',
        at: { file: owner.source.file, fn: owner.facts.owner, node: member.node },
        source: owner.source,
        facts,
        environment: owner.environment,
        self,
        bound: [],
        owner,
        properties: new Map(),
      }
      methods.set(key, method)
      noteMade(machine, method)
    }
    return method
  }
  return null
}

/** A getter or setter of a class or its ancestors: a static one where `self` is the class. */
export function accessorOf(
  machine: Machine,
  start: ClassValue,
  self: Value,
  kind: 'getter' | 'setter',
  name: string,
): FunctionValue | null {
  for (let current: Value | null = start; current?.kind === 'class'; current = current.superClass) {
    const owner: ClassValue = current
    const isStatic = self.kind === 'class'
    const member = owner.facts.members.find((one) => one.isStatic === isStatic && one.key === name && one.kind === kind)
    const facts = member?.function == null ? undefined : owner.source.functions[member.function]
    if (member !== undefined && facts !== undefined) {
      return {
        kind: 'function',
        at: { file: owner.source.file, fn: owner.facts.owner, node: member.node },
        source: owner.source,
        facts,
        environment: owner.environment,
        self,
        bound: [],
        owner,
        properties: new Map(),
      }
    }
  }
  return null
}
