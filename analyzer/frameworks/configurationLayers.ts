// Values of which one file, variable or default stands in front of another.
import type { CallSite } from '../link/machine.js'
import type { Value } from '../link/value.js'
import { choice, environmentVariable, objectValue } from '../link/values.js'

/** The value at a way through objects; null where there is none, or where it is not known. */
export function valueAt(value: Value, way: readonly string[]): Value | null {
  let found = value
  for (const key of way) {
    if (found.kind !== 'object') return null
    const next = found.properties.get(key)
    if (next === undefined) return null
    found = next
  }
  return found
}

/** Objects are merged key by key and anything else replaces what is below it. `names` tells which variables stand in front, as an object of their names. */
export function layered(site: CallSite, layers: readonly Value[], names: Value | null): Value | null {
  const top = layers.at(-1) ?? null
  const variable = nameOf(names)
  if (variable !== null) return inFront(site, variable, top)
  if (top?.kind !== 'object') return top === null && names?.kind === 'object' ? merged(site, [], names) : top
  const objects = layers.slice(layers.findLastIndex(({ kind }) => kind !== 'object') + 1)
  return objects.length === 1 && names?.kind !== 'object' ? top : merged(site, objects, names)
}

/** The variable where it is set, and else the value. */
export function inFront(site: CallSite, variable: string, value: Value | null): Value {
  const read = environmentVariable(site.at, variable)
  return value === null || (value.kind === 'literal' && value.value === null) ? read : choice(site.at, '||', [read, value])
}

function merged(site: CallSite, objects: readonly Value[], names: Value | null): Value {
  const result = objectValue(objects.at(-1)?.at ?? site.at)
  const sources = [...objects, ...(names?.kind === 'object' ? [names] : [])].flatMap((one) => (one.kind === 'object' ? [one] : []))
  for (const key of new Set(sources.flatMap(({ properties }) => [...properties.keys()]))) {
    const values = objects.flatMap((one) => valueAt(one, [key]) ?? [])
    const value = layered(site, values, names === null ? null : valueAt(names, [key]))
    if (value !== null) result.properties.set(key, value)
  }
  return sources.some(({ isOpen }) => isOpen) ? { ...result, isOpen: true } : result
}

/** `"DB_PASSWORD"`, or `{ "__name": "PORT", "__format": "json" }`. */
function nameOf(names: Value | null): string | null {
  const given = names?.kind === 'object' ? (names.properties.get('__name') ?? null) : names
  return given?.kind === 'literal' && typeof given.value === 'string' ? given.value : null
}
