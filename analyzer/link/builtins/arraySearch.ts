// Places of elements in arrays, and elements from behind, where each answer of the test is known.
import type { Machine } from '../machine.js'
import { truthOf } from '../truth.js'
import type { ArrayValue, Value } from '../value.js'
import { literal, undefinedAt } from '../values.js'

/** `findIndex`, `findLast` and `findLastIndex` at start; null where the place is not known. `test` asks about one element. */
export function searched(
  machine: Machine,
  at: Value['at'],
  array: ArrayValue,
  name: string,
  test: (element: Value, index: number) => Value,
): Value | null {
  if (machine.phase !== 'boot' || array.isOpen || array.mayLack !== undefined) return null
  const places = [...array.elements.keys()]
  for (const index of name === 'findIndex' ? places : places.reverse()) {
    const element = array.elements[index] as Value
    const truth = truthOf(test(element, index))
    if (truth === 'unknown') return null
    if (truth === 'yes') return name === 'findLast' ? element : literal(at, index)
  }
  return name === 'findLast' ? undefinedAt(at) : literal(at, -1)
}
