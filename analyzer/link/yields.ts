// Generators, read as the lists of what they yield.
import type { Expression } from '../extract/facts.js'
import type { Location } from '../text/location.js'
import { changeArray } from './heapLog.js'
import { elementsOf } from './iterables.js'
import type { Frame, Machine } from './machine.js'
import type { Value } from './value.js'
import { undefinedAt, unknown } from './values.js'

/** `yield value`, or `yield* values`, which arrives as a spread. What comes back in is not known. */
export function yieldValue(
  machine: Machine,
  frame: Frame,
  [kind]: Expression | readonly ['nothing'],
  value: Value | null,
  at: Location,
): Value {
  const list = frame.yields
  if (list === undefined) return unknown(at, 'yield')
  // How often a loop runs need not be known, so there may be more.
  if (machine.guards.slice(frame.guardBase).some((guard) => guard.kind === 'loop')) list.isOpen = true
  if (kind !== 'spread' || value === null) changeArray(machine, list, (elements) => void elements.push(value ?? undefinedAt(at)))
  else {
    const { known, rest } = elementsOf(value, at)
    if (rest !== null) list.isOpen = true
    changeArray(machine, list, (elements) => void elements.push(...known))
  }
  return unknown(at, 'yield')
}
