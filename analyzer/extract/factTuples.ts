// Facts are tuples within tuples, which begin with their word and the number of their node.

/** The first tuple within facts that fits, in the order of the text; null where there is none. */
export function firstTuple(facts: unknown, fits: (tuple: readonly unknown[]) => boolean): readonly unknown[] | null {
  if (typeof facts !== 'object' || facts === null) return null
  if (Array.isArray(facts) && typeof facts[1] === 'number' && fits(facts)) return facts
  for (const part of Object.values(facts) as readonly unknown[]) {
    const found = firstTuple(part, fits)
    if (found !== null) return found
  }
  return null
}

/** The number of its node; null for what is no such tuple. */
export function nodeOf(tuple: unknown): number | null {
  const node: unknown = Array.isArray(tuple) ? tuple[1] : null
  return typeof node === 'number' ? node : null
}
