// Scalars of YAML that stand on one line, with the offset behind them. What is not plain gives null.
import { afterSpaces, SPACE } from './yamlLines.js'

export interface YamlScalar {
  readonly value: string
  readonly start: number
  readonly end: number
}

/** True for what stands for nothing. */
export function isNothing(text: string): boolean {
  return text === '~' || text === 'null' || text === 'Null' || text === 'NULL'
}

/** A scalar without quotes, up to a comment or the line's end. */
export function plainText(text: string, start: number, end: number): YamlScalar | null {
  const line = text.slice(start, end)
  if (!beginning.test(line)) return null
  const comment = line.indexOf(' #')
  const source = (comment < 0 ? line : line.slice(0, comment)).trimEnd()
  if (source.includes(': ') || source.endsWith(':')) return null
  return { value: isNothing(source) ? '' : source, start, end: start + source.length }
}

/** Signs at the beginning mean something else, a dash with something behind it is one of the text. */
const beginning = /^(?:[^\s&*!|>'"%@`{}[\],#?:-]|-[^\s])/

/** A scalar in quotes, and nothing but a comment behind it. */
export function quotedText(text: string, start: number, end: number): YamlScalar | null {
  const found = scalarEnd(text, start, end)
  return found !== null && /^ *$|^ +#/.test(text.slice(found.end, end)) ? found : null
}

/** The scalar whose quote begins here; null where it holds escapes or is not closed within the line. */
export function scalarEnd(text: string, start: number, end: number): YamlScalar | null {
  const quote = text[start] as string
  let at = start + 1
  for (;;) {
    at = text.indexOf(quote, at)
    if (at < 0 || at >= end) return null
    if (quote === '"' || text[at + 1] !== quote) break
    at += 2
  }
  const inner = text.slice(start + 1, at)
  if (quote === '"') return inner.includes('\\') ? null : { value: inner, start, end: at + 1 }
  return { value: inner.replaceAll("''", "'"), start, end: at + 1 }
}

/** What stands between brackets, and the offset behind them. */
export interface YamlFlow<Part> {
  readonly parts: readonly Part[]
  readonly end: number
}

/** The scalars of a list in brackets, on one line or several. */
export function flowItems(text: string, start: number): YamlFlow<YamlScalar> | null {
  return flowParts(text, start, ']', (at, end) => flowScalar(text, at, end))
}

export interface YamlPair extends YamlScalar {
  readonly key: string
}

/** The same for a mapping in braces; a pair begins at its key. */
export function flowPairs(text: string, start: number): YamlFlow<YamlPair> | null {
  return flowParts(text, start, '}', (at, end) => {
    const key = flowKey(text, at, end)
    const value = key === null ? null : flowScalar(text, afterSpaces(text, key.end, end), end)
    return key === null || value === null || isNothing(key.value) ? null : { key: key.value, value: value.value, start: at, end: value.end }
  })
}

/** A key with its colon, and a space behind it. */
function flowKey(text: string, start: number, end: number): YamlScalar | null {
  if (text[start] === '"' || text[start] === "'") {
    const quoted = scalarEnd(text, start, end)
    return quoted === null || quoted.value === '' || !text.startsWith(': ', quoted.end) ? null : { ...quoted, end: quoted.end + 1 }
  }
  pairKeys.lastIndex = start
  const value = pairKeys.exec(text)?.[1]
  return value === undefined ? null : { value, start, end: pairKeys.lastIndex }
}

const pairKeys = /([A-Za-z_][\w.-]*):(?= )/y

/** `read` gets where a part begins and where its line ends. */
function flowParts<Part extends YamlScalar>(
  text: string,
  start: number,
  close: string,
  read: (at: number, end: number) => Part | null,
): YamlFlow<Part> | null {
  const parts: Part[] = []
  let at = afterBlanks(text, start + 1)
  while (text[at] !== close) {
    const lineEnd = text.indexOf('\n', at)
    const part = at < text.length ? read(at, lineEnd < 0 ? text.length : lineEnd) : null
    if (part === null) return null
    parts.push(part)
    at = afterBlanks(text, part.end)
    if (text[at] === ',') at = afterBlanks(text, at + 1)
    else if (text[at] !== close) return null
  }
  return { parts, end: at + 1 }
}

function afterBlanks(text: string, start: number): number {
  let at = start
  while (text[at] === ' ' || text[at] === '\n') at++
  return at
}

function flowScalar(text: string, start: number, end: number): YamlScalar | null {
  return text[start] === '"' || text[start] === "'" ? scalarEnd(text, start, end) : flowPlain(text, start, end)
}

function flowPlain(text: string, start: number, end: number): YamlScalar | null {
  flow.lastIndex = start
  const source = flow.exec(text)?.[0].trimEnd()
  if (source === undefined || start + source.length > end || source.includes(': ') || source.endsWith(':')) return null
  return { value: isNothing(source) ? '' : source, start, end: start + source.length }
}

const flow = /(?:[^\s&*!|>'"%@`{}[\],#?:-]|-[^\s{}[\],#'"])[^\n{}[\],#'"]*/y

/** The key that begins here, with the offset behind its colon; null where none does. */
export function keyAt(text: string, start: number, end: number): { readonly name: string; readonly end: number } | null {
  const sign = text[start]
  if (sign === '"' || sign === "'") {
    const quoted = scalarEnd(text, start, end)
    if (quoted === null || text[quoted.end] !== ':' || !isSpaceOrEnd(text, quoted.end + 1, end)) return null
    return quoted.end - start > LONGEST_KEY || quoted.value === '' ? null : { name: quoted.value, end: quoted.end + 1 }
  }
  keys.lastIndex = start
  const name = keys.exec(text)?.[1]
  return name === undefined || name.length > LONGEST_KEY ? null : { name, end: keys.lastIndex }
}

const keys = /([\w.$/][^\n:#'"&*!|>%@`?\\]*?)[ ]*:(?=[ \n]|$)/y
const LONGEST_KEY = 200

function isSpaceOrEnd(text: string, at: number, end: number): boolean {
  return at >= end || text.charCodeAt(at) === SPACE
}
