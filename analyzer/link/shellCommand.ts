// Splits a command line of a package script or a Dockerfile into simple commands and their words.

/** The simple commands of a line, each as its words without quotes. Pipes, lists and background marks separate them. */
export function simpleCommands(line: string): readonly (readonly string[])[] {
  const commands: string[][] = []
  let words: string[] = []
  let word: string | null = null
  let quote = ''
  const endWord = (): void => {
    if (word !== null) words.push(word)
    word = null
  }
  const endCommand = (): void => {
    endWord()
    if (words.length > 0) commands.push(words)
    words = []
  }
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at)
    if (quote !== '') {
      if (character === quote) quote = ''
      else if (character === '\\' && quote === '"' && /["\\$`]/.test(line.charAt(at + 1))) word = (word ?? '') + line.charAt((at += 1))
      else word = (word ?? '') + character
    } else if (character === '"' || character === "'") {
      quote = character
      word ??= ''
    } else if (character === '\\') {
      at += 1
      if (line.charAt(at) !== '\n') word = (word ?? '') + line.charAt(at)
    } else if (character === ' ' || character === '\t') endWord()
    else if (/[;&|\n()]/.test(character)) endCommand()
    else word = (word ?? '') + character
  }
  endCommand()
  return commands
}

/** The words of a command without leading assignments (`PORT=1 node x`). */
export function withoutAssignments(words: readonly string[]): readonly string[] {
  let start = 0
  while (/^[A-Za-z_]\w*=/.test(words[start] ?? '')) start += 1
  return words.slice(start)
}

/** `["node", "x"]` or a line for a shell. A line with several commands is left to a shell. */
export function wordsOf(value: string): readonly string[] {
  if (!value.trim().startsWith('[')) {
    const commands = simpleCommands(value)
    return commands.length > 1 ? ['sh', '-c', value] : (commands[0] ?? [])
  }
  return [...value.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g)].map((match) => (match[1] ?? match[2] ?? '').replace(/\\(.)/g, '$1'))
}
