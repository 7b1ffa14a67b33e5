// Parts of texts that outlive them.

/** A part of a text keeps the whole text in memory, unless it is copied: V8 keeps parts past a dozen signs as views. */
export function ownText(part: string): string {
  return JSON.parse(JSON.stringify(part)) as string
}
