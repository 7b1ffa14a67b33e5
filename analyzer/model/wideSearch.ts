// Search through many values at once: most of what they hold they have in common.
import type { Value } from '../link/value.js'
import { DEEPEST, eachChild, isLeaf } from './search.js'

/** Meets everything inside the values, level by level: what holds something once, the rest maybe several times. */
export function eachWithin(values: Iterable<Value>, meet: (value: Value) => void, enters?: (value: Value) => boolean): void {
  const seen = new Set<Value>()
  let next: Value[] = []
  const add = (one: Value): void => {
    if (isLeaf(one)) meet(one)
    else if (!seen.has(one)) {
      seen.add(one)
      next.push(one)
    }
  }
  for (const value of values) add(value)
  for (let depth = 0; next.length > 0; depth++) {
    const level = next
    next = []
    for (const one of level) {
      meet(one)
      if (depth < DEEPEST && enters?.(one) !== false) eachChild(one, add)
    }
  }
}

/**
 * `contains` for many values: what was searched in vain is not entered again. Who asks for as long as the program runs gives a weak memory: values do not
 * change once the boot is over. What `enters` refuses is asked about and not entered.
 */
export function searchFor(
  fits: (value: Value) => boolean,
  depths: Pick<WeakMap<Value, number>, 'get' | 'set' | 'delete'> = new Map(),
  enters?: (value: Value) => boolean,
): (value: Value) => boolean {
  // A value that was met deeper has been searched less far.
  return (value) => {
    if (isLeaf(value)) return fits(value)
    const met: Value[] = []
    let isFound = false
    let next: Value[] = []
    let depth = 0
    const add = (one: Value): void => {
      if (isFound) return
      if (isLeaf(one)) isFound = fits(one)
      else if ((depths.get(one) ?? Infinity) > depth) {
        depths.set(one, depth)
        met.push(one)
        isFound = fits(one)
        next.push(one)
      }
    }
    add(value)
    while (!isFound && next.length > 0 && depth < DEEPEST) {
      const level = next
      next = []
      depth++
      for (const one of level) if (enters?.(one) !== false) eachChild(one, add)
    }
    if (isFound) for (const one of met) depths.delete(one)
    return isFound
  }
}
