// `key in object` and `thing instanceof Class`, on things that the start made.
import { isYoungerThan } from './births.js'
import { findMethod } from './classMembers.js'
import { isFunctionKind, kindOfFunction } from './functionKinds.js'
import type { Machine } from './machine.js'
import type { Location } from '../text/location.js'
import type { ClassValue, ObjectValue, Value } from './value.js'
import { literal } from './values.js'

/** null where it is not known. What requests find is not what the start left, so while serving only the class of what was just written is known. */
export function membership(machine: Machine, at: Location, operator: string, left: Value, right: Value): Value | null {
  if (machine.phase !== 'boot' && !(operator === 'instanceof' && isJustWritten(machine, left))) return null
  const answer = operator === 'in' ? hasKey(machine, left, right) : operator === 'instanceof' ? isInstance(left, right) : null
  return answer === null ? null : literal(at, answer)
}

function hasKey(machine: Machine, key: Value, object: Value): boolean | null {
  if (key.kind !== 'literal' || object.kind !== 'object' || object.role === 'namespace') return null
  const name = String(key.value)
  const value = object.properties.get(name)
  if (value !== undefined) return mayBeUndefined(value) ? null : true
  if (object.instanceOf !== null && findMethod(machine, object.instanceOf, object, name) !== null) return true
  return isClosed(object) ? false : null
}

/** A property that was taken away, or that one of several paths wrote, holds undefined. */
function mayBeUndefined(value: Value): boolean {
  if (value.kind === 'choice') return value.options.some(mayBeUndefined)
  return value.kind === 'literal' && value.value === undefined
}

function isClosed({ isOpen, external, instanceOf, role }: ObjectValue): boolean {
  return !isOpen && external === null && instanceOf === null && (role === 'plain' || role === 'exports')
}

/** `respond(res, { list })`: an object literal of the request that is served. */
function isJustWritten({ bootMark }: Machine, value: Value): boolean {
  return value.kind === 'object' && isPlain(value) && isYoungerThan(value.properties, bootMark)
}

/** True for an object literal, whatever was spread into it: no instance, module or collection. */
export function isPlain({ role, instanceOf, external }: ObjectValue): boolean {
  return role === 'plain' && instanceOf === null && external === null
}

function isInstance(thing: Value, wanted: Value): boolean | null {
  if (wanted.kind === 'global') return isInstanceOfGlobal(thing, wanted.name)
  if (wanted.kind !== 'class') return null
  if (thing.kind === 'literal' || thing.kind === 'array' || thing.kind === 'function' || thing.kind === 'scope') return false
  if (thing.kind !== 'object' || (thing.instanceOf === null && thing.external !== null)) return null
  let current: Value | null = thing.instanceOf
  for (; current?.kind === 'class'; current = current.superClass) if (isSameClass(current, wanted)) return true
  return current === null ? false : null
}

function isInstanceOfGlobal(thing: Value, name: string): boolean | null {
  if (thing.kind === 'function' && isFunctionKind(name)) return name === 'Function' || name === kindOfFunction(thing.facts)
  // Whoever spread something into it made an object all the same.
  if (thing.kind === 'object' && isPlain(thing)) return name === 'Object'
  return null
}

function isSameClass(one: ClassValue, other: ClassValue): boolean {
  return one === other || (one.facts === other.facts && one.environment === other.environment)
}
