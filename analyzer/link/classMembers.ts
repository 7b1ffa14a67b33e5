// Methods, getters and setters of classes and of what they inherit from.
import { getterNamed, methodNamed, setterNamed, staticGetterNamed, staticSetterNamed } from './declaredNames.js'
import { write } from './heapLog.js'
import { type Machine, noteMade } from './machine.js'
import { functionKey } from './places.js'
import type { ClassValue, FunctionValue, Value } from './value.js'
import { Table } from './table.js'

/** A method or getter of a class or its ancestors, bound to `self` where one is given. Methods of one instance keep their identity. */
export function findMethod(machine: Machine, start: ClassValue, self: Value | null, name: string): FunctionValue | null {
  for (let current: Value | null = start; current?.kind === 'class'; current = current.superClass) {
    const owner: ClassValue = current
    const member = methodNamed(owner.facts, name)
    if (member?.function == null) continue
    const facts = owner.source.functions[member.function]
    if (facts === undefined) return null
    const replaced = machine.replacedNames.has(name) ? machine.containers.get(replacementKey(owner, name)) : undefined
    const holder = self ?? owner
    let methods = machine.methods.get(holder)
    if (methods === undefined) machine.methods.set(holder, (methods = new Map()))
    const own = functionKey({ source: owner.source, facts })
    const key = replaced === undefined ? own : `${own} replaced`
    let method = methods.get(key)
    if (method === undefined && replaced?.kind === 'function') {
      method = { ...replaced, self: replaced.self ?? self }
      methods.set(key, method)
      noteMade(machine, method)
    } else if (method === undefined) {
      // One function in the language, however many values stand for it: what is put on it shows through every instance.
      const properties = self === null ? undefined : findMethod(machine, owner, null, name)?.properties
      method = { ...memberFunction(owner, member, facts, self), properties: properties ?? new Map() }
      methods.set(key, method)
      noteMade(machine, method)
    }
    return method
  }
  return null
}

/** The function of a constructor, a method, a getter or a setter. */
export function memberFunction(
  owner: ClassValue,
  { node }: { readonly node: number },
  facts: FunctionValue['facts'],
  self: Value | null,
): FunctionValue {
  const { source, environment } = owner
  const at = { file: source.file, fn: owner.facts.owner, node }
  return { kind: 'function', at, source, facts, environment, self, bound: [], owner, properties: new Table() }
}

/** What a decorator put in the place of a method is the method from then on. */
export function replaceMethod(machine: Machine, owner: ClassValue, name: string, replacement: FunctionValue): void {
  machine.replacedNames.add(name)
  write(machine, machine.containers, replacementKey(owner, name), replacement)
}

function replacementKey(owner: ClassValue, name: string): string {
  return `method ${owner.source.file}#${owner.facts.id} ${name}`
}

const ACCESSORS = {
  getter: { instance: getterNamed, static: staticGetterNamed },
  setter: { instance: setterNamed, static: staticSetterNamed },
} as const

/** A getter or setter of a class or its ancestors: a static one where `self` is the class. */
export function accessorOf(
  machine: Machine,
  start: ClassValue,
  self: Value,
  kind: 'getter' | 'setter',
  name: string,
): FunctionValue | null {
  const named = ACCESSORS[kind][self.kind === 'class' ? 'static' : 'instance']
  for (let current: Value | null = start; current?.kind === 'class'; current = current.superClass) {
    const owner: ClassValue = current
    const member = named(owner.facts, name)
    const facts = member?.function == null ? undefined : owner.source.functions[member.function]
    if (member !== undefined && facts !== undefined) return memberFunction(owner, member, facts, self)
  }
  return null
}

/** What `Object.getOwnPropertyNames` lists of the prototype of a class. */
export function prototypeNames(owner: ClassValue): readonly string[] {
  const names = owner.facts.members.flatMap((one) =>
    one.isStatic || typeof one.key !== 'string' || one.kind === 'field' || one.kind === 'constructor' ? [] : [one.key],
  )
  return ['constructor', ...new Set(names)]
}
