// Tells whether a text nests so deeply that the native parser would run out of stack, which ends the process.

/** A text shorter than this cannot nest that deeply. */
const HARMLESS_LENGTH = 5_000
/** Measured: oxc 0.158 dies at 12,000 open brackets with a stack of 8 MB, so at 1,500 with the 1 MB that some systems give. */
const MOST_BRACKETS = 1_000
/** Tokens of one statement outside brackets (`a + b + …`, `a => b => …`), and `if`, `else`, loops of one block: dead at 20,000 with 8 MB. */
const MOST_TOKENS = 4_000

const enum Kind {
  Operator,
  Word,
  Space,
  LineEnd,
  Open,
  Close,
  Separator,
  Quote,
  Slash,
}

const KINDS = new Uint8Array(128)
assign('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$', Kind.Word)
assign(' \t', Kind.Space)
assign('\r\n', Kind.LineEnd)
assign('([{', Kind.Open)
assign(')]}', Kind.Close)
assign(';,', Kind.Separator)
assign('"\'', Kind.Quote)
assign('/', Kind.Slash)

const HEADS: readonly string[] = ['if', 'else', 'for', 'while', 'do', 'with']
const HEAD_LETTERS = 'iefwd'
/** After these a line that ends does not end a statement. */
const PREFIXES: ReadonlySet<string> = new Set([
  'await',
  'typeof',
  'void',
  'delete',
  'new',
  'yield',
  'async',
  'do',
  'else',
  'in',
  'instanceof',
  'extends',
  'as',
])

/**
 * An estimate from the characters, never too low for text that is a program; regular expressions and the text in templates and JSX
 * are taken for code, which shifts it by little.
 */
export function isTooDeep(text: string): boolean {
  if (text.length < HARMLESS_LENGTH) return false
  let tokens = 0
  let heads = 0
  const outer: number[] = []
  let endsStatement = false
  let lineEnded = false
  for (let at = 0; at < text.length; at++) {
    switch (kindAt(text, at)) {
      case Kind.Space:
        break
      case Kind.LineEnd:
        lineEnded = true
        break
      case Kind.Word: {
        const start = at
        while (at + 1 < text.length && kindAt(text, at + 1) === Kind.Word) at++
        if (lineEnded && endsStatement) tokens = 0
        if (isHead(text, start, at + 1 - start)) heads++
        tokens++
        const next = text.charCodeAt(at + 1)
        // Only where a line ends does it matter what the word was.
        endsStatement = (next !== 10 && next !== 13 && next !== 32) || !PREFIXES.has(text.slice(start, at + 1))
        lineEnded = false
        break
      }
      case Kind.Open:
        outer.push(tokens + 1, heads)
        tokens = heads = 0
        endsStatement = lineEnded = false
        break
      case Kind.Close:
        heads = outer.pop() ?? 0
        tokens = outer.pop() ?? 0
        endsStatement = true
        lineEnded = false
        break
      case Kind.Separator:
        tokens = 0
        endsStatement = lineEnded = false
        break
      case Kind.Quote:
        at = afterString(text, at)
        tokens++
        endsStatement = true
        lineEnded = false
        break
      case Kind.Slash: {
        const end = afterComment(text, at)
        if (end !== null) {
          at = end
          break
        }
        tokens++
        endsStatement = lineEnded = false
        break
      }
      default:
        tokens++
        endsStatement = lineEnded = false
    }
    if (outer.length > 2 * MOST_BRACKETS || tokens > MOST_TOKENS || heads > MOST_TOKENS) return true
  }
  return false
}

function assign(characters: string, kind: Kind): void {
  for (const character of characters) KINDS[character.charCodeAt(0)] = kind
}

function kindAt(text: string, at: number): Kind {
  const unit = text.charCodeAt(at)
  return unit < 128 ? (KINDS[unit] ?? Kind.Operator) : Kind.Word
}

function isHead(text: string, start: number, length: number): boolean {
  // Most words are too long, or begin with another letter.
  if (length > 5 || length < 2 || !HEAD_LETTERS.includes(text.charAt(start))) return false
  return HEADS.some((head) => head.length === length && text.startsWith(head, start))
}

/** The last character of the string that begins here; the quote itself where the line ends before the string does. */
function afterString(text: string, start: number): number {
  const quote = text.charCodeAt(start)
  for (let at = start + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === quote) return at
    if (unit === 92) at++
    else if (unit === 10) break
  }
  return start
}

/** The last character of the comment that begins here; null where none does. */
function afterComment(text: string, start: number): number | null {
  const second = text.charAt(start + 1)
  if (second !== '/' && second !== '*') return null
  const end = second === '/' ? text.indexOf('\n', start) - 1 : text.indexOf('*/', start + 2) + 1
  return end < start ? text.length : end
}
