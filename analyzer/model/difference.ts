// What an edit made of a long list of parts.

/** Positions of parts that are new, and of those before that are not there any more. */
export interface Difference {
  readonly fresh: readonly number[]
  readonly gone: readonly number[]
  /** Where each of the parts before stands now; null where all that stayed are in their places. */
  readonly moved: Int32Array | null
}

const known = new WeakMap<object, { readonly before: object; readonly difference: Difference }>()

/** The difference between two lists without repetitions. All questions about the parts of two models ask for the same ones. */
export function differenceOf(before: readonly object[], now: readonly object[]): Difference {
  let pair = known.get(now)
  if (pair?.before !== before) {
    known.set(now, (pair = { before, difference: inPlace(before, now) ?? compare(before, now) }))
    // Each list would hold the one before it, and so every list since the first edit.
    known.delete(before)
  }
  return pair.difference
}

/** Past this many changes it is no matter of single parts. */
const MOST_CHANGES = 100

function inPlace(before: readonly object[], now: readonly object[]): Difference | null {
  if (before.length !== now.length) return null
  const changed: number[] = []
  for (let position = 0; position < now.length; position++) {
    if (before[position] !== now[position]) changed.push(position)
    if (changed.length > MOST_CHANGES) return null
  }
  return { fresh: changed, gone: changed, moved: null }
}

function compare(before: readonly object[], now: readonly object[]): Difference {
  const positions = new Map(before.map((part, position) => [part, position]))
  const moved = new Int32Array(before.length).fill(-1)
  const fresh: number[] = []
  for (const [position, part] of now.entries()) {
    const old = positions.get(part)
    if (old === undefined) fresh.push(position)
    else moved[old] = position
  }
  const gone = before.flatMap((_, position) => (moved[position] === -1 ? [position] : []))
  return { fresh, gone, moved }
}
