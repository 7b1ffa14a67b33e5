// What a program asks of its own classes and objects: names of members, their descriptors, prototypes.
import type { Location } from '../../text/location.js'
import { findMethod, prototypeNames } from '../classMembers.js'
import type { CallSite, Machine } from '../machine.js'
import type { ClassValue, Value } from '../value.js'
import { arrayValue, globalValue, literal, memberValue, objectValue, SPREAD } from '../values.js'

/** `Object.getOwnPropertyNames(x)`; null where not all of them are known. */
export function ownNames(at: Location, target: Value | undefined): Value | null {
  const list = (names: readonly string[]): Value =>
    arrayValue(
      at,
      names.map((name) => literal(at, name)),
    )
  if (target === undefined) return null
  const owner = classOfPrototype(target)
  if (owner !== null) return list(prototypeNames(owner))
  if (target.kind === 'class') return list([...target.properties.keys()])
  if (target.kind !== 'object' || target.isOpen || target.external !== null || target.role === 'namespace') return null
  return list([...target.properties.keys()].filter((name) => name !== SPREAD))
}

/** `Object.getOwnPropertyDescriptor(x, name)`, with what is known of its value. */
export function ownDescriptor(machine: Machine, site: CallSite, target: Value | undefined, key: Value | undefined): Value | null {
  if (target === undefined || key?.kind !== 'literal') return null
  const name = String(key.value)
  const owner = classOfPrototype(target)
  const value =
    owner !== null
      ? name === 'constructor'
        ? owner
        : findMethod(machine, owner, null, name)
      : target.kind === 'object'
        ? (target.properties.get(name) ?? null)
        : null
  if (value === null) return null
  const descriptor = objectValue(site.at)
  descriptor.properties.set('value', value)
  return descriptor
}

/** The prototype of an instance, or the class that a class extends; at their ends stand those of all functions and of all objects, and behind these nothing. */
export function prototypeOf(at: Location, target: Value | undefined): Value | null {
  if (target === undefined) return null
  if (target.kind === 'class') return target.superClass ?? prototypeOfAll(at, 'Function')
  if (target.kind === 'member' && target.name === 'prototype' && target.object.kind === 'global')
    return target.object.name === 'Object' ? literal(at, null) : prototypeOfAll(at, 'Object')
  const owner = classOfPrototype(target)
  if (owner?.superClass === null) return prototypeOfAll(at, 'Object')
  if (owner !== null) return owner.superClass?.kind === 'class' ? memberValue(at, owner.superClass, 'prototype') : null
  return target.kind === 'object' && target.instanceOf !== null ? memberValue(at, target.instanceOf, 'prototype') : null
}

function prototypeOfAll(at: Location, name: 'Function' | 'Object'): Value {
  return memberValue(at, globalValue(at, name), 'prototype')
}

function classOfPrototype(target: Value): ClassValue | null {
  return target.kind === 'member' && target.name === 'prototype' && target.object.kind === 'class' ? target.object : null
}
