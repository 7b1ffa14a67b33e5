// Numbers with their nouns, and text broken to the width of the terminal.

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`
}

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
