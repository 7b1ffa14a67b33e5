// Hands each report to its place: the output stream, a file, and the summary of a step in GitHub Actions.
import { resolve } from 'node:path'
import { appendToFile, writeReport } from '../../workspace/writeReport.js'
import { colorsFor, PLAIN, type Terminal } from '../terminal.js'
import { internalErrorLines, noticeLines, seenLines, summaryLines, unparsedLines } from './closing.js'
import { loadFormat, WHOLE_FORMATS, type Output } from './formats.js'
import type { Reported } from './reported.js'
import { listed } from '../../analyzer/model/words.js'

const FILE_COLUMNS = 100

/** Prints and writes all of them. What a printed format cannot say itself goes to the error stream. */
export async function deliver(outputs: readonly Output[], reported: Reported, terminal: Terminal): Promise<void> {
  for (const { format, file } of outputs) {
    const report = await loadFormat(format)
    if (file === null) terminal.out(report(reported, { colors: colorsFor(terminal), columns: terminal.columns }))
    else writeReport(resolve(terminal.cwd, file), report(reported, { colors: PLAIN, columns: FILE_COLUMNS }))
  }
  const summary = terminal.env['GITHUB_STEP_SUMMARY'] ?? ''
  if (summary !== '' && outputs.some(({ format }) => format === 'github')) {
    const markdown = await loadFormat('markdown')
    appendToFile(resolve(terminal.cwd, summary), markdown(reported, { colors: PLAIN, columns: FILE_COLUMNS }))
  }
  const lines = besides(outputs, reported, terminal)
  if (lines.length > 0) terminal.err(lines.map((line) => `${line}\n`).join(''))
}

/** What a reader of the terminal must know and the printed report does not say. */
function besides(outputs: readonly Output[], reported: Reported, terminal: Terminal): readonly string[] {
  const { analysis, notices } = reported
  const colors = colorsFor(terminal)
  const errors = internalErrorLines(analysis.internalErrors, colors)
  const printed = outputs.find(({ file }) => file === null)
  if (printed?.format === 'pretty') return errors
  if (printed !== undefined && WHOLE_FORMATS.includes(printed.format)) return []
  const warnings = [
    ...errors,
    ...unparsedLines(analysis.unparsed, colors),
    ...noticeLines(
      notices.filter(({ isWarning }) => isWarning),
      colors,
    ),
  ]
  if (printed !== undefined) return warnings
  const written = outputs.flatMap(({ file }) => file ?? [])
  return [...warnings, ...summaryLines(reported, colors), ...seenLines(analysis), `Written: ${listed(written)}.`]
}
