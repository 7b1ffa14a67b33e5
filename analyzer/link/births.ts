// When objects, arrays and environments were made: a summary takes back what it did to older ones and leaves its own alone.

const births = new WeakMap<object, number>()
// A clock of makings. Only its order counts, so that it never shows in results.
let makings = 0

export function noteBirth(holder: object): void {
  births.set(holder, ++makings)
}

export function birthMark(): number {
  return makings
}

/** What never noted its birth is as old as the program. */
export function isYoungerThan(holder: object, mark: number): boolean {
  return (births.get(holder) ?? 0) > mark
}
