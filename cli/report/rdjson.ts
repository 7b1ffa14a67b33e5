// Reviewdog's diagnostic format, with fixes as suggestions that a reviewer takes with one click.
import type { Finding } from '../../analyzer/check/finding.js'
import type { Severity } from '../../analyzer/check/rule.js'
import { lineStartsOf, positionAt } from '../../analyzer/text/lineIndex.js'
import type { Reported } from './reported.js'

const SEVERITY: Readonly<Record<Severity, string>> = { error: 'ERROR', warning: 'WARNING', info: 'INFO' }

/** The DiagnosticResult of github.com/reviewdog/reviewdog/tree/master/proto/rdf. Columns count bytes of UTF-8. */
export function rdjsonReport(reported: Reported): string {
  const diagnostics = reported.analysis.findings.map((finding) => diagnosticOf(finding, reported))
  return `${JSON.stringify({ source: { name: 'parapet' }, diagnostics }, null, 2)}\n`
}

function diagnosticOf(finding: Finding, reported: Reported): object {
  const { ruleId, severity, message, why, how, file, range, references } = finding
  const { prefix } = reported
  const suggestions = suggestionsFor(finding, reported)
  const [reference] = references
  return {
    message: [message, why, how].filter((part) => part !== '').join('\n\n'),
    location: { path: prefix + file, range: bytes(reported.texts(file), range.start.offset, range.end.offset) },
    severity: SEVERITY[severity],
    code: { value: ruleId, ...(reference === undefined ? {} : { url: reference.url }) },
    ...(suggestions.length === 0 ? {} : { suggestions }),
    relatedLocations: finding.related.map((place) => ({
      message: place.message,
      location: { path: prefix + place.file, range: bytes(reported.texts(place.file), place.range.start.offset, place.range.end.offset) },
    })),
  }
}

/** A suggestion changes the file of its diagnostic and no other; a fix that needs more is left to `--fix`, since half of it would break the file. */
function suggestionsFor(finding: Finding, { edits, texts }: Reported): readonly object[] {
  const found = edits(finding)
  if (found === null || [...found.keys()].some((file) => file !== finding.file)) return []
  const text = texts(finding.file)
  return (found.get(finding.file) ?? []).map((edit) => ({ range: bytes(text, edit.start, edit.end), text: edit.text }))
}

function bytes(text: string, start: number, end: number): object {
  const starts = lineStartsOf(text)
  const place = (offset: number): object => {
    const { line, column } = positionAt(starts, offset)
    const from = offset - (column - 1)
    return { line, column: Buffer.byteLength(text.slice(from, offset)) + 1 }
  }
  return { start: place(start), end: place(end) }
}
