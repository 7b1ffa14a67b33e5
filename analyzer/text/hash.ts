// A content hash that needs no crypto module.

/**
 * A stable 106-bit hash of a text as hexadecimal digits. It names contents in a cache, where a clash is an accident and not an attack;
 * two independent 53-bit hashes make that accident negligible.
 */
export function hashText(text: string): string {
  return mix(text, 0) + mix(text, 0x9e3779b9)
}

/** The "cyrb53" mix: two 32-bit multiplicative lanes over UTF-16 units, finished as MurmurHash3 does. */
function mix(text: string, seed: number): string {
  let high = 0xdeadbeef ^ seed
  let low = 0x41c6ce57 ^ seed
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    high = Math.imul(high ^ unit, 2654435761)
    low = Math.imul(low ^ unit, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(16).padStart(14, '0')
}
