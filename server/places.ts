// Where findings stand in the texts that the client sees.
import { join } from 'node:path'
import type { Position, Range } from 'vscode-languageserver'
import { readTextFile } from '../workspace/readTextFile.js'
import type { ProjectState } from './projectState.js'
import type { Documents } from './documents.js'
import { moved } from './lineEdits.js'
import { linesOf, type Encoding, type Lines, type OffsetRange } from './positions.js'

interface FoundRange {
  readonly start: FoundPosition
  readonly end: FoundPosition
}

interface FoundPosition {
  readonly line: number
  readonly column: number
  readonly offset: number
}

export type PlaceIn = (file: string, range: FoundRange) => Range

/**
 * Places ranges of one analysis. In a file that does not parse now, and in one whose unsaved text does not count, what was analysed is followed
 * through what was typed since.
 */
export function createPlaces(state: ProjectState, documents: Documents, encoding: Encoding): PlaceIn {
  const broken = new Set(state.analysis.unparsed.map(({ file }) => file))
  const known = new Map<string, Lines>()
  const behind = new Map<string, boolean>()

  function isBehind(file: string): boolean {
    const is = behind.get(file) ?? (broken.has(file) || isBehindText(state, file, documents))
    behind.set(file, is)
    return is
  }

  function linesIn(file: string): Lines {
    let lines = known.get(file)
    if (lines === undefined) {
      const absolute = join(state.root, file)
      lines = linesOf(documents.textOf(absolute) ?? readTextFile(absolute) ?? '', encoding)
      known.set(file, lines)
    }
    return lines
  }

  return (file, { start, end }) => {
    if (isBehind(file)) return linesIn(file).rangeOf(follow(state, documents, file, { start: start.offset, end: end.offset }))
    // Lines and columns of UTF-16 are known without the text, which nobody has to read then.
    if (encoding === 'utf-16') return { start: fromOne(start), end: fromOne(end) }
    return linesIn(file).rangeOf({ start: start.offset, end: end.offset })
  }
}

function fromOne({ line, column }: FoundPosition): Position {
  return { line: line - 1, character: column - 1 }
}

/** Whether an editor shows another text of the file than the one that was analysed. */
export function isBehindText(state: ProjectState, file: string, documents: Documents): boolean {
  const [analysed, shown] = [state.goodTexts.get(file), documents.textOf(join(state.root, file))]
  return analysed !== undefined && shown !== null && analysed !== shown
}

function follow(state: ProjectState, documents: Documents, file: string, range: OffsetRange): OffsetRange {
  const absolute = join(state.root, file)
  const before = state.goodTexts.get(file)
  const now = documents.textOf(absolute) ?? readTextFile(absolute)
  return before === undefined || now === null ? range : moved(range, before, now)
}
