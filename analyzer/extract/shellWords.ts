// Splits a shell script into words and operators: quotes, expansions, comments and here-documents as POSIX shells and bash read them.

export interface ShellToken {
  readonly kind: 'word' | 'operator'
  /** Of a word: without its quotes. A line end is `\n`. */
  readonly text: string
  /** As written. */
  readonly raw: string
  readonly start: number
  readonly end: number
}

/** The tokens of a script in order. Redirections are left out with their targets, comments and here-documents too. */
export function shellTokens(text: string): readonly ShellToken[] {
  const tokens: ShellToken[] = []
  const documents: string[] = []
  const unclosed = new Set<string>()
  let isTarget = false
  for (let at = 0; at < text.length;) {
    const blank = /^(?:[ \t\r]|\\\r?\n)+/.exec(text.slice(at, at + 400))?.[0].length ?? 0
    at += blank
    if (at >= text.length) break
    if (blank > 0) continue
    if (text[at] === '#') {
      at = lineEnd(text, at)
      continue
    }
    const redirection = /^(?:\d*|&)(?:<<<|<<-?|>>|[<>]&|>\||<>|[<>])/.exec(text.slice(at, at + 8))?.[0]
    if (redirection !== undefined && !/^[<>]\(/.test(text.slice(at, at + 2))) {
      at += redirection.length
      const document = /<<-?$/.test(redirection) ? /^[ \t]*(["']?)([\w.-]+)\1/.exec(text.slice(at, at + 80)) : null
      if (document?.[2] !== undefined) {
        documents.push(document[2])
        at += document[0].length
      } else isTarget = true
      continue
    }
    const operator = /^(?:&&|\|\||\|&|;;&|;;|;&|[;&|()\n])/.exec(text.slice(at, at + 3))?.[0]
    if (operator !== undefined) {
      tokens.push({ kind: 'operator', text: operator === '|&' ? '|' : operator, raw: operator, start: at, end: at + operator.length })
      at += operator.length
      isTarget = false
      if (operator === '\n') for (const name of documents.splice(0)) at = behindDocument(text, at, name, unclosed)
      continue
    }
    const end = wordEnd(text, at)
    const raw = text.slice(at, end)
    if (!isTarget) tokens.push({ kind: 'word', text: unquoted(raw), raw, start: at, end })
    isTarget = false
    at = end
  }
  return tokens
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end
}

/** Where the text goes on behind a here-document; right here where nothing closes it, which `unclosed` keeps in mind. */
function behindDocument(text: string, from: number, name: string, unclosed: Set<string>): number {
  if (unclosed.has(name)) return from
  for (let at = from; at < text.length; at = lineEnd(text, at) + 1)
    if (text.slice(at, lineEnd(text, at)).trim() === name) return Math.min(text.length, lineEnd(text, at) + 1)
  unclosed.add(name)
  return from
}

/** The end of the word that begins at `at`; one character further at least. */
function wordEnd(text: string, at: number): number {
  let end = at
  while (end < text.length && !/[\s;&|()<>]/.test(text[end] ?? '')) end = pieceEnd(text, end)
  return Math.max(end, at + 1)
}

/** Behind one character, or one quoted or expanded stretch. */
function pieceEnd(text: string, at: number): number {
  const character = text[at]
  if (character === '\\') return text.startsWith('\r\n', at + 1) ? at + 3 : at + 2
  if (character === "'") return closing(text, "'", at + 1)
  if (character === '`') return closing(text, '`', at + 1)
  if (character === '"') return quoteEnd(text, at + 1)
  if (character === '$' && text[at + 1] === '(') return bracketEnd(text, at + 2, ')')
  if (character === '$' && text[at + 1] === '{') return bracketEnd(text, at + 2, '}')
  return at + 1
}

function closing(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from)
  return end === -1 ? text.length : end + 1
}

function quoteEnd(text: string, from: number): number {
  let at = from
  while (at < text.length && text[at] !== '"') at = text[at] === "'" ? at + 1 : pieceEnd(text, at)
  return Math.min(text.length, at + 1)
}

function bracketEnd(text: string, from: number, close: string): number {
  let at = from
  let depth = 0
  while (at < text.length) {
    if (text[at] === close && depth === 0) return at + 1
    if (close === ')' && text[at] === '(') depth++
    if (close === ')' && text[at] === ')') depth--
    at = pieceEnd(text, at)
  }
  return text.length
}

/** Quotes and escapes taken out; what stands within expansions is left as it is. */
function unquoted(raw: string): string {
  let found = ''
  for (let at = 0; at < raw.length;) {
    const end = pieceEnd(raw, at)
    const piece = raw.slice(at, end)
    if (piece.startsWith("'")) found += inner(piece)
    else if (piece.startsWith('"')) found += inner(piece).replace(/\\([\\"$`])/g, '$1')
    else if (piece.startsWith('\\')) found += /^\\\r?\n$/.test(piece) ? '' : piece.slice(1)
    else found += piece
    at = Math.max(end, at + 1)
  }
  return found
}

/** Without the quotes, of which the last may be missing. */
function inner(piece: string): string {
  return piece.length > 1 && piece.endsWith(piece.charAt(0)) ? piece.slice(1, -1) : piece.slice(1)
}
