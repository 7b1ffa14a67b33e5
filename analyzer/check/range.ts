// Where a location stands in the current text: lines, columns and offsets, through the facts of its file.
import type { FileFacts } from '../extract/facts.js'
import { positionAt, spanOf } from '../text/lineIndex.js'
import type { Location } from '../text/location.js'
import type { Position } from '../text/span.js'

/** The offset counts UTF-16 units from 0. */
export interface PlacedPosition extends Position {
  readonly offset: number
}

/** `end` is exclusive. */
export interface PlacedRange {
  readonly start: PlacedPosition
  readonly end: PlacedPosition
}

/** A place that the facts do not know is the start of the file, so that a finding is never lost. */
export function rangeOf(files: ReadonlyMap<string, FileFacts>, at: Location): PlacedRange {
  const facts = files.get(at.file)
  const span = facts ? spanOf(facts, at) : null
  if (!facts || facts.kind === 'unparsed' || !span) return START_OF_FILE
  return { start: placed(facts.lineStarts, span.start), end: placed(facts.lineStarts, span.end) }
}

/** True when the two share characters or begin at the same one. */
export function overlaps(a: PlacedRange, b: PlacedRange): boolean {
  return a.start.offset === b.start.offset || (a.start.offset < b.end.offset && b.start.offset < a.end.offset)
}

function placed(lineStarts: readonly number[], offset: number): PlacedPosition {
  return { ...positionAt(lineStarts, offset), offset }
}

const START: PlacedPosition = { line: 1, column: 1, offset: 0 }
const START_OF_FILE: PlacedRange = { start: START, end: START }
