// Expansions of a shell within words: arguments, variables with their defaults, and the folder of the script.

export interface ShellVariables {
  readonly variables: ReadonlyMap<string, string>
  /** What the script was started with. */
  readonly args: readonly string[]
  /** As the script's name says it; '' for the folder that it is started in. */
  readonly scriptFolder: string
}

/** The words of a command; `"$@"` is all arguments. What is not known stays as it is written. */
export function expandedWords(words: readonly string[], given: ShellVariables): readonly string[] {
  return words.flatMap((word) => (/^\$[@*]$|^\$\{[@*]\}$/.test(word) ? given.args : [replaced(word, given)]))
}

/** A text of which every expansion is known; null for others. */
export function expanded(text: string, given: ShellVariables): string | null {
  const answer = replaced(text, given)
  return /[$`]/.test(answer) ? null : answer
}

function replaced(text: string, given: ShellVariables): string {
  return text
    .replace(/\$\(\s*(?:cd\s+[^)]*)?\$?\(?\s*dirname\s[^)]*(?:\$0|\$\{0\}|BASH_SOURCE)[^)]*\)(?:["']?\s*(?:&&|;)\s*pwd\s*\))?["']?/g, () =>
      folder(given),
    )
    .replace(/\$\{0%\/\*\}/g, () => folder(given))
    .replace(/\$\{(\w+)(?:(:?[-=?+])([^{}]*))?\}|\$(\w+)/g, (whole, braced?: string, operator = '', other = '', plain?: string) => {
      const known = valueOf(braced ?? plain ?? '', given)
      if (operator.endsWith('+')) return known === null ? whole : known === '' ? '' : other
      if (known !== null && known !== '') return known
      return /[-=]$/.test(operator) ? other : (known ?? whole)
    })
}

function folder({ scriptFolder }: ShellVariables): string {
  return scriptFolder === '' ? '.' : scriptFolder
}

function valueOf(name: string, { variables, args }: ShellVariables): string | null {
  return /^[1-9]\d*$/.test(name) ? (args[Number(name) - 1] ?? '') : (variables.get(name) ?? null)
}

/** `start|serve`, `-*`, `*`: the patterns of an arm of `case`. */
export function matchesPattern(text: string, patterns: string): boolean {
  return patterns.split('|').some((pattern) => {
    const plain = pattern.trim().replace(/^["']|["']$/g, '')
    if (/[[\]]/.test(plain)) return plain === text
    const source = plain
      .replace(/[\\^$.+(){}|]/g, '\\$&')
      .replace(/\*+/g, '[\\s\\S]*')
      .replace(/\?/g, '.')
    return new RegExp(`^${source}$`).test(text)
  })
}
