// The YAML that people write: blocks of keys and lists with scalars on one line. Whatever goes beyond it is left to the full parser.
//
// The full parser makes tokens, a concrete and an abstract tree, and took 1 ms for each kB: a quarter of what reading a small backend costs.
import { addEntry, type DeploymentDraft } from './deploymentDraft.js'
import { afterSpaces, HASH, isEnd, linesOf, SPACE, type Line } from './yamlLines.js'
import { flowItems, flowPairs, isNothing, keyAt, plainText, quotedText } from './yamlScalars.js'

/** Fills the draft and answers true; false where the text holds anything that is not plain, and the draft is of no use. */
export function readPlainYaml(text: string, draft: DeploymentDraft): boolean {
  if (strange.test(text)) return false
  const lines = linesOf(text)
  if (lines.length > MOST_LINES) return false
  const scan: Scan = { text, draft, lines, at: 0 }
  skipEmpty(scan)
  if (text.startsWith('---', lines[scan.at]?.start) && lines[scan.at]?.indent === 0) {
    if (!isBlank(text.slice((lines[scan.at]?.start ?? 0) + 3, lines[scan.at]?.end))) return false
    scan.at++
    skipEmpty(scan)
  }
  const first = lines[scan.at]
  return first !== undefined && readBlock(scan, first.indent, [], 0) && scan.at === lines.length
}

/** Tabs, carriage returns, marks, further documents and directives. */
// eslint-disable-next-line no-control-regex -- these are what is strange
const strange = /[\0-\x09\x0b-\x1f\x7f-\xa0\u2028\u2029\ufeff]|\n(?:---|\.\.\.|%)/
const MOST_LINES = 10_000
const DEEPEST = 50

interface Scan {
  readonly text: string
  readonly draft: DeploymentDraft
  readonly lines: readonly Line[]
  /** The line that is read next; its content is never empty. */
  at: number
}

function skipEmpty(scan: Scan): void {
  for (; scan.at < scan.lines.length; scan.at++) {
    const line = scan.lines[scan.at] as Line
    if (line.start < line.end && scan.text.charCodeAt(line.start) !== HASH) return
  }
}

function isDash({ text }: Scan, { start, end }: Line): boolean {
  return text[start] === '-' && (start + 1 === end || text.charCodeAt(start + 1) === SPACE)
}

/** A list or a mapping of which all lines stand at `indent`. */
function readBlock(scan: Scan, indent: number, path: readonly string[], depth: number): boolean {
  if (depth > DEEPEST) return false
  const first = scan.lines[scan.at] as Line
  const isList = isDash(scan, first)
  for (let index = 0; scan.at < scan.lines.length; index++) {
    const line = scan.lines[scan.at] as Line
    if (line.indent < indent || (isList && line.indent === indent && !isDash(scan, line))) return true
    if (line.indent > indent || isDash(scan, line) !== isList) return false
    const isRead = isList ? readItem(scan, line, [...path, String(index)], depth) : readPair(scan, line, path, depth)
    if (!isRead) return false
  }
  return true
}

function readItem(scan: Scan, line: Line, path: readonly string[], depth: number): boolean {
  const { indent } = line
  const start = afterSpaces(scan.text, line.start + 1, line.end)
  if (isEnd(scan.text, start, line.end)) return readBelow(scan, start, null, { indent, path, depth, mayHang: false })
  if (isDash(scan, { ...line, start })) return false
  if (keyAt(scan.text, start, line.end) === null) return readScalar(scan, line, start, null, path, indent)
  line.indent += start - line.start
  line.start = start
  return readBlock(scan, line.indent, path, depth + 1)
}

function readPair(scan: Scan, line: Line, path: readonly string[], depth: number): boolean {
  const { text } = scan
  const key = keyAt(text, line.start, line.end)
  if (key === null || isNothing(key.name)) return false
  const start = afterSpaces(text, key.end, line.end)
  const inside = [...path, key.name]
  if (isEnd(text, start, line.end)) return readBelow(scan, start, line.start, { indent: line.indent, path: inside, depth, mayHang: true })
  return readScalar(scan, line, start, line.start, inside, line.indent)
}

