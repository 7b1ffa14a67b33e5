// A suppression that suppresses nothing: shown as what may go, with an action that removes it.
import type { Finding } from '../analyzer/check/finding.js'
import { unusedSuppression } from '../analyzer/check/suppressionRules.js'
import type { TextEdit } from '../analyzer/fix/fix.js'

/** The edit that removes the comment; null where it is no such finding, or where a part of the comment is needed. */
export function removalEdit({ ruleId, message, range }: Pick<Finding, 'ruleId' | 'message' | 'range'>, text: string): TextEdit | null {
  if (!isUnusedSuppression(ruleId)) return null
  const [start, end] = [range.start.offset, range.end.offset]
  const names = /parapet-ignore-(?:next-line|line|file)[\s:]+([\w\s,/@-]*?)\s*(?:--|\*\/|$)/.exec(text.slice(start, end))?.[1]
  if (names === undefined) return null
  const rules = names.split(/[\s,]+/).join(', ')
  if (message !== unusedSuppression.messages['unused']?.what.replace('{rules}', rules)) return null
  const lineStart = text.lastIndexOf('\n', start - 1) + 1
  const lineEnd = /\r?\n|$/.exec(text.slice(end))!
  const before = text.slice(lineStart, start)
  const after = text.slice(end, end + lineEnd.index)
  if (before.trim() === '' && after.trim() === '') return { start: lineStart, end: end + lineEnd.index + lineEnd[0].length, text: '' }
  return { start: after.trim() === '' ? start - (before.length - before.trimEnd().length) : start, end, text: '' }
}

/** Whether a finding is about such a comment. */
export function isUnusedSuppression(ruleId: string): boolean {
  return ruleId === unusedSuppression.id
}
