// A content hash that needs no crypto module.

/**
 * A stable 106-bit hash of a text as hexadecimal digits. It names contents in a cache, where a clash is an accident and not an attack;
 * two independent 53-bit hashes make that accident negligible.
 */
export function hashText(text: string): string {
  let high = FIRST_HIGH
  let low = FIRST_LOW
  let secondHigh = FIRST_HIGH ^ SECOND_SEED
  let secondLow = FIRST_LOW ^ SECOND_SEED
  // Both hashes in one walk: getting at the characters costs more than mixing them.
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    high = Math.imul(high ^ unit, 2654435761)
    low = Math.imul(low ^ unit, 1597334677)
    secondHigh = Math.imul(secondHigh ^ unit, 2654435761)
    secondLow = Math.imul(secondLow ^ unit, 1597334677)
  }
  return finish(high, low) + finish(secondHigh, secondLow)
}

const FIRST_HIGH = 0xdeadbeef | 0
const FIRST_LOW = 0x41c6ce57
const SECOND_SEED = 0x9e3779b9

/** The "cyrb53" mix: two 32-bit multiplicative lanes over UTF-16 units, finished as MurmurHash3 does. */
function finish(highLane: number, lowLane: number): string {
  const high = Math.imul(highLane ^ (highLane >>> 16), 2246822507) ^ Math.imul(lowLane ^ (lowLane >>> 13), 3266489909)
  const low = Math.imul(lowLane ^ (lowLane >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(16).padStart(14, '0')
}
