// Markdown: for pull request comments, and for the summary of a step in GitHub Actions.
import type { Finding, RelatedFinding } from '../../analyzer/check/finding.js'
import { PLAIN } from '../terminal.js'
import { closingLines, summaryLines } from './closing.js'
import type { Reported } from './reported.js'
import { plural } from '../../analyzer/model/words.js'

/** A step summary holds 1 MiB; beyond that GitHub shows none of it. */
const MOST_BYTES = 1024 * 1024 - 1024
const MOST_PLACES = 20
const SIGN = { error: '🔴', warning: '🟠', info: '🔵' } as const

/** A table of the findings, then each with its reasons, then what was seen. */
export function markdownReport(reported: Reported): string {
  const { findings } = reported.analysis
  const head = ['# Parapet', '', summaryLines(reported, PLAIN).join(' '), '']
  const table = findings.length === 0 ? [] : ['| | Finding | Place | Rule |', '| --- | --- | --- | --- |', ...findings.map(rowOf), '']
  const tail = ['## Seen', '', ...closingLines(reported).map((line) => `- ${escapeMarkdown(line)}`), '']
  return fitting(head, table, findings.map(sectionOf), tail)
}

/** Leaves out sections from the end, and then the table, until the whole is small enough. */
function fitting(
  head: readonly string[],
  table: readonly string[],
  sections: readonly (readonly string[])[],
  tail: readonly string[],
): string {
  const size = (lines: readonly string[]): number => Buffer.byteLength(lines.join('\n'))
  let room = MOST_BYTES - size(head) - size(tail)
  const rows = size(table) <= room ? table : []
  room -= size(rows)
  const kept: string[] = []
  let shown = 0
  for (const section of sections) {
    room -= size(section) + 1
    if (room < 0) break
    kept.push(...section)
    shown++
  }
  const left = sections.length - shown
  const remark = left === 0 ? [] : [`${plural(left, 'finding')} more without details here, to keep the page within its limit.`, '']
  return [...head, ...rows, ...(shown === 0 ? [] : ['## Findings', '', ...kept]), ...remark, ...tail].join('\n')
}

function rowOf(finding: Finding): string {
  const { severity, message, ruleId } = finding
  return `| ${SIGN[severity]} ${severity} | ${escapeMarkdown(message)} | ${code(placeOf(finding))} | ${code(ruleId)} |`
}

function sectionOf(finding: Finding): readonly string[] {
  const { ruleId, message, why, how, confidence, related, fix, references } = finding
  const affected = related.filter(({ role }) => role === 'affected')
  const evidence = related.filter(({ role }) => role === 'evidence')
  return [
    `### ${escapeMarkdown(message)}`,
    '',
    `${code(placeOf(finding))} · ${code(ruleId)} · ${confidence} confidence`,
    '',
    ...(why === '' ? [] : [escapeMarkdown(why), '']),
    ...(how === '' ? [] : [`**Do:** ${escapeMarkdown(how)}`, '']),
    ...(fix === null ? [] : [`**Fix:** ${escapeMarkdown(fix.title)} (${code(fix.safety === 'safe' ? '--fix' : '--fix --unsafe')})`, '']),
    ...placeList('Also here', affected),
    ...placeList('Seen', evidence),
    ...(references.length === 0 ? [] : [references.map(({ name, url }) => `[${escapeMarkdown(name)}](${url})`).join(' · '), '']),
  ]
}

function placeList(label: string, places: readonly RelatedFinding[]): readonly string[] {
  if (places.length === 0) return []
  const more = places.length > MOST_PLACES ? [`- and ${places.length - MOST_PLACES} more`] : []
  return [
    `${label}:`,
    '',
    ...places.slice(0, MOST_PLACES).map((place) => `- ${code(placeOf(place))} ${escapeMarkdown(place.message)}`),
    ...more,
    '',
  ]
}

function placeOf({ file, range }: Pick<Finding, 'file' | 'range'>): string {
  return `${file}:${range.start.line}:${range.start.column}`
}

/** Code that holds backticks needs more of them around it. */
export function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const blank = longest > 0 ? ' ' : ''
  return `${fence}${blank}${text.replace(/[\r\n]+/g, ' ').replace(/\|/g, '\\|')}${blank}${fence}`
}

/** Markdown in messages is left alone but for what would become HTML, a cell of a table, or a mention of somebody. */
export function escapeMarkdown(text: string): string {
  const parts = text.replace(/[\r\n]+/g, ' ').split(/(`[^`]*`)/)
  return parts
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[<>*_[\]\\]/g, '\\$&').replace(/@(?=\w)/g, '@\u200b')))
    .join('')
    .replace(/\|/g, '\\|')
}
