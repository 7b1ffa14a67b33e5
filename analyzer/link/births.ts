// When objects, arrays and environments were made: a path takes back what it did to older ones and leaves its own alone.

/** A mark on the holder itself: a table beside it would cost more than all else that the boot does. */
interface Born {
  born?: number
}

// A clock of makings. Only its order counts, so that it never shows in results.
let makings = 0

export function noteBirth(holder: object): void {
  ;(holder as Born).born = ++makings
}

export function birthMark(): number {
  return makings
}

/** What never noted its birth is as old as the program. */
export function isYoungerThan(holder: object, mark: number): boolean {
  return ((holder as Born).born ?? 0) > mark
}
