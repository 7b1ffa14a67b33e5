// The report for programs. Its shape is a promise: additions only, under the same version.
import type { Analysis } from '../../analyzer/analyze.js'
import type { Finding } from '../../analyzer/check/finding.js'
import type { PlacedRange } from '../../analyzer/check/range.js'

export interface JsonExtras {
  readonly skipped: readonly { readonly path: string; readonly reason: string }[]
  readonly notices: readonly { readonly kind: string; readonly message: string }[]
}

/** The same analysis gives the same text, byte for byte. */
export function jsonReport(analysis: Analysis, extras: JsonExtras): string {
  const report = {
    version: 1,
    findings: analysis.findings.map(jsonFinding),
    summary: analysis.summary,
    seen: { ...analysis.seen, notices: extras.notices, skipped: extras.skipped },
    unparsed: analysis.unparsed.map(({ file, message, line, column }) => ({ file, message, line, column })),
    internalErrors: analysis.internalErrors,
  }
  return `${JSON.stringify(report, null, 2)}\n`
}

function jsonFinding(finding: Finding): object {
  return {
    ruleId: finding.ruleId,
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
