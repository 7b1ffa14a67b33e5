// What lies between two texts, line by line, and where a place of the one is in the other.
import { diffArrays } from 'diff'
import type { TextEdit } from '../analyzer/fix/fix.js'
import type { OffsetRange } from './positions.js'

/** One edit for each run of lines that differ. */
export function lineEdits(before: string, after: string): readonly TextEdit[] {
  const edits: TextEdit[] = []
  let offset = 0
  let open: { start: number; end: number; text: string } | null = null
  for (const { value, added, removed } of diffArrays(linesIn(before), linesIn(after))) {
    const text = value.join('')
    if (added || removed) {
      open ??= { start: offset, end: offset, text: '' }
      if (added) open.text += text
      else open.end += text.length
    } else if (open !== null) {
      edits.push(open)
      open = null
    }
    if (!added) offset += text.length
  }
  if (open !== null) edits.push(open)
  return edits
}

/** Lines with their ends. */
function linesIn(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** A range of one text in the other one. What stood in changed lines stands as near as what is left of them allows. */
export function moved({ start, end }: OffsetRange, before: string, after: string): OffsetRange {
  const edits = lineEdits(before, after)
  const place = (offset: number): number => {
    let shift = 0
    for (const edit of edits) {
      if (edit.start > offset) break
      if (offset < edit.end) return edit.start + shift + placeWithin(offset - edit.start, before.slice(edit.start, edit.end), edit.text)
      shift += edit.text.length - (edit.end - edit.start)
    }
    return offset + shift
  }
  return { start: place(start), end: Math.max(place(start), place(end)) }
}

/** Texts that differ in one stretch; what stood in it stands at its start. */
function placeWithin(offset: number, before: string, after: string): number {
  const shorter = Math.min(before.length, after.length)
  let same = 0
  while (same < shorter && before[same] === after[same]) same += 1
  let tail = 0
  while (tail < shorter - same && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1
  if (offset <= same) return offset
  return offset >= before.length - tail ? offset + after.length - before.length : same
}
