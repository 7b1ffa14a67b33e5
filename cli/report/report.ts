// The pretty report as a whole: findings, their number, what was seen, what was not.
import type { Analysis } from '../../analyzer/analyze.js'
import type { FixOutcome } from '../../analyzer/fixAll.js'
import { colorsFor, type Terminal } from '../terminal.js'
import { internalErrorLines, noticeLines, seenLines, skippedLines, summaryLines, unparsedLines } from './closing.js'
import { leftFixLines } from './leftFixes.js'
import { prettyFindings } from './pretty.js'
import { variableLines } from './newVariables.js'
import type { Format } from './reported.js'
import { statisticsLines } from './statistics.js'
import { plural } from '../../analyzer/model/words.js'

/** Findings with code frames, their number, what was seen, and figures where they are asked for. */
export const prettyReport: Format = (reported, { colors, columns }) => {
  const { analysis, outcome, skipped, notices } = reported
  const lines = [
    ...fixedLines(outcome),
    ...summaryLines(reported, colors),
    ...seenLines(analysis),
    ...skippedLines(skipped),
    ...unparsedLines(analysis.unparsed, colors),
    ...noticeLines(notices, colors),
    ...(reported.hasStats ? statisticsLines(analysis, reported.loadTime) : []),
  ]
  return prettyFindings(analysis, { colors, columns, texts: reported.texts }) + lines.map((line) => `${line}\n`).join('')
}

/** Beside a diff, which must stay one, the rest goes to the error stream. */
export function printDiffClosing(analysis: Analysis, outcome: FixOutcome, terminal: Terminal): void {
  const colors = colorsFor(terminal)
  // No "of how many": fixes can bring up findings that are fixed in turn, so more may be fixed than were found.
  const wouldFix = `${plural(outcome.fixed, 'finding')} would be fixed in ${plural(outcome.texts.size, 'file')}.`
  print(terminal.err, [
    ...internalErrorLines(analysis.internalErrors, colors),
    ...unparsedLines(analysis.unparsed, colors),
    wouldFix,
    ...seenLines(analysis),
  ])
}

function fixedLines(outcome: FixOutcome | null): readonly string[] {
  if (!outcome) return []
  const { fixed, texts, refused } = outcome
  const done =
    fixed === 0
      ? 'Nothing was fixed.'
      : `Fixed ${plural(fixed, 'finding')} in ${plural(texts.size, 'file')}: ${[...texts.keys()].join(', ')}.`
  const next = [...texts.keys()].some((file) => file.split('/').at(-1) === 'package.json')
    ? ['package.json names new packages: install them before the next start, which writes them into the lockfile too.']
    : []
  next.push(...variableLines(outcome))
  return [done, ...next, ...leftFixLines(refused)]
}

function print(write: (text: string) => void, lines: readonly string[]): void {
  if (lines.length > 0) write(lines.map((line) => `${line}\n`).join(''))
}
