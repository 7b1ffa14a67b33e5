// The readiness report as Markdown, for pull requests, wikis and whoever signs a release off.
import type { Answer, Area, Control, NotedPlace, ReportedVariable } from '../../analyzer/readiness/readiness.js'
import { SURFACE, type SurfaceRoute } from '../../analyzer/readiness/attackSurface.js'
import { code, escapeMarkdown } from '../report/markdown.js'
import { plural } from '../../analyzer/model/words.js'
import type { Change, ReadinessReport } from './readinessReport.js'
import { placeText, protectionText, scoreText, STATUS_SIGNS, STATUS_WORDS, SURFACE_WORDS } from './readinessWords.js'

const MOST_PLACES = 12

export function readinessMarkdown({ readiness, change, notices }: ReadinessReport): string {
  const { areas, routes, environment, applications } = readiness
  const lines = [
    '# Production readiness',
    '',
    ...applications.map(({ name, framework, kind, ...place }) => `- ${code(name)}: ${framework}, ${kind}, ${code(placeText(place))}`),
    ...(applications.length === 0 ? ['No application was found, so nothing is judged.'] : []),
    '',
    '| Area | Score | In place | Partly | Missing | Not known |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...areas.map(areaRow),
    '',
    ...(change === null ? [] : changeLines(change)),
    ...areas.flatMap(areaLines),
    '## Attack surface',
    '',
    ...surfaceLines(routes),
    '## Environment',
    '',
    ...environmentLines(environment),
    '## What was seen',
    '',
    `- ${plural(readiness.seen.files, 'file')}, ${plural(readiness.seen.routes, 'route')}, ${plural(readiness.seen.incompleteScopes, 'scope')} not understood as a whole.`,
    ...readiness.unparsed.map((place) => `- ${code(placeText(place))} does not parse and was not looked at.`),
    ...notices.map((notice) => `- ${escapeMarkdown(notice)}`),
    '',
  ]
  return lines.join('\n')
}

function areaRow({ title, score, controls }: Area): string {
  const count = (status: string): number => controls.filter((control) => control.status === status).length
  return `| ${title} | ${scoreText(score)} | ${count('in-place')} | ${count('partly')} | ${count('missing')} | ${count('not-known')} |`
}

function areaLines({ title, score, controls }: Area): readonly string[] {
  const none = controls.length === 0 ? ['Parapet cannot judge this area yet.', ''] : []
  return [`## ${title}: ${scoreText(score)}`, '', ...none, ...controls.flatMap(controlLines)]
}

function controlLines({ title, status, answers, rules }: Control): readonly string[] {
  const origin = rules.length === 0 ? [] : [`Rules: ${rules.map(code).join(', ')}`, '']
  return [`### ${STATUS_SIGNS[status]} ${title} (${STATUS_WORDS[status]})`, '', ...answers.flatMap(answerLines), '', ...origin]
}

function answerLines({ application, text, status, places }: Answer): readonly string[] {
  const about = application === null ? '' : `${code(application)}: `
  return [`- **${STATUS_WORDS[status]}** ${about}${escapeMarkdown(text)}`, ...placeLines(places)]
}

function placeLines(places: readonly NotedPlace[]): readonly string[] {
  const more = places.length > MOST_PLACES ? [`  - and ${places.length - MOST_PLACES} more`] : []
  return [...places.slice(0, MOST_PLACES).map((place) => `  - ${code(placeText(place))} ${escapeMarkdown(place.note)}`), ...more]
}

function surfaceLines(routes: readonly SurfaceRoute[]): readonly string[] {
  if (routes.length === 0) return ['No route was found.', '']
  const rows = routes.map((route) => {
    const cells = SURFACE.map((capability) => escapeMarkdown(protectionText(route.protections[capability])))
    return `| ${route.method} | ${code(route.path)} | ${code(placeText(route))} | ${cells.join(' | ')} |`
  })
  const heads = SURFACE.map((capability) => SURFACE_WORDS[capability])
  return [`| Method | Path | Place | ${heads.join(' | ')} |`, `| --- | --- | --- |${' --- |'.repeat(heads.length)}`, ...rows, '']
}

function environmentLines(variables: readonly ReportedVariable[]): readonly string[] {
  if (variables.length === 0) return ['No variable is read.', '']
  const rows = variables.map(({ name, isSecret, reads, fallbacks, isChecked }) => {
    const first = reads[0] === undefined ? '' : code(placeText(reads[0]))
    const more = reads.length > 1 ? ` and ${reads.length - 1} more` : ''
    const fallback = fallbacks[0] === undefined ? 'no' : `yes, ${code(placeText(fallbacks[0]))}`
    return `| ${code(name)} | ${isSecret ? 'secret' : ''} | ${first}${more} | ${fallback} | ${isChecked === 'unknown' ? 'not known' : isChecked} |`
  })
  return ['| Variable | | Read | Has a fallback | Checked at start |', '| --- | --- | --- | --- | --- |', ...rows, '']
}

function changeLines({ baseline, fresh, gone, accepted }: Change): readonly string[] {
  return [
    `## Since ${code(baseline)}`,
    '',
    `${plural(fresh.length, 'new finding')}, ${fresh.length === 0 && gone.length === 0 ? 'nothing gone' : `${gone.length} gone`}, ${accepted} accepted.`,
    '',
    ...fresh.map(({ message, file, line, ruleId }) => `- new: ${escapeMarkdown(message)} ${code(`${file}:${line ?? 1}`)} ${code(ruleId)}`),
    ...gone.map(({ message, file, ruleId }) => `- gone: ${escapeMarkdown(message)} ${code(file)} ${code(ruleId)}`),
    '',
  ]
}
