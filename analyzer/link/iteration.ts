// What a program says itself of how its objects are gone over: `*[Symbol.iterator]() { … }`.
import type { ClassMemberFacts } from '../extract/facts.js'
import { memberFunction } from './classMembers.js'
import type { CallSite, Machine } from './machine.js'
import type { FunctionValue, ObjectValue, Value } from './value.js'

/** The list behind an object that has an iterator of its own; any other value is itself. */
export function iterated(machine: Machine, site: CallSite, value: Value): Value {
  if (value.kind !== 'object' || value.role === 'map' || value.role === 'set' || value.role === 'namespace') return value
  const iterator = iteratorOf(value)
  const items = iterator === null ? value : machine.run.call(machine, { ...site, isAwaited: true }, iterator, value, [])
  return items.kind === 'array' ? items : value
}

function iteratorOf(object: ObjectValue): FunctionValue | null {
  const own = object.properties.get('@@iterator') ?? object.properties.get('@@asyncIterator')
  if (own?.kind === 'function') return own
  for (let current: Value | null = object.instanceOf; current?.kind === 'class'; current = current.superClass) {
    const { source, facts } = current
    const member = facts.members.find((one) => !one.isStatic && isIterator(one.key))
    const method = member?.function == null ? undefined : source.functions[member.function]
    if (member !== undefined && method !== undefined) return memberFunction(current, member, method, object)
  }
  return null
}

function isIterator(key: ClassMemberFacts['key']): boolean {
  return (
    typeof key !== 'string' && key[0] === 'member' && key[2][0] === 'name' && key[2][2] === 'Symbol' && /^(?:asyncI|i)terator$/.test(key[3])
  )
}
