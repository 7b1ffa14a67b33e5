// The order of sorted arrays.
import type { Value } from '../value.js'

/** Elements in the order of a comparison, or of their texts without one. Where a comparison is not known they stay as they are. */
export function sortedElements(elements: readonly Value[], compare: (one: Value, other: Value) => Value | null): Value[] {
  const sorted: Value[] = []
  for (const element of elements) {
    let place = sorted.length
    while (place > 0) {
      const order = orderOf(sorted[place - 1] as Value, element, compare)
      if (order === null) return [...elements]
      if (order <= 0) break
      place--
    }
    sorted.splice(place, 0, element)
  }
  return sorted
}

function orderOf(one: Value, other: Value, compare: (one: Value, other: Value) => Value | null): number | null {
  const result = compare(one, other)
  if (result !== null) return result.kind === 'literal' && typeof result.value === 'number' ? result.value : null
  if (one.kind !== 'literal' || other.kind !== 'literal') return null
  const [first, second] = [String(one.value), String(other.value)]
  return first < second ? -1 : first > second ? 1 : 0
}
