// Findings as one HTML page that needs nothing besides itself, not even a script.
import type { Finding, RelatedFinding } from '../../analyzer/check/finding.js'
import { PLAIN } from '../terminal.js'
import { closingLines, summaryLines } from './closing.js'
import { escapeXml, proseHtml } from './escape.js'
import { htmlPage } from './htmlPage.js'
import { STYLE } from './htmlStyle.js'
import type { Reported } from './reported.js'

const BEFORE = 2
const LONGEST_LINE = 300

/** Findings by file, each to unfold, with a choice of severities. */
export function htmlReport(reported: Reported): string {
  const { analysis } = reported
  const files = [...new Set(analysis.findings.map(({ file }) => file))]
  const body = [
    '<main>',
    '<h1>Parapet</h1>',
    ...summaryLines(reported, PLAIN).map((line) => `<p>${proseHtml(line)}</p>`),
    ...(files.length === 0 ? [] : filterLines()),
    ...files.flatMap((file) => [
      `<h2>${escapeXml(file)}</h2>`,
      ...analysis.findings.filter((finding) => finding.file === file).map((finding) => findingPart(finding, reported.texts(file))),
    ]),
    '<h2>Seen</h2>',
    '<ul>',
    ...closingLines(reported).map((line) => `<li>${proseHtml(line)}</li>`),
    '</ul>',
    '</main>',
  ]
  return htmlPage({ title: 'Parapet', style: STYLE, script: null, body })
}

/** Radio buttons that the style sheet reads: no script is needed to filter. */
function filterLines(): readonly string[] {
  const choices = [
    ['all', 'all'],
    ['only-error', 'errors'],
    ['only-warning', 'warnings'],
    ['only-info', 'infos'],
  ] as const
  return [
    '<fieldset><legend>Show</legend>',
    ...choices.map(([id, name]) => `<label><input type="radio" name="show" id="${id}"${id === 'all' ? ' checked' : ''}> ${name}</label>`),
    '</fieldset>',
  ]
}

function findingPart(finding: Finding, text: string): string {
  const { severity, message, ruleId, confidence, range, why, how, fix, related, references } = finding
  const paragraph = (label: string, content: string): string =>
    content === '' ? '' : `<p><strong>${label}</strong> ${proseHtml(content)}</p>`
  const fixed = fix === null ? '' : `${fix.title} (${fix.safety === 'safe' ? '--fix' : '--fix --unsafe'})`
  return [
    `<details data-severity="${severity}"><summary><strong class="${severity}">${severity}</strong> ${proseHtml(message)} <span class="soft">${range.start.line}:${range.start.column} ${escapeXml(ruleId)}${confidence === 'high' ? '' : `, ${confidence} confidence`}</span></summary>`,
    frameOf(finding, text),
    paragraph('Why', why),
    paragraph('How', how),
    paragraph('Fix', fixed),
    placeList(
      'Also here',
      related.filter(({ role }) => role === 'affected'),
    ),
    placeList(
      'Seen',
      related.filter(({ role }) => role === 'evidence'),
    ),
    references.length === 0
      ? ''
      : `<p>${references.map(({ name, url }) => `<a href="${escapeXml(url)}" rel="noreferrer">${escapeXml(name)}</a>`).join(' · ')}</p>`,
    '</details>',
  ]
    .filter((part) => part !== '')
    .join('\n')
}

function placeList(label: string, places: readonly RelatedFinding[]): string {
  if (places.length === 0) return ''
  const items = places.map(
    ({ file, range, message }) =>
      `<li><code>${escapeXml(`${file}:${range.start.line}:${range.start.column}`)}</code> ${proseHtml(message)}</li>`,
  )
  return `<p><strong>${label}</strong></p><ul>${items.join('')}</ul>`
}

/** The place with the lines before it; keyboards can scroll what is wider than the page. */
function frameOf({ range }: Finding, text: string): string {
  const lines = text.split(/\r\n|\r|\n/)
  const { line, column } = range.start
  const source = lines[line - 1]
  if (source === undefined) return ''
  const end = range.end.line === line ? range.end.column - 1 : source.length
  const cut = (part: string): string => escapeXml(part.length > LONGEST_LINE ? `${part.slice(0, LONGEST_LINE)}…` : part)
  const before = lines
    .slice(Math.max(0, line - 1 - BEFORE), line - 1)
    .map((content, index, all) => `${line - all.length + index}  ${cut(content)}`)
  const marked = `${line}  ${cut(source.slice(0, column - 1))}<mark>${cut(source.slice(column - 1, end))}</mark>${cut(source.slice(end))}`
  return `<pre tabindex="0">${[...before, marked].join('\n')}</pre>`
}
