// Text broken to the width of the terminal.

/** Breaks at blanks; the first line begins with `first`, the others with `rest`. */
export function wrapped(text: string, width: number, first: string, rest: string): readonly string[] {
  const lines: string[] = []
  let line = first
  let isFresh = true
  for (const word of text.split(/\s+/)) {
    if (!isFresh && line.length + 1 + word.length > width) {
      lines.push(line)
      line = rest
      isFresh = true
    }
    line += isFresh ? word : ` ${word}`
    isFresh = false
  }
  return [...lines, line.trimEnd()]
}
