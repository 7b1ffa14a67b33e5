// Stretches of text by offset and by line and column.

/** UTF-16 offsets, end exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Both from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** From the first character to the place after the last one. */
export interface Range {
  readonly start: Position
  readonly end: Position
}
