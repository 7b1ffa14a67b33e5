// Compares findings with the marks of a fixture: nothing unmarked, nothing unmet.
import type { Finding, RelatedFinding } from '../analyzer/check/finding.js'
import type { Range } from '../analyzer/text/span.js'
import type { Fixture, Mark } from './fixture.js'

/** What a mark says of a finding without a fix. */
const NO_FIX = 'no fix'

/** Sentences about what does not agree; empty when all does. */
export function disagreements(fixture: Fixture, findings: readonly Finding[]): string[] {
  const problems: string[] = []
  const waiting = fixture.marks.filter((mark) => mark.sign === '^')
  for (const finding of findings) {
    const candidates = waiting.filter((mark) => covers(mark, finding.file, finding.range, fixture))
    const met = candidates.find((mark) => agrees(mark, finding))
    if (met !== undefined) {
      waiting.splice(waiting.indexOf(met), 1)
      if (met.qualities.includes('complete')) problems.push(...unmarkedPlaces(fixture, finding))
    } else
      problems.push(`${placeOf(finding.file, finding.range)} is reported and not marked${hint(candidates)}:\n${frame(fixture, finding)}`)
  }
  for (const mark of waiting)
    problems.push(
      `${mark.file}:${mark.line} is marked and not reported: ${'^'.repeat(mark.endColumn - mark.column)} ${mark.text}\n  ${lineOf(fixture, mark.file, mark.line)}`,
    )
  const related = findings.flatMap((finding) => finding.related)
  for (const mark of fixture.marks.filter((each) => each.sign === '~')) {
    if (!related.some((place) => meets(mark, place, fixture)))
      problems.push(
        `${mark.file}:${mark.line} is marked as related and is not: ${mark.text}\n${related.map((place) => `  ${placeOf(place.file, place.range)} [${place.role}] ${place.message}`).join('\n')}`,
      )
  }
  return problems
}

/** A place over several lines is marked on its first one, to the end of that line. */
function covers(mark: Mark, file: string, range: Range, fixture: Fixture): boolean {
  if (mark.file !== file || mark.line !== range.start.line || mark.column !== range.start.column) return false
  const end = range.end.line === range.start.line ? range.end.column : lineOf(fixture, file, mark.line).trimEnd().length + 1
  return mark.endColumn === end
}

function agrees(mark: Mark, finding: Finding): boolean {
  const words: readonly (string | undefined)[] = [finding.confidence, finding.severity, finding.fix?.safety, 'complete']
  const title = finding.fix?.title ?? NO_FIX
  return (
    finding.message.includes(mark.text) && mark.qualities.every((each) => words.includes(each)) && (mark.fix === null || mark.fix === title)
  )
}

function meets(mark: Mark, place: RelatedFinding, fixture: Fixture): boolean {
  return (
    covers(mark, place.file, place.range, fixture) &&
    place.message.includes(mark.text) &&
    mark.qualities.every((each) => each === place.role)
  )
}

/** What a finding that is called complete shows beside what is marked. */
function unmarkedPlaces(fixture: Fixture, finding: Finding): string[] {
  const marks = fixture.marks.filter(({ sign }) => sign === '~')
  return finding.related
    .filter((place) => !marks.some((mark) => meets(mark, place, fixture)))
    .map((place) => `${placeOf(place.file, place.range)} is related and not marked: [${place.role}] ${place.message}`)
}

function hint(candidates: readonly Mark[]): string {
  return candidates.length === 0
    ? ''
    : ` so (the mark says "${candidates.map((mark) => [...mark.qualities, mark.text, ...(mark.fix === null ? [] : ['=>', mark.fix])].join(' ')).join('" and "')}")`
}

function placeOf(file: string, range: Range): string {
  return `${file}:${range.start.line}:${range.start.column}`
}

function frame(fixture: Fixture, finding: Finding): string {
  const { start, end } = finding.range
  const line = lineOf(fixture, finding.file, start.line)
  const width = Math.max(1, (end.line === start.line ? end.column : line.trimEnd().length + 1) - start.column)
  return `  ${line}\n  ${' '.repeat(start.column - 1)}${'^'.repeat(width)} [${finding.confidence}, ${finding.severity}] ${finding.message} => ${finding.fix?.title ?? NO_FIX}`
}

function lineOf(fixture: Fixture, file: string, line: number): string {
  return fixture.files.get(file)?.split('\n')[line - 1] ?? ''
}