interface Place {
  /** Of the line above. */
  readonly indent: number
  readonly path: readonly string[]
  readonly depth: number
  /** True where a list may stand below at the same indent. */
  readonly mayHang: boolean
}

/** What stands below a key or a dash behind which there is nothing. */
function readBelow(scan: Scan, end: number, start: number | null, { indent, path, depth, mayHang }: Place): boolean {
  scan.at++
  skipEmpty(scan)
  const below = scan.lines[scan.at]
  if (below !== undefined && below.indent > indent && scan.text[below.start] === '[')
    return readScalar(scan, below, below.start, start, path, indent)
  if (below !== undefined && (below.indent > indent || (mayHang && below.indent === indent && isDash(scan, below))))
    return readBlock(scan, below.indent, path, depth + 1)
  addEntry(scan.draft, path, '', start ?? end, end)
  return true
}

/** A scalar, or a list or mapping in brackets, behind a key or a dash of a line at `indent`. */
function readScalar(scan: Scan, line: Line, start: number, from: number | null, path: readonly string[], indent: number): boolean {
  const { text, draft } = scan
  const sign = text[start]
  if (sign === '|' || sign === '>') return readLines(scan, line, start, from ?? start, path, indent)
  if (sign === '[') {
    const list = flowItems(text, start)
    if (list === null || !isEndedAt(scan, list.end, indent)) return false
    for (const [index, item] of list.parts.entries()) addEntry(draft, [...path, String(index)], item.value, item.start, item.end)
  } else if (sign === '{') {
    const mapping = flowPairs(text, start)
    if (mapping === null || !isEndedAt(scan, mapping.end, indent)) return false
    for (const pair of mapping.parts) addEntry(draft, [...path, pair.key], pair.value, pair.start, pair.end)
  } else {
    const scalar = sign === '"' || sign === "'" ? quotedText(text, start, line.end) : plainText(text, start, line.end)
    if (scalar === null) return false
    addEntry(draft, path, scalar.value, from ?? start, scalar.end)
  }
  scan.at++
  skipEmpty(scan)
  const next = scan.lines[scan.at]
  // What is indented further would go on with the scalar.
  return next === undefined || next.indent <= indent
}

/** Goes on to the line where brackets end; false where a line before it is indented too little, or something stands behind them. */
function isEndedAt(scan: Scan, end: number, indent: number): boolean {
  for (let line = scan.lines[scan.at]; line !== undefined && line.end < end; line = scan.lines[scan.at]) {
    scan.at++
    const next = scan.lines[scan.at]
    if (next === undefined || next.indent <= indent || next.start === next.end) return false
  }
  const last = scan.lines[scan.at]
  return last !== undefined && isEnd(scan.text, afterSpaces(scan.text, end, last.end), last.end)
}

/** A text of several lines: `|`, or `>` where it is one paragraph. */
function readLines(scan: Scan, line: Line, start: number, from: number, path: readonly string[], indent: number): boolean {
  const { text, lines } = scan
  const header = /^[|>]-?/.exec(text.slice(start, line.end))?.[0] ?? ''
  if (!isEnd(text, afterSpaces(text, start + header.length, line.end), line.end)) return false
  const first = lines[scan.at + 1]
  if (first === undefined || first.start === first.end || first.indent <= indent) return false
  const parts: string[] = []
  let end = first.end
  let empty = 0
  for (scan.at++; scan.at < lines.length; scan.at++) {
    const one = lines[scan.at] as Line
    if (one.start === one.end) {
      if (one.indent > first.indent) return false
      empty++
      continue
    }
    if (one.indent < first.indent) break
    if (header.startsWith('>') && (empty > 0 || one.indent > first.indent)) return false
    for (; empty > 0; empty--) parts.push('')
    parts.push(text.slice(one.start - one.indent + first.indent, one.end))
    end = Math.min(one.end + 1, text.length)
  }
  const value = parts.join(header.startsWith('>') ? ' ' : '\n')
  addEntry(scan.draft, path, header.endsWith('-') ? value : `${value}\n`, from, end)
  skipEmpty(scan)
  const next = lines[scan.at]
  return next === undefined || next.indent <= indent
}

function isBlank(text: string): boolean {
  return text.trim() === ''
}
