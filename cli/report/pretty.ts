// The report for people: findings with code frames, grouped by file.
import type { Analysis } from '../../analyzer/analyze.js'
import type { Finding, RelatedFinding } from '../../analyzer/check/finding.js'
import { printable, type Colors } from '../terminal.js'
import { codeFrame } from './codeFrame.js'
import type { Format } from './reported.js'
import { statisticsLines } from './statistics.js'
import { wrapped } from './wrapped.js'

export interface PrettyOptions {
  readonly colors: Colors
  readonly columns: number
  /** The text of a file as it is now. */
  readonly texts: (file: string) => string
}

const MOST_PLACES = 6
const INDENT = '    '

/** All findings. The reasons of a rule are given with its first finding. */
export function prettyFindings(analysis: Analysis, options: PrettyOptions): string {
  const explained = new Set<string>()
  const lines: string[] = []
  for (const [file, findings] of byFile(analysis.findings)) {
    lines.push(options.colors.underline(printable(file)), '')
    const text = options.texts(file)
    for (const finding of findings) lines.push(...prettyFinding(finding, text, explained, options), '')
  }
  return lines.map((line) => `${line}\n`).join('')
}

/** One line for each finding and nothing when there is none. */
export const conciseReport: Format = ({ analysis, loadTime, hasStats }) => {
  const lines = analysis.findings.map(
    ({ file, range, severity, message, ruleId }) =>
      `${printable(file)}:${range.start.line}:${range.start.column} ${severity} ${printable(message)} ${ruleId}`,
  )
  return [...lines, ...(hasStats ? statisticsLines(analysis, loadTime) : [])].map((line) => `${line}\n`).join('')
}

function prettyFinding(finding: Finding, text: string, explained: Set<string>, options: PrettyOptions): readonly string[] {
  const { colors } = options
  const width = Math.min(Math.max(options.columns, 60), 120)
  const paragraph = (label: string, content: string): readonly string[] =>
    content === ''
      ? []
      : wrapped(printable(content), width, `${INDENT}${label.padEnd(5)}`, `${INDENT}     `).map((line, index) =>
          index === 0 ? line.replace(label, colors.bold(label)) : line,
        )
  const place = `${finding.range.start.line}:${finding.range.start.column}`
  const sureness = finding.confidence === 'high' ? '' : `, ${finding.confidence} confidence`
  const head = `  ${place}  ${severityColor(finding, colors)}  ${printable(finding.message)}  ${colors.dim(finding.ruleId + sureness)}`
  const key = `${finding.ruleId}\n${finding.why}\n${finding.how}`
  const reasons = explained.has(key) ? [] : [...paragraph('why', finding.why), ...paragraph('how', finding.how)]
  explained.add(key)
  const fix = finding.fix ? paragraph('fix', `${finding.fix.title} (${finding.fix.safety === 'safe' ? '--fix' : '--fix --unsafe'})`) : []
  return [
    head,
    ...codeFrame(text, finding.range, colors).map((line) => `${INDENT}${line}`),
    ...places(
      'also here',
      finding.related.filter((place) => place.role === 'affected'),
      colors,
    ),
    ...places(
      'seen',
      finding.related.filter((place) => place.role === 'evidence'),
      colors,
    ),
    ...reasons,
    ...fix,
  ]
}

function places(label: string, related: readonly RelatedFinding[], colors: Colors): readonly string[] {
  if (related.length === 0) return []
  const shown = related
    .slice(0, MOST_PLACES)
    .map(
      ({ file, range, message }) =>
        `${INDENT}  ${colors.cyan(`${printable(file)}:${range.start.line}:${range.start.column}`)} ${printable(message)}`,
    )
  const more =
    related.length > MOST_PLACES ? [`${INDENT}  ${colors.dim(`and ${related.length - MOST_PLACES} more (--format json lists all)`)}`] : []
  return [`${INDENT}${colors.bold(label)}`, ...shown, ...more]
}

function severityColor({ severity }: Finding, colors: Colors): string {
  if (severity === 'error') return colors.red(colors.bold('error'))
  return severity === 'warning' ? colors.yellow('warning') : colors.blue('info')
}

function byFile(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const files = new Map<string, Finding[]>()
  for (const finding of findings) {
    const known = files.get(finding.file)
    if (known) known.push(finding)
    else files.set(finding.file, [finding])
  }
  return files
}
