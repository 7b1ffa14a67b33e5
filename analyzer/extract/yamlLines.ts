// The lines of a YAML text, and what is between them and their content.

export interface Line {
  /** Spaces in front; of the rest of a line behind a dash, all in front of it. */
  indent: number
  /** Offset of the first character that is no space. */
  start: number
  /** Offset of the line's end. */
  readonly end: number
}

export const SPACE = 32
export const HASH = 35

/** All lines, each with its indent. */
export function linesOf(text: string): Line[] {
  const lines: Line[] = []
  for (let from = 0; from < text.length;) {
    const next = text.indexOf('\n', from)
    const end = next < 0 ? text.length : next
    let start = from
    while (start < end && text.charCodeAt(start) === SPACE) start++
    lines.push({ indent: start - from, start, end })
    from = end + 1
  }
  return lines
}

/** The offset of the first character from `start` on that is no space. */
export function afterSpaces(text: string, start: number, end: number): number {
  let at = start
  while (at < end && text.charCodeAt(at) === SPACE) at++
  return at
}

/** True where only a comment, or nothing, is left of the line. `at` stands behind spaces. */
export function isEnd(text: string, at: number, end: number): boolean {
  return at >= end || (text.charCodeAt(at) === HASH && text.charCodeAt(at - 1) === SPACE)
}
