// One JSON object on each line, for programs that read while the run goes on: findings first, the summary last.
import { jsonFinding } from './json.js'
import type { Reported } from './reported.js'

/** Lines of kind `finding`, `unparsed`, `internalError`, and one of kind `summary`. */
export function jsonLinesReport({ analysis, notices, skipped, accepted }: Reported): string {
  const lines = [
    ...analysis.findings.map((finding) => ({ kind: 'finding', ...jsonFinding(finding) })),
    ...analysis.unparsed.map(({ file, message, line, column }) => ({ kind: 'unparsed', file, message, line, column })),
    ...analysis.internalErrors.map((error) => ({ kind: 'internalError', ...error })),
    { kind: 'summary', version: 1, ...analysis.summary, accepted: accepted.length, seen: { ...analysis.seen, notices, skipped } },
  ]
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}
