// The report for programs. Its shape is a promise: additions only, under the same version.
import type { Finding } from '../../analyzer/check/finding.js'
import type { PlacedRange } from '../../analyzer/check/range.js'
import type { Reported } from './reported.js'

/** The same analysis gives the same text, byte for byte. */
export function jsonReport({ analysis, accepted, notices, skipped, shard }: Reported): string {
  const report = {
    version: 1,
    findings: analysis.findings.map(jsonFinding),
    summary: analysis.summary,
    seen: { ...analysis.seen, notices, skipped },
    unparsed: analysis.unparsed.map(({ file, message, line, column }) => ({ file, message, line, column })),
    internalErrors: analysis.internalErrors,
    ...(shard === null ? {} : { shard }),
    ...(accepted.length === 0 ? {} : { accepted: accepted.map(({ finding, note }) => ({ ...jsonFinding(finding), note })) }),
  }
  return `${JSON.stringify(report, null, 2)}\n`
}

/** A finding as it stands in the promise. */
export function jsonFinding(finding: Finding): object {
  return {
    ruleId: finding.ruleId,
    category: finding.category,
    severity: finding.severity,
    confidence: finding.confidence,
    message: finding.message,
    why: finding.why,
    how: finding.how,
    file: finding.file,
    range: jsonRange(finding.range),
    related: finding.related.map(({ file, range, message, role }) => ({ file, range: jsonRange(range), message, role })),
    fingerprint: finding.fingerprint,
    fix: finding.fix && { title: finding.fix.title, safety: finding.fix.safety },
    references: finding.references,
  }
}

function jsonRange({ start, end }: PlacedRange): object {
  return { start: { line: start.line, column: start.column }, end: { line: end.line, column: end.column } }
}
