// GitLab's Code Quality report: an array in which equal fingerprints collapse to one row, so each finding brings its own.
import { compareFindings, type Finding } from '../../analyzer/check/finding.js'
import type { Category, Severity } from '../../analyzer/check/rule.js'
import type { Reported } from './reported.js'

const SEVERITY: Readonly<Record<Severity, string>> = { error: 'critical', warning: 'major', info: 'info' }

/**
 * The subset of Code Climate's format that GitLab reads (docs.gitlab.com/ci/testing/code_quality).
 * GitLab compares the reports of two branches itself, so findings older than a change belong in here: without them it would call them fixed.
 */
export function gitlabReport({ analysis, accepted, prefix }: Reported): string {
  const older = accepted.flatMap(({ by, finding }) => (by === 'older' ? [finding] : []))
  return `${JSON.stringify(
    [...analysis.findings, ...older].sort(compareFindings).map((finding) => issueOf(finding, prefix)),
    null,
    2,
  )}\n`
}

function issueOf({ ruleId, category, message, how, fingerprint, severity, file, range }: Finding, prefix: string): object {
  return {
    type: 'issue',
    description: `${message}${how === '' ? '' : ` ${how}`}`,
    check_name: ruleId,
    categories: [categoryOf(category)],
    fingerprint,
    severity: SEVERITY[severity],
    location: { path: prefix + file, lines: { begin: range.start.line, end: range.end.line } },
  }
}

function categoryOf(category: Category): string {
  return category === 'logging' || category === 'operations' || category === 'deployment' ? 'Bug Risk' : 'Security'
}
