// The readiness report as one HTML page with one script.
import type { Answer, Area, Control, NotedPlace } from '../../analyzer/readiness/readiness.js'
import { escapeXml, proseHtml } from '../report/escape.js'
import { plural } from '../../analyzer/model/words.js'
import { areaChart } from './htmlChart.js'
import { SCRIPT } from './htmlScript.js'
import { htmlPage } from '../report/htmlPage.js'
import { STYLE } from './htmlStyle.js'
import { environmentTable, routeTable } from './htmlTables.js'
import type { Change, ReadinessReport } from './readinessReport.js'
import { placeText, scoreText, STATUS_SIGNS, STATUS_WORDS } from './readinessWords.js'

export function readinessHtml({ readiness, change, notices }: ReadinessReport): string {
  const { areas, applications, routes, environment, seen, unparsed } = readiness
  const body = [
    '<a class="skip" href="#areas">Skip to the areas</a>',
    '<header><h1>Production readiness</h1>',
    applications.length === 0
      ? '<p>No application was found, so nothing is judged.</p>'
      : `<ul class="plain">${applications.map(({ name, framework, kind, ...place }) => `<li><strong>${escapeXml(name)}</strong> ${framework}, ${kind} <code>${escapeXml(placeText(place))}</code></li>`).join('')}</ul>`,
    '</header>',
    '<main id="areas">',
    areaChart(areas),
    ...(change === null ? [] : changePart(change)),
    ...areas.map(areaPart),
    routeTable(routes),
    environmentTable(environment),
    '<section aria-labelledby="seen"><h2 id="seen">What was seen</h2><ul>',
    `<li>${plural(seen.files, 'file')}, ${plural(seen.routes, 'route')}, ${plural(seen.incompleteScopes, 'scope')} not understood as a whole.</li>`,
    ...unparsed.map((place) => `<li><code>${escapeXml(placeText(place))}</code> does not parse and was not looked at.</li>`),
    ...notices.map((notice) => `<li>${proseHtml(notice)}</li>`),
    '</ul></section>',
    '</main>',
  ]
  return htmlPage({ title: 'Production readiness', style: STYLE, script: SCRIPT, body })
}

function areaPart({ id, title, score, controls }: Area): string {
  const content = controls.length === 0 ? '<p>Parapet cannot judge this area yet.</p>' : controls.map(controlPart).join('\n')
  return `<section aria-labelledby="area-${id}"><h2 id="area-${id}">${escapeXml(title)} <span class="soft">${scoreText(score)}</span></h2>\n${content}\n</section>`
}

/** What needs work is open, what is fine is folded. */
function controlPart({ title, status, answers, rules }: Control): string {
  const isOpen = status === 'missing' || status === 'partly' ? ' open' : ''
  const badge = `<span class="badge ${status}"><span aria-hidden="true">${STATUS_SIGNS[status]}</span> ${STATUS_WORDS[status]}</span>`
  const origin = rules.length === 0 ? '' : `<p class="soft">Rules: ${rules.map((rule) => `<code>${escapeXml(rule)}</code>`).join(', ')}</p>`
  return `<details${isOpen}><summary>${badge} <span>${escapeXml(title)}</span></summary>${answers.map(answerPart).join('')}${origin}</details>`
}

function answerPart({ application, text, status, places }: Answer): string {
  const about = application === null ? '' : `<strong>${escapeXml(application)}:</strong> `
  return `<p>${about}<span class="${status}">${STATUS_WORDS[status]}</span>: ${proseHtml(text)}</p>${placeList(places)}`
}

function placeList(places: readonly NotedPlace[]): string {
  if (places.length === 0) return ''
  return `<ul>${places.map((place) => `<li><code>${escapeXml(placeText(place))}</code> ${proseHtml(place.note)}</li>`).join('')}</ul>`
}

function changePart({ baseline, fresh, gone, accepted }: Change): readonly string[] {
  const item = (sign: string, { message, file, line, ruleId }: Change['fresh'][number]): string =>
    `<li><strong>${sign}</strong> ${proseHtml(message)} <code>${escapeXml(line === null ? file : `${file}:${line}`)}</code> <span class="soft">${escapeXml(ruleId)}</span></li>`
  return [
    `<section aria-labelledby="change"><h2 id="change">Since <code>${escapeXml(baseline)}</code></h2>`,
    `<p>${plural(fresh.length, 'new finding')}, ${gone.length} gone, ${accepted} accepted.</p><ul>`,
    ...fresh.map((one) => item('new', one)),
    ...gone.map((one) => item('gone', one)),
    '</ul></section>',
  ]
}
