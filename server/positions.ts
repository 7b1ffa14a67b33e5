// Offsets to positions of the protocol and back, in the encoding that the client counts in.
import { lineStartsOf } from '../analyzer/text/lineIndex.js'
import type { Position, PositionEncodingKind, Range } from 'vscode-languageserver'

/** What a character number counts: UTF-16 units or bytes of UTF-8. */
export type Encoding = 'utf-16' | 'utf-8'

export interface OffsetRange {
  readonly start: number
  readonly end: number
}

/** The client's first choice that the server knows; every client knows UTF-16. */
export function encodingFor(offered: readonly PositionEncodingKind[] | undefined): Encoding {
  return offered?.find((one): one is Encoding => one === 'utf-16' || one === 'utf-8') ?? 'utf-16'
}

/** A text with its lines found once. */
export interface Lines {
  readonly rangeOf: (range: OffsetRange) => Range
  /** The offset of a position; one past the end of its line stands at that end. */
  readonly offsetOf: (position: Position) => number
  readonly end: Position
}

export function linesOf(text: string, encoding: Encoding): Lines {
  const starts = lineStartsOf(text)
  const positionOf = (offset: number): Position => {
    const line = lineAt(starts, Math.min(offset, text.length))
    const start = starts[line] ?? 0
    const inLine = Math.min(offset, text.length) - start
    return { line, character: encoding === 'utf-16' ? inLine : bytesIn(text.slice(start, start + inLine)) }
  }
  return {
    rangeOf: ({ start, end }) => ({ start: positionOf(start), end: positionOf(end) }),
    offsetOf: ({ line, character }) => {
      const start = starts[line]
      if (start === undefined) return text.length
      const content = text.slice(start, starts[line + 1] ?? text.length).replace(/[\r\n]+$/, '')
      return start + (encoding === 'utf-16' ? Math.min(character, content.length) : unitsOfBytes(content, character))
    },
    end: positionOf(text.length),
  }
}

function lineAt(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

function bytesIn(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}

/** How many UTF-16 units the first bytes of a text are. A place within a character is taken as its start. */
function unitsOfBytes(text: string, bytes: number): number {
  let left = bytes
  let units = 0
  for (const character of text) {
    left -= bytesIn(character)
    if (left < 0) break
    units += character.length
  }
  return units
}
