// Annotations of GitHub Actions, as workflow commands. A step shows ten of each level and drops the rest silently, so the worst come first
// and what is left out is counted.
import { compareFindings, type Finding } from '../../analyzer/check/finding.js'
import type { Severity } from '../../analyzer/check/rule.js'
import { printable } from '../terminal.js'
import type { Reported } from './reported.js'
import { plural } from '../../analyzer/model/words.js'

const COMMAND: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'notice' }
const LEVELS: readonly Severity[] = ['error', 'warning', 'info']
const MOST_OF_A_LEVEL = 10
const RANK = { high: 0, medium: 1, low: 2 } as const

/** At most ten annotations of each level, the surest first, and a plain line about those left out. */
export function githubReport({ analysis, prefix }: Reported): string {
  const shown = LEVELS.flatMap((level) => {
    const findings = analysis.findings.filter(({ severity }) => severity === level)
    return findings.toSorted((a, b) => RANK[a.confidence] - RANK[b.confidence] || compareFindings(a, b)).slice(0, MOST_OF_A_LEVEL)
  })
  const left = analysis.findings.length - shown.length
  const rest =
    left === 0 ? '' : `${plural(left, 'more finding')} without annotation: GitHub shows ${MOST_OF_A_LEVEL} of each level in a step.\n`
  return shown.map((finding) => annotation(finding, prefix)).join('') + rest
}

function annotation({ severity, file, range, ruleId, message, how, why }: Finding, prefix: string): string {
  const { start, end } = range
  // Columns only count on one line.
  const columns = start.line === end.line ? `,col=${start.column},endColumn=${end.column}` : ''
  const place = `file=${property(prefix + file)},line=${start.line},endLine=${end.line}${columns}`
  const text = [message, why, how]
    .filter((part) => part !== '')
    .flatMap((part) => part.split('\n'))
    .map(printable)
    .join('\n')
  return `::${COMMAND[severity]} ${place},title=${property(ruleId)}::${data(text)}\n`
}

function data(text: string): string {
  return text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A')
}

function property(text: string): string {
  return data(text).replace(/:/g, '%3A').replace(/,/g, '%2C')
}
