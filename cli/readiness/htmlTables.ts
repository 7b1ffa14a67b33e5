// The tables of the readiness page: routes, with what filters them, and variables of the environment.
import type { Status } from '../../analyzer/readiness/control.js'
import type { ReportedVariable } from '../../analyzer/readiness/readiness.js'
import { SURFACE, type RouteProtection, type SurfaceRoute } from '../../analyzer/readiness/attackSurface.js'
import { escapeXml } from '../report/escape.js'
import { plural } from '../../analyzer/model/words.js'
import { placeText, protectionText, SURFACE_WORDS } from './readinessWords.js'

const ROUTE_HEADS = ['Method', 'Path', 'Place', ...SURFACE.map((capability) => SURFACE_WORDS[capability])]

/** Without a script the whole table is there; the filter is shown by the script. */
export function routeTable(routes: readonly SurfaceRoute[]): string {
  const head = '<section aria-labelledby="surface"><h2 id="surface">Attack surface</h2>'
  if (routes.length === 0) return `${head}<p>No route was found.</p></section>`
  const methods = [...new Set(routes.map(({ method }) => method))].sort()
  const option = (value: string, text: string): string => `<option value="${escapeXml(value)}">${escapeXml(text)}</option>`
  return [
    head,
    '<fieldset id="filter" hidden><legend>Show routes</legend>',
    '<label>Containing <input id="filter-text" type="search" autocomplete="off" spellcheck="false"></label>',
    `<label>Method <select id="filter-method">${option('', 'all')}${methods.map((method) => option(method, method)).join('')}</select></label>`,
    `<label>Without <select id="filter-missing">${option('', 'anything')}${SURFACE.map((capability) => option(capability, SURFACE_WORDS[capability].toLowerCase())).join('')}</select></label>`,
    '<button id="filter-reset" type="button">Show all</button>',
    '</fieldset>',
    `<p id="filter-count" role="status">${plural(routes.length, 'route')}.</p>`,
    '<div class="scroll" role="region" aria-label="Routes" tabindex="0"><table class="cards" id="routes">',
    `<thead><tr>${ROUTE_HEADS.map((text) => `<th scope="col">${text}</th>`).join('')}</tr></thead><tbody>`,
    ...routes.map(routeRow),
    '</tbody></table></div></section>',
  ].join('\n')
}

function routeRow(route: SurfaceRoute): string {
  const { method, path, protections } = route
  const lacking = SURFACE.filter((capability) => protections[capability].answer !== 'yes' || protections[capability].isConditional)
  const text = `${method} ${path} ${placeText(route)} ${route.application}`.toLowerCase()
  return [
    `<tr data-method="${escapeXml(method)}" data-lacks="${lacking.join(' ')}" data-text="${escapeXml(text)}">`,
    `<td data-label="Method"><strong>${escapeXml(method)}</strong></td>`,
    `<td data-label="Path"><code>${escapeXml(path)}</code></td>`,
    `<td data-label="Place"><code>${escapeXml(placeText(route))}</code></td>`,
    ...SURFACE.map((capability) => protectionCell(capability, protections[capability])),
    '</tr>',
  ].join('')
}

/** A route may well be public, without a body, and closed to other sites: that is told without alarm. */
const NEEDED: ReadonlySet<string> = new Set(['security-headers', 'rate-limit', 'error-handler'])

function statusOf(capability: (typeof SURFACE)[number], { answer, isConditional }: RouteProtection): Status {
  // That CORS is answered says nothing of whom it lets in.
  if (capability === 'cors') return 'not-judged'
  if (answer === 'yes') return isConditional ? 'partly' : 'in-place'
  if (answer === 'unknown') return 'not-known'
  return NEEDED.has(capability) ? 'missing' : 'not-judged'
}

function protectionCell(capability: (typeof SURFACE)[number], protection: RouteProtection): string {
  const label = SURFACE_WORDS[capability]
  const status = statusOf(capability, protection)
  const places = [...new Set(protection.by.map(placeText))].join(', ')
  return `<td data-label="${label}"><span class="${status}">${escapeXml(protectionText(protection))}</span>${places === '' ? '' : ` <code class="soft">${escapeXml(places)}</code>`}</td>`
}

export function environmentTable(variables: readonly ReportedVariable[]): string {
  const head = '<section aria-labelledby="environment"><h2 id="environment">Environment</h2>'
  if (variables.length === 0) return `${head}<p>No variable is read.</p></section>`
  const heads = ['Variable', 'Read', 'Has a fallback', 'Checked at start']
  return [
    head,
    '<div class="scroll" role="region" aria-label="Variables" tabindex="0"><table class="cards">',
    `<thead><tr>${heads.map((text) => `<th scope="col">${text}</th>`).join('')}</tr></thead><tbody>`,
    ...variables.map(variableRow),
    '</tbody></table></div></section>',
  ].join('\n')
}

function variableRow({ name, isSecret, reads, fallbacks, isChecked }: ReportedVariable): string {
  const [first] = reads
  const read =
    first === undefined ? '' : `<code>${escapeXml(placeText(first))}</code>${reads.length > 1 ? ` and ${reads.length - 1} more` : ''}`
  const fallback = fallbacks[0] === undefined ? 'no' : `yes <code class="soft">${escapeXml(placeText(fallbacks[0]))}</code>`
  return [
    `<tr><td data-label="Variable"><code>${escapeXml(name)}</code>${isSecret ? ' <span class="soft">secret</span>' : ''}</td>`,
    `<td data-label="Read">${read}</td><td data-label="Has a fallback">${fallback}</td>`,
    `<td data-label="Checked at start">${isChecked === 'unknown' ? 'not known' : isChecked}</td></tr>`,
  ].join('')
}
