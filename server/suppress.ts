// Suppressions as edits: a comment above the line of a finding, or at the top of its file.
import { extractFacts } from '../analyzer/extract/extractFacts.js'
import { lineStartsOf } from '../analyzer/text/lineIndex.js'
import type { TextEdit } from '../analyzer/fix/fix.js'

export type SuppressionScope = 'next-line' | 'file'

/** What a reader is asked to replace. */
export const REASON = 'why this is fine here'

/**
 * The comment that suppresses `ruleId` at `line` (from 1) of a text; null where no comment can stand, such as in JSON or within a template.
 * Suppressions stack, so one that is there already stays as it is.
 */
export function suppressionEdit(file: string, text: string, line: number, ruleId: string, scope: SuppressionScope): TextEdit | null {
  // Parapet would read a comment in package.json; whatever else reads that file would not.
  if (/\.json$/.test(file)) return null
  const starts = lineStartsOf(text)
  const at = scope === 'file' ? afterFirstLines(text) : (starts[line - 1] ?? text.length)
  const indent = scope === 'file' ? '' : (/^[ \t]*/.exec(text.slice(at))?.[0] ?? '')
  const end = text.includes('\r\n') ? '\r\n' : '\n'
  const mark = /\.[cm]?[jt]sx?$/.test(file) || !/\.[a-z]+$/i.test(file.slice(file.lastIndexOf('/'))) ? '//' : '#'
  for (const start of mark === '//' ? ['//', '#'] : ['#']) {
    const edit = { start: at, end: at, text: `${indent}${start} parapet-ignore-${scope} ${ruleId} -- ${REASON}${end}` }
    if (isUnderstood(file, text, edit)) return edit
  }
  return null
}

/** True when the text still parses and holds one directive more. */
function isUnderstood(file: string, text: string, edit: TextEdit): boolean {
  const after = text.slice(0, edit.start) + edit.text + text.slice(edit.end)
  return directivesIn(file, after) === directivesIn(file, text) + 1
}

function directivesIn(file: string, text: string): number {
  const facts = extractFacts(file, text)
  return facts.kind === 'unparsed' ? -1 : facts.directives.length
}

/** Behind what counts in the first lines alone: `#!…`, and `# syntax=…` of a Dockerfile. */
function afterFirstLines(text: string): number {
  return /^(?:#!.*\r?\n|#[ \t]*(?:syntax|escape|check)[ \t]*=.*\r?\n)*/i.exec(text)?.[0].length ?? 0
}
