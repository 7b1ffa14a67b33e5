// The chart of the areas: one bar each, with the same figures as text beside and behind it.
import type { Area } from '../../analyzer/readiness/readiness.js'
import type { Status } from '../../analyzer/readiness/control.js'
import { escapeXml } from '../report/escape.js'
import { scoreText, STATUS_WORDS } from './readinessWords.js'

/** Each area has a line of text above its bar, so that it can be read on a phone. */
const ROW = 42
const WIDTH = 340
const COUNTED = ['in-place', 'partly', 'missing', 'not-known'] as const satisfies readonly Status[]

export function areaChart(areas: readonly Area[]): string {
  const height = areas.length * ROW
  const described = areas.map(({ title, score }) => `${title}: ${scoreText(score)}`).join('; ')
  return [
    '<section aria-labelledby="overview"><h2 id="overview">Overview</h2>',
    '<div class="overview">',
    `<svg class="chart" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="chart-title chart-text">`,
    '<title id="chart-title">Score of each area, 0 to 100</title>',
    `<desc id="chart-text">${escapeXml(described)}.</desc>`,
    ...areas.map(barOf),
    '</svg>',
    '<div class="scroll" role="region" aria-label="Areas in figures" tabindex="0"><table>',
    `<thead><tr><th scope="col">Area</th><th scope="col">Score</th>${COUNTED.map((status) => `<th scope="col">${capital(STATUS_WORDS[status])}</th>`).join('')}</tr></thead>`,
    `<tbody>${areas.map(rowOf).join('\n')}</tbody></table></div>`,
    '</div></section>',
  ].join('\n')
}

function barOf({ title, score }: Area, index: number): string {
  const y = index * ROW
  const width = score === null ? 0 : (score / 100) * WIDTH
  const grade = score === null ? 'none' : score >= 80 ? 'good' : score >= 50 ? 'fair' : 'poor'
  return [
    `<text x="0" y="${y + 16}">${escapeXml(title)}</text>`,
    `<text class="figure" x="${WIDTH}" y="${y + 16}" text-anchor="end">${score === null ? 'no score' : score}</text>`,
    `<rect class="track" x="0" y="${y + 23}" width="${WIDTH}" height="10" rx="4"/>`,
    width === 0 ? '' : `<rect class="bar ${grade}" x="0" y="${y + 23}" width="${width}" height="10" rx="4"/>`,
  ].join('')
}

function rowOf({ id, title, score, controls }: Area): string {
  const count = (status: Status): string => `<td>${controls.filter((control) => control.status === status).length}</td>`
  const figures = COUNTED.map(count).join('')
  return `<tr><th scope="row"><a href="#area-${id}">${escapeXml(title)}</a></th><td>${score ?? 'none'}</td>${figures}</tr>`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
