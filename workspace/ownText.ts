// Parts of texts that outlive them.

/** A part of a text keeps the whole text in memory, unless it is copied. */
export function ownText(part: string): string {
  return Buffer.from(part, 'utf8').toString('utf8')
}
