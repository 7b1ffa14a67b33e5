// A few lines of source with the place marked under them.
import type { PlacedRange } from '../../analyzer/check/range.js'
import { printable, type Colors } from '../terminal.js'

const BEFORE = 2
const LONGEST_LINE = 160

/** The first line of a place with the lines before it. A place of several lines is marked to the end of its first one. */
export function codeFrame(text: string, range: PlacedRange, colors: Colors): readonly string[] {
  const lines = text.split(/\r\n|\r|\n/)
  const { line, column } = range.start
  const source = lines[line - 1]
  if (source === undefined) return []
  const first = Math.max(1, line - BEFORE)
  const width = String(line).length
  const gutter = (number: string, mark: string): string => `${mark} ${colors.dim(`${number.padStart(width)} │`)}`
  const frame = lines.slice(first - 1, line).map((content, index) => {
    const number = first + index
    return `${gutter(String(number), number === line ? colors.red('>') : ' ')} ${cut(printable(content))}`.trimEnd()
  })
  const end = range.end.line === line ? range.end.column : source.trimEnd().length + 1
  const before = cut(printable(source.slice(0, column - 1)))
  const marked = printable(source.slice(column - 1, end - 1))
  const room = LONGEST_LINE - before.length
  if (room <= 0) return frame
  return [...frame, `${gutter('', ' ')} ${' '.repeat(before.length)}${colors.red('^'.repeat(Math.max(1, Math.min(marked.length, room))))}`]
}

function cut(line: string): string {
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line
}
