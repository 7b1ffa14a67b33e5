// The line about fixes that did not apply: which findings they were of, so that nobody has to look for them.
import type { Finding } from '../../analyzer/check/finding.js'
import { printable } from '../terminal.js'
import { listed, plural } from '../../analyzer/model/words.js'

const MOST_NAMED = 5

/** `1 fix does not apply here and is left to you: require-rate-limit (src/app.js:12).` Nothing where all applied. */
export function leftFixLines(refused: readonly Pick<Finding, 'ruleId' | 'file' | 'range'>[]): readonly string[] {
  if (refused.length === 0) return []
  const named = refused.slice(0, MOST_NAMED).map(({ ruleId, file, range }) => `${ruleId} (${printable(file)}:${range.start.line})`)
  const others = refused.length - named.length
  const all = listed(others === 0 ? named : [...named, plural(others, 'other')])
  return [
    `${plural(refused.length, 'fix does', 'fixes do')} not apply here and ${refused.length === 1 ? 'is' : 'are'} left to you: ${all}.`,
  ]
}
