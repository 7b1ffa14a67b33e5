// Comments that speak to Parapet.
import { positionAt } from '../text/lineIndex.js'
import type { DirectiveFacts } from './facts.js'

/** The text of a comment without its marks, when it speaks to Parapet; else null. */
export function directiveText(comment: string): string | null {
  const text = comment
    .replace(/\*\/\s*$/, '')
    .split(/\r?\n|\r/)
    .map((line) => line.replace(/^[\s/*#]+/, ''))
    .join(' ')
    .trim()
  return text.startsWith('parapet-') ? text : null
}

/** The directive in the comment from `start` to `end`; null for any other comment. `number` gives its node. */
export function directiveFacts(
  text: string,
  lineStarts: readonly number[],
  start: number,
  end: number,
  number: (start: number, end: number) => number,
): DirectiveFacts | null {
  const directive = directiveText(text.slice(start, end))
  if (directive === null) return null
  const { line, column } = positionAt(lineStarts, start)
  const afterCode = text.slice(start - column + 1, start).trim() !== ''
  return { node: number(start, end), text: directive, line, endLine: positionAt(lineStarts, end).line, afterCode }
}
