// The generated part of docs/accuracy.md: figures, and each deviation with its explanation.
import { markdownTable } from '../markers.js'
import type { Backend } from './backends.js'
import type { Claim } from './corpus.js'
import type { Score } from './score.js'

export interface AccuracyFigures {
  readonly backends: readonly Backend[]
  readonly high: Score
  readonly all: Score
  /** Explanations written by hand, by claim id or by `repo file:line rule`. */
  readonly notes: Readonly<Record<string, string>>
}

export interface AccuracyPage {
  readonly markdown: string
  /** Deviations of high confidence that nobody has explained. */
  readonly unexplained: number
}

const UNEXPLAINED = '**unexplained**'

/** Writes the tables and counts the deviations that still lack an explanation. */
export function accuracyPage(figures: AccuracyFigures): AccuracyPage {
  const { backends, high, all, notes } = figures
  const explain = (key: string): string => notes[key] ?? UNEXPLAINED
  const present = backends.filter(({ isPresent }) => isPresent)
  const strayLeaks = present.flatMap((backend) =>
    backend.strayLeaks.map((place) => [backend.repo, place, explain(`${backend.repo} ${place}`)]),
  )
  const placesOf = (places: (backend: Backend) => readonly string[]): string => {
    const rows = present.flatMap((backend) =>
      places(backend).map((place) => [backend.repo, place, notes[`${backend.repo} ${place}`] ?? '']),
    )
    return rows.length === 0 ? 'None.' : markdownTable(['backend', 'place', 'explanation'], rows)
  }
  const sections = [
    ...scored(backends),
    '### Claims of high confidence',
    scoreTable(high),
    consoleLine(high),
    leakLine(high),
    '### With claims of medium confidence too',
    scoreTable(all),
    leakLine(all),
    '### What the model saw of each backend',
    markdownTable(
      [
        'backend',
        'applications',
        'routes',
        'registrations reached',
        'unreached, each with a reason',
        'incomplete scopes',
        'exhausted budgets',
        'unparsed files',
        'internal errors',
      ],
      present.map(({ repo, seen, unreached, unparsed, internalErrors }) => [
        repo,
        seen.applications,
        seen.routes,
        `${seen.reachedRegistrations} of ${seen.registrations}`,
        unreached.length,
        `${seen.incompleteScopes} of ${seen.scopes}`,
        seen.exhaustedBudgets,
        unparsed,
        internalErrors,
      ]),
    ),
    ...deviations(figures),
    '### Error-leak reports on no labelled site, in fully read backends',
    strayLeaks.length === 0 ? 'None.' : markdownTable(['backend', 'report', 'explanation'], strayLeaks),
    '### Console reports that are not on a server call',
    placesOf(({ strayConsole }) => strayConsole),
    '### Console calls of the server that are not reported',
    placesOf(({ missedConsole }) => missedConsole),
    '### Registrations that no entry reaches',
    unreachedTable(present),
  ]
  return {
    markdown: sections.join('\n\n'),
    unexplained: unexplained(figures) + strayLeaks.filter((row) => row.includes(UNEXPLAINED)).length,
  }
}

/** The same of claims alone, for families of which not every place is labelled. */
export function claimsPage(figures: AccuracyFigures): AccuracyPage {
  const sections = [
    ...scored(figures.backends),
    '### Claims of high confidence',
    scoreTable(figures.high),
    '### With claims of medium confidence too',
    scoreTable(figures.all),
    ...deviations(figures),
  ]
  return { markdown: sections.join('\n\n'), unexplained: unexplained(figures) }
}

function scored(backends: readonly Backend[]): readonly string[] {
  const absent = backends.filter(({ isPresent }) => !isPresent)
  return [
    `Backends scored: ${backends.length - absent.length} of ${backends.length}.`,
    ...absent.map(({ repo }) => `Left out because there is no checkout: ${repo}.`),
  ]
}

function deviations({ high, all, notes }: AccuracyFigures): readonly string[] {
  return [
    '### Missed: high confidence',
    claimTable(high.missed, (id) => notes[id] ?? UNEXPLAINED),
    '### False alarms on traps: high confidence',
    claimTable(high.falseAlarms, (id) => notes[id] ?? UNEXPLAINED),
    '### Missed: medium confidence',
    claimTable(without(all.missed, high.missed), (id) => notes[id] ?? ''),
    '### False alarms on traps: medium confidence',
    claimTable(without(all.falseAlarms, high.falseAlarms), (id) => notes[id] ?? ''),
  ]
}

function unexplained({ high, notes }: AccuracyFigures): number {
  return [...high.missed, ...high.falseAlarms].filter(({ id }) => !(id in notes)).length
}

function scoreTable(score: Score): string {
  const rows = Object.entries(score.categories).sort(([a], [b]) => (a < b ? -1 : 1))
  return markdownTable(
    ['category', 'caught', 'caught at low confidence only', 'false alarms on traps'],
    [...rows, ['**all**', score.total] as const].map(([name, row]) => [
      name,
      share(row.hits, row.flags),
      row.quiet,
      share(row.alarms, row.oks),
    ]),
  )
}

function consoleLine({ console: figures }: Score): string {
  return `Console: ${share(figures.caught, figures.known)} of the server's calls reported; ${share(figures.wrong, figures.reports)} of the reports are elsewhere.`
}

function leakLine({ leak }: Score): string {
  return `Error leaks in fully read backends: ${leak.unlabelled} of ${leak.reports} reports stand on no site labelled at this confidence.`
}

function claimTable(claims: readonly Claim[], explain: (id: string) => string): string {
  if (claims.length === 0) return 'None.'
  return markdownTable(
    ['claim', 'backend', 'place', 'kind', 'what the claim says', 'explanation'],
    claims.map((claim) => [claim.id, claim.repo, `${claim.file}:${claim.line}`, claim.rule, claim.claim, explain(claim.id)]),
  )
}

function unreachedTable(backends: readonly Backend[]): string {
  const counts = new Map<string, { repo: string; why: string; count: number; example: string }>()
  for (const { repo, unreached } of backends) {
    for (const { file, line, why } of unreached) {
      const known = counts.get(`${repo} ${why}`)
      if (known) known.count += 1
      else counts.set(`${repo} ${why}`, { repo, why, count: 1, example: `${file}:${line}` })
    }
  }
  if (counts.size === 0) return 'None.'
  return markdownTable(
    ['backend', 'why', 'registrations', 'for example'],
    [...counts.values()].map(({ repo, why, count, example }) => [repo, why, count, example]),
  )
}

function without(claims: readonly Claim[], others: readonly Claim[]): readonly Claim[] {
  const ids = new Set(others.map(({ id }) => id))
  return claims.filter(({ id }) => !ids.has(id))
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`
}
