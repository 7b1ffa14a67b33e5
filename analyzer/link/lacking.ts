// Lists of which some elements are there only under a condition that is not known.
import type { Lacking, Value } from './value.js'

interface List {
  mayLack?: Lacking
}

/** True for an element that the list may lack. */
export function mayMiss({ mayLack }: List, element: Value): boolean {
  return mayLack === 'any' || mayLack?.has(element) === true
}

/** The list, known to lack what one of its sources may lack. */
export function lacking<T extends List>(list: T, ...sources: readonly List[]): T {
  for (const { mayLack } of sources) {
    if (mayLack === undefined || list.mayLack === 'any') continue
    list.mayLack = mayLack === 'any' ? 'any' : new Set([...(list.mayLack ?? []), ...mayLack])
  }
  return list
}
