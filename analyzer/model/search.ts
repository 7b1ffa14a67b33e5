// Deep search through values, with guards against cycles.
import type { Value } from '../link/value.js'

const DEEPEST = 24

/** The values directly inside one: properties, elements, parts, operands, options, the object of a member, callee and arguments of a call. */
export function childrenOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'object':
      return [...value.properties.values()]
    case 'array':
      return value.elements
    case 'template':
      return value.parts
    case 'operation':
      return value.operands
    case 'choice':
      return value.test === null ? value.options : [...value.options, value.test]
    case 'member':
      return [value.object]
    case 'result':
      return [value.call.callee, ...value.call.args]
    case 'promise':
      return value.result === null ? [] : [value.result]
    default:
      return []
  }
}

/** Everything inside a value, itself first. What `enters` refuses is yielded but not entered. With a shared `seen`, several walks meet each value once. */
export function* valuesWithin(
  value: Value | null,
  enters: (value: Value) => boolean = () => true,
  seen: Set<Value> = new Set(),
): Generator<Value> {
  if (value === null) return
  const pending: Value[] = [value]
  const depths: number[] = [0]
  for (let index = 0; index < pending.length; index++) {
    const next = pending[index] as Value
    const depth = depths[index] ?? 0
    if (seen.has(next)) continue
    seen.add(next)
    yield next
    if (depth >= DEEPEST || !enters(next)) continue
    for (const child of childrenOf(next)) {
      if (seen.has(child)) continue
      pending.push(child)
      depths.push(depth + 1)
    }
  }
}

/** True when the value, or anything inside it, fits. */
export function contains(value: Value | null, predicate: (value: Value) => boolean): boolean {
  for (const one of valuesWithin(value)) if (predicate(one)) return true
  return false
}

/** Names of the environment variables that a value is made from, in the order in which they are met. `*` is the whole environment. */
export function environmentNamesIn(value: Value | null): readonly string[] {
  const names = new Set<string>()
  for (const one of valuesWithin(value)) if (one.kind === 'environment') names.add(one.name)
  return [...names]
}
