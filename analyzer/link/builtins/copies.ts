// Copies of what is known: `structuredClone(defaults)`, `JSON.parse(JSON.stringify(defaults))`.
import type { Value } from '../value.js'
import { arrayValue, objectValue } from '../values.js'

/** Parts that lie deeper stay shared with what was copied. */
const DEEPEST_COPY = 12

/** A value whose lists and objects are its own, without functions: what is written into the copy changes nothing of the first. */
export function copyOf(value: Value, made = new Map<Value, Value>(), depth = 0): Value {
  if ((value.kind !== 'array' && value.kind !== 'object') || depth > DEEPEST_COPY) return value
  const known = made.get(value)
  if (known !== undefined) return known
  if (value.kind === 'array') {
    const list = arrayValue(value.at, [], value.isOpen)
    if (value.mayLack !== undefined) list.mayLack = 'any'
    made.set(value, list)
    for (const element of value.elements) list.elements.push(copyOf(element, made, depth + 1))
    return list
  }
  const copy = objectValue(value.at, value.role === 'map' || value.role === 'set' ? value.role : 'plain')
  copy.isOpen = value.isOpen || value.external !== null
  made.set(value, copy)
  for (const [name, one] of value.properties) if (one.kind !== 'function') copy.properties.set(name, copyOf(one, made, depth + 1))
  for (const [name, at] of value.writtenAt) if (copy.properties.has(name)) copy.writtenAt.set(name, at)
  return copy
}
