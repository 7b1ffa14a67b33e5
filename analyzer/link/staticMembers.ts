// Members of classes themselves, and what stands on their prototypes.
import { accessorOf } from './classMembers.js'
import { type CallSite, type Machine, noteMade } from './machine.js'
import { functionKey } from './places.js'
import { isSymbolName, prototypeSymbol } from './propertyKeys.js'
import type { ClassValue, FunctionValue, Value } from './value.js'
import { literal, memberValue, undefinedAt } from './values.js'

/** `Class.name`: its own, or that of a class that it extends. */
export function classMember(machine: Machine, site: CallSite, start: ClassValue, name: string): Value {
  // A class has these itself, whatever it extends.
  if (OF_EVERY_CLASS.has(name) && !start.properties.has(name))
    return name === 'name' ? literal(site.at, start.facts.name) : memberValue(site.at, start, name)
  for (let current: Value | null = start; current !== null; current = current.kind === 'class' ? current.superClass : null) {
    if (current.kind !== 'class') return isSymbolName(name) ? undefinedAt(site.at) : memberValue(site.at, current, name)
    const own = current.properties.get(name)
    if (own !== undefined) return current === start ? own : inheritedStatic(machine, start, own)
  }
  const getter = accessorOf(machine, start, start, 'getter', name)
  if (getter !== null) return machine.run.call(machine, site, getter, start, [])
  return isSymbolName(name) || lacksStatic(machine, start, name) ? undefinedAt(site.at) : memberValue(site.at, start, name)
}

/** `Users.create()` of a method that stands on the class above: `this` in it is Users. */
function inheritedStatic(machine: Machine, start: ClassValue, own: Value): Value {
  if (own.kind !== 'function' || own.owner === null || own.self !== own.owner) return own
  let methods = machine.methods.get(start)
  if (methods === undefined) machine.methods.set(start, (methods = new Map()))
  const key = `${functionKey(own)} static`
  const known = methods.get(key)
  if (known !== undefined) return known
  const made: FunctionValue = { ...own, self: start }
  noteMade(machine, made)
  methods.set(key, made)
  return made
}

/** True where it declares the name without a value, or where it and all that it extends are known whole. */
function lacksStatic({ phase }: Machine, start: ClassValue, name: string): boolean {
  let isWhole = phase === 'boot' && !OF_FUNCTIONS.has(name)
  let current: Value | null = start
  for (; current?.kind === 'class'; current = current.superClass) {
    if (current.facts.members.some((one) => one.isStatic && one.key === name)) return true
    isWhole &&= current.facts.decorators.length === 0
  }
  return isWhole && current === null
}

const OF_FUNCTIONS = new Set(['apply', 'bind', 'call', 'hasOwnProperty', 'length', 'toString'])

/** What stands under a symbol on the prototype of a class, or of one that it extends. */
export function symbolOfPrototype(machine: Machine, site: CallSite, start: Value, name: string): Value {
  return start.kind === 'class' ? classMember(machine, site, start, prototypeSymbol(name)) : undefinedAt(site.at)
}

const OF_EVERY_CLASS = new Set(['name', 'prototype', 'constructor'])

/** What was put on the prototype of a class after it was made: `Client.prototype[name] = function () {}`. */
export function putOnPrototype(start: ClassValue, name: string): Value | null {
  for (let current: Value | null = start; current?.kind === 'class'; current = current.superClass) {
    const put = current.properties.get(prototypeSymbol(name))
    if (put !== undefined) return put
  }
  return null
}
