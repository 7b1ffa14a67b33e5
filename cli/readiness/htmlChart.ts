// The chart of the areas: one bar each, with the same figures as text beside and behind it.
import type { Area } from '../../analyzer/readiness/readiness.js'
import type { Status } from '../../analyzer/readiness/control.js'
import { escapeXml } from '../report/escape.js'
import { scoreText, STATUS_WORDS } from './readinessWords.js'

const ROW = 30
const LABEL = 210
const BAR = 300
const COUNTED = ['in-place', 'partly', 'missing', 'not-known'] as const satisfies readonly Status[]

export function areaChart(areas: readonly Area[]): string {
  const height = areas.length * ROW
  const described = areas.map(({ title, score }) => `${title}: ${scoreText(score)}`).join('; ')
  return [
    '<section aria-labelledby="overview"><h2 id="overview">Overview</h2>',
    `<svg class="chart" viewBox="0 0 ${LABEL + BAR + 90} ${height}" role="img" aria-labelledby="chart-title chart-text">`,
    '<title id="chart-title">Score of each area, 0 to 100</title>',
    `<desc id="chart-text">${escapeXml(described)}.</desc>`,
    ...areas.map(barOf),
    '</svg>',
    '<div class="scroll" role="region" aria-label="Areas in figures" tabindex="0"><table>',
    `<thead><tr><th scope="col">Area</th><th scope="col">Score</th>${COUNTED.map((status) => `<th scope="col">${capital(STATUS_WORDS[status])}</th>`).join('')}</tr></thead>`,
    `<tbody>${areas.map(rowOf).join('\n')}</tbody></table></div>`,
    '</section>',
  ].join('\n')
}

function barOf({ title, score }: Area, index: number): string {
  const y = index * ROW
  const width = score === null ? 0 : (score / 100) * BAR
  const grade = score === null ? 'none' : score >= 80 ? 'good' : score >= 50 ? 'fair' : 'poor'
  return [
    `<text class="label" x="${LABEL - 10}" y="${y + 20}" text-anchor="end">${escapeXml(title)}</text>`,
    `<rect class="track" x="${LABEL}" y="${y + 6}" width="${BAR}" height="18" rx="4"/>`,
    width === 0 ? '' : `<rect class="bar ${grade}" x="${LABEL}" y="${y + 6}" width="${width}" height="18" rx="4"/>`,
    `<text class="figure" x="${LABEL + BAR + 10}" y="${y + 20}">${score === null ? 'no score' : score}</text>`,
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
