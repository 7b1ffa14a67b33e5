// Runs the built command line over one checkout and keeps what it said.
import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Claim, ConsoleCall, Corpus, Repository } from './corpus.js'

export interface Backend {
  readonly repo: string
  readonly isPresent: boolean
  readonly seen: Seen
  readonly unparsed: number
  readonly internalErrors: number
  readonly unreached: readonly { readonly file: string; readonly line: number; readonly why: string }[]
  /** Error-leak reports in a fully read backend that stand on no labelled site: `file:line rule`. */
  readonly strayLeaks: readonly string[]
  /** Console reports that stand on no call of the server: `file:line`. */
  readonly strayConsole: readonly string[]
  /** Calls of the server that are not reported: `file:line`. */
  readonly missedConsole: readonly string[]
}

export interface Seen {
  readonly applications: number
  readonly registrations: number
  readonly reachedRegistrations: number
  readonly scopes: number
  readonly incompleteScopes: number
  readonly routes: number
  readonly exhaustedBudgets: number
}

interface Place {
  readonly file: string
  readonly range: { readonly start: { readonly line: number }; readonly end: { readonly line: number } }
}

interface Finding extends Place {
  readonly ruleId: string
  readonly confidence: 'high' | 'medium' | 'low'
  readonly related: readonly (Place & { readonly role: 'affected' | 'evidence' })[]
}

const NOTHING_SEEN: Seen = {
  applications: 0,
  registrations: 0,
  reachedRegistrations: 0,
  scopes: 0,
  incompleteScopes: 0,
  routes: 0,
  exhaustedBudgets: 0,
}
const LEAK_RULES = ['no-stack-in-response', 'no-error-object-in-response']

/** Checks the backend, leaves its findings in the folder for the scorer, and says what was seen. */
export function analyseBackend(root: string, checkouts: string, findingsFolder: string, repository: Repository, corpus: Corpus): Backend {
  const checkout = join(checkouts, repository.dir)
  if (!existsSync(checkout)) {
    console.log(`${repository.repo}: no checkout, left out`)
    const nothing = { unparsed: 0, internalErrors: 0, unreached: [], strayLeaks: [], strayConsole: [], missedConsole: [] }
    return { repo: repository.repo, isPresent: false, seen: NOTHING_SEEN, ...nothing }
  }
  const output = parapet(root, ['check', checkout, '--preset', 'strict', '--min-confidence', 'low', '--format', 'json'])
  writeFileSync(join(findingsFolder, `${repository.dir}.json`), output)
  const report = JSON.parse(output) as { findings: Finding[]; seen: Seen; unparsed: unknown[]; internalErrors: unknown[] }
  const routes = JSON.parse(parapet(root, ['routes', checkout, '--unreached', '--format', 'json'])) as { unreached: Backend['unreached'] }
  const loud = report.findings.filter(({ confidence }) => confidence !== 'low')
  return {
    repo: repository.repo,
    isPresent: true,
    seen: report.seen,
    unparsed: report.unparsed.length,
    internalErrors: report.internalErrors.length,
    unreached: routes.unreached,
    strayLeaks: corpus.fullyRead.has(repository.repo)
      ? leaksOnNoClaim(
          loud,
          corpus.claims.filter((claim) => claim.repo === repository.repo),
        )
      : [],
    ...consoleDeviations(
      loud,
      corpus.consoleCalls.filter((call) => call.dir === repository.dir),
    ),
  }
}

function parapet(root: string, args: readonly string[]): string {
  const run = spawnSync(process.execPath, [join(root, 'dist', 'cli.js'), ...args], { encoding: 'utf8', maxBuffer: 1 << 30 })
  if (run.status !== 0 && run.status !== 1)
    throw new Error(`parapet ${args[0] ?? ''} ended with ${run.status ?? run.signal ?? 'nothing'}: ${run.stderr}`)
  return run.stdout
}

function leaksOnNoClaim(findings: readonly Finding[], claims: readonly Claim[]): string[] {
  const sites = claims.filter(({ category, verdict }) => category === 'error-leak' && verdict === 'flag')
  const isNear = (place: Place, claim: Claim): boolean =>
    place.file === claim.file &&
    claim.line >= place.range.start.line - 2 &&
    claim.line <= Math.min(place.range.end.line, place.range.start.line + 10) + 2
  return findings
    .filter(({ ruleId }) => LEAK_RULES.includes(ruleId))
    .filter(
      (finding) =>
        ![finding, ...finding.related.filter(({ role }) => role === 'affected')].some((place) => sites.some((site) => isNear(place, site))),
    )
    .map(({ file, range, ruleId }) => `${file}:${range.start.line} ${ruleId}`)
}

function consoleDeviations(findings: readonly Finding[], calls: readonly ConsoleCall[]): Pick<Backend, 'strayConsole' | 'missedConsole'> {
  const place = ({ file, line }: ConsoleCall): string => `${file}:${line}`
  const server = calls.filter(({ kind }) => kind === 'server')
  const known = new Set(server.map(place))
  const reported = new Set(findings.filter(({ ruleId }) => ruleId === 'no-console').map(({ file, range }) => `${file}:${range.start.line}`))
  return {
    strayConsole: [...reported].filter((at) => !known.has(at)),
    missedConsole: [...new Set(server.filter(({ call }) => call).map(place))].filter((at) => !reported.has(at)),
  }
}
