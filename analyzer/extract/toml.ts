// TOML, as far as deployment settings use it: tables, arrays of tables, dotted keys, strings, numbers, arrays, inline tables.
import { addEntry, type DeploymentDraft, type DeploymentReader } from './deploymentDraft.js'

/** What could not be read, and where. Only thrown inside this file. */
class TomlFault extends Error {
  constructor(readonly offset: number) {
    super('not TOML')
  }
}

interface Cursor {
  readonly text: string
  readonly draft: DeploymentDraft
  at: number
}

export const readToml: DeploymentReader = (text, draft) => {
  const cursor: Cursor = { text, draft, at: text.startsWith('\uFEFF') ? 1 : 0 }
  const counts: TableCounts = new Map()
  let table: readonly string[] = []
  try {
    for (skip(cursor, BLANKS); cursor.at < text.length; skip(cursor, BLANKS)) {
      if (text.startsWith('[[', cursor.at)) table = nextTable(counts, header(cursor, '[[', ']]'))
      else if (text.startsWith('[', cursor.at)) table = inLastTables(counts, header(cursor, '[', ']'))
      else setting(cursor, table)
    }
    return null
  } catch (error) {
    if (error instanceof TomlFault) return { message: error.message, offset: error.offset }
    throw error
  }
}

/** How many tables an array of tables has so far, by its path. */
type TableCounts = Map<string, number>

function nextTable(counts: TableCounts, path: readonly string[]): string[] {
  const place = [...inLastTables(counts, path.slice(0, -1)), ...path.slice(-1)]
  const count = counts.get(place.join('\n')) ?? 0
  counts.set(place.join('\n'), count + 1)
  return [...place, String(count)]
}

/** A path through an array of tables means its last table. */
function inLastTables(counts: TableCounts, path: readonly string[]): string[] {
  const place: string[] = []
  for (const part of path) {
    place.push(part)
    const count = counts.get(place.join('\n'))
    if (count !== undefined) place.push(String(count - 1))
  }
  return place
}

const BLANKS = /(?:[\s]|#[^\r\n]*)*/y
const SPACES = /[ \t]*/y
const STRING = /"""(?:\\[\s\S]|[^\\])*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\r\n])*"|'[^'\r\n]*'/y
const BARE_KEY = /[\w-]+/y
const BARE_VALUE = /[^\s=,\]}#]+(?: \d[\d:.]*)?/y

function header(cursor: Cursor, open: string, close: string): string[] {
  cursor.at += open.length
  const path = keyPath(cursor)
  expect(cursor, close)
  return path
}

function setting(cursor: Cursor, table: readonly string[]): void {
  const start = cursor.at
  const path = keyPath(cursor)
  expect(cursor, '=')
  skip(cursor, SPACES)
  value(cursor, [...table, ...path], start)
}

function keyPath(cursor: Cursor): string[] {
  const path: string[] = []
  do {
    skip(cursor, SPACES)
    const quoted = take(cursor, STRING)
    const part = quoted === null ? take(cursor, BARE_KEY) : unquote(quoted)
    if (part === null) throw new TomlFault(cursor.at)
    path.push(part)
    skip(cursor, SPACES)
  } while (accept(cursor, '.'))
  return path
}

function value(cursor: Cursor, path: readonly string[], start: number): void {
  if (accept(cursor, '[')) return list(cursor, path)
  if (accept(cursor, '{')) return inlineTable(cursor, path)
  const quoted = take(cursor, STRING)
  const written = quoted === null ? take(cursor, BARE_VALUE) : unquote(quoted)
  if (written === null) throw new TomlFault(cursor.at)
  addEntry(cursor.draft, path, written, start, cursor.at)
}

function list(cursor: Cursor, path: readonly string[]): void {
  for (let index = 0; ; index++) {
    skip(cursor, BLANKS)
    if (accept(cursor, ']')) return
    value(cursor, [...path, String(index)], cursor.at)
    skip(cursor, BLANKS)
    if (!accept(cursor, ',')) return expect(cursor, ']')
  }
}

function inlineTable(cursor: Cursor, path: readonly string[]): void {
  do {
    skip(cursor, BLANKS)
    if (accept(cursor, '}')) return
    setting(cursor, path)
    skip(cursor, BLANKS)
  } while (accept(cursor, ','))
  expect(cursor, '}')
}

function take(cursor: Cursor, pattern: RegExp): string | null {
  pattern.lastIndex = cursor.at
  const found = pattern.exec(cursor.text)?.[0] ?? null
  cursor.at += found?.length ?? 0
  return found
}

function skip(cursor: Cursor, pattern: RegExp): void {
  take(cursor, pattern)
}

function accept(cursor: Cursor, mark: string): boolean {
  if (!cursor.text.startsWith(mark, cursor.at)) return false
  cursor.at += mark.length
  return true
}

function expect(cursor: Cursor, mark: string): void {
  skip(cursor, SPACES)
  if (!accept(cursor, mark)) throw new TomlFault(cursor.at)
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '"': '"', '\\': '\\' }

function unquote(written: string): string {
  const marks = /^("""|'''|"|')/.exec(written)?.[0] ?? ''
  const inner = written.slice(marks.length, -marks.length).replace(marks.length === 3 ? /^\r?\n/ : /^$/, '')
  return marks.startsWith('"') ? inner.replace(/\\([ntr"\\])/g, (_, letter: string) => ESCAPES[letter] ?? letter) : inner
}
