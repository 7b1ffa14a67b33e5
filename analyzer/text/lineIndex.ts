// Offsets to lines and columns and back, and locations to both.
import type { FileFacts } from '../extract/facts.js'
import type { Location } from './location.js'
import type { Position, Range, Span } from './span.js'

const START: Position = { line: 1, column: 1 }

/** Offsets at which lines start, the first is 0. `\n`, `\r\n` and a lone `\r` end a line, as in the language server protocol. */
export function lineStartsOf(text: string): number[] {
  const starts = [0]
  if (!text.includes('\r')) {
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
    return starts
  }
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit === 10 || (unit === 13 && text.charCodeAt(index + 1) !== 10)) starts.push(index + 1)
  }
  return starts
}

/** Line and column of an offset; an offset past the end stands in the last line. */
export function positionAt(lineStarts: readonly number[], offset: number): Position {
  let low = 0
  let high = lineStarts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((lineStarts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 }
}

/** The offset of a position; a line outside the file is taken as its first or last one. */
export function offsetAt(lineStarts: readonly number[], position: Position): number {
  const line = Math.min(Math.max(position.line, 1), lineStarts.length)
  return (lineStarts[line - 1] ?? 0) + position.column - 1
}

/** Where a location stands in the current text. null when these facts have no such node. */
export function spanOf(facts: FileFacts, at: Location): Span | null {
  const spans = facts.kind === 'source' ? facts.functions[at.fn]?.spans : facts.kind === 'deployment' ? facts.spans : undefined
  const start = spans?.[2 * at.node]
  const end = spans?.[2 * at.node + 1]
  return start === undefined || end === undefined ? null : { start, end }
}

/** Lines and columns of a location. A file that did not parse answers with the place of the fault, a missing node with the start of the file. */
export function rangeOf(facts: FileFacts, at: Location): Range {
  if (facts.kind === 'unparsed') {
    const fault = { line: facts.line, column: facts.column }
    return { start: fault, end: fault }
  }
  const span = spanOf(facts, at)
  if (!span) return { start: START, end: START }
  return { start: positionAt(facts.lineStarts, span.start), end: positionAt(facts.lineStarts, span.end) }
}
