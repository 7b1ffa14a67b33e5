// Takes from an analysis what is known already: what a baseline accepts, and what is older than the change that is looked at.
import { join } from 'node:path'
import { withCounts, type Analysis } from '../analyzer/analyze.js'
import type { BaselineEntry } from '../analyzer/check/baseline.js'
import { compareFindings, type Finding } from '../analyzer/check/finding.js'
import { compareWithKnown, knownFrom, type KnownFinding } from '../analyzer/check/known.js'
import { routePlaces } from '../analyzer/check/places.js'
import { findUpwards, toProject } from '../workspace/locateProject.js'
import { loadProject } from '../workspace/loadProject.js'
import { takeSnapshot } from '../workspace/snapshot.js'
import { filesOfCommit } from '../workspace/git.js'
import { analyzeProject, type Choices } from './analyzeProject.js'
import { BASELINE_FILE, isWithin, splitExpired } from '../workspace/baselineFile.js'
import { loadBaseline } from './baselineFile.js'
import { resolveSince, type Base } from './changeBase.js'
import type { OpenProject } from './openProject.js'
import type { NoticeLine } from './report/limits.js'
import type { Accepted } from './report/reported.js'
import { askGit } from './repository.js'
import { plural } from './report/words.js'
import { selects } from './selection.js'
import { printable, type Terminal } from './terminal.js'

export interface CompareOptions {
  readonly baseline?: string
  readonly since?: string
  readonly staged: boolean
}

export interface Compared {
  readonly analysis: Analysis
  readonly accepted: readonly Accepted[]
  readonly notices: readonly NoticeLine[]
  readonly remarks: readonly string[]
  /** Findings that were left out, or shown with a part of their places, whole. */
  readonly older: readonly Finding[]
}

/** Leaves the findings that are new. `whole` is the analysis of the present state, before it is limited to the files that are asked about. */
export async function compare(
  analysis: Analysis,
  open: OpenProject,
  options: CompareOptions,
  choices: Choices,
  terminal: Terminal,
): Promise<Compared> {
  let compared: Compared = { analysis, accepted: [], notices: [], remarks: [], older: [] }
  if (options.since !== undefined || options.staged) {
    const base = resolveSince(open.target.root, options.since ?? null)
    compared = withoutOlder(compared, base, olderFindings(open, base, choices))
  }
  if (options.baseline !== undefined) return withoutBaseline(compared, options.baseline, open, choices, terminal)
  return { ...compared, remarks: [...compared.remarks, ...unusedBaseline(open, terminal)] }
}

/** The editor takes a baseline that lies there; a check, which may have to prove something, takes what it is told and says what it left. */
function unusedBaseline({ target }: OpenProject, { cwd }: Terminal): readonly string[] {
  const path = findUpwards(target.root, BASELINE_FILE)
  if (path === null) return []
  const name = printable(toProject(cwd, path))
  return [`The baseline ${name} does not count here. --baseline ${name} leaves out what it accepts, as the editor does.`]
}

function withoutOlder(compared: Compared, base: Base, older: readonly KnownFinding[]): Compared {
  const { analysis } = compared
  const { fresh, accepted, spread } = compareWithKnown(analysis.findings, older, presentOf(analysis))
  const note = `older than the change since ${base.name}`
  return {
    ...compared,
    analysis: withCounts({ ...analysis, findings: fresh }),
    accepted: accepted.map(({ finding }) => ({ by: 'older' as const, finding, note })),
    older: [...accepted, ...spread].map(({ finding }) => finding),
    remarks: [`Only what came since ${base.name} counts: ${plural(accepted.length, 'older finding')} left out.`],
  }
}

/** Findings cross files, so both sides are booted whole. Facts of files that did not change serve both. */
function olderFindings(open: OpenProject, base: Base, choices: Choices): readonly KnownFinding[] {
  const { repository, folder, commit } = base
  if (commit === null) return []
  const snapshot = askGit(repository, () => takeSnapshot(repository, filesOfCommit(repository, commit), folder))
  try {
    const older = loadProject(join(snapshot.root, folder), {
      extracts: 'asked',
      known: open.project.files,
      ...(open.part === null ? {} : { isExcluded: open.part.isExcluded }),
    })
    const { findings } = analyzeProject({ ...open, project: { ...older, ignoredFiles: open.project.ignoredFiles } }, choices)
    return findings.map((finding) => knownFrom(finding, older.files))
  } finally {
    snapshot.remove()
  }
}

/** What a baseline says of the files that are looked at, and what of it is over. */
export async function entriesFor(path: string, open: OpenProject, terminal: Terminal): Promise<ReturnType<typeof splitExpired>> {
  const { entries } = await loadBaseline(path, open.target.root, terminal.cwd)
  const isHere = ({ file }: BaselineEntry): boolean => isWithin(file) && open.part?.isExcluded(file) !== true
  return splitExpired(entries.filter(isHere), terminal.today())
}

async function withoutBaseline(
  compared: Compared,
  path: string,
  open: OpenProject,
  choices: Choices,
  terminal: Terminal,
): Promise<Compared> {
  const { analysis } = compared
  const { valid, expired } = await entriesFor(path, open, terminal)
  // What is older than the change may be in the baseline too.
  const whole = [...analysis.findings, ...compared.accepted.map(({ finding }) => finding)].sort(compareFindings)
  const { fresh, accepted, obsolete } = compareWithKnown(whole, valid, presentOf(analysis))
  const inBaseline = new Set(accepted.map(({ finding }) => finding.fingerprint))
  const counted = new Set(analysis.findings.map(({ fingerprint }) => fingerprint))
  const gone = stillMissing(obsolete, analysis, open, choices, compared.older)
  return {
    ...compared,
    analysis: withCounts({ ...analysis, findings: fresh.filter(({ fingerprint }) => counted.has(fingerprint)) }),
    accepted: [
      ...compared.accepted.filter(({ finding }) => !inBaseline.has(finding.fingerprint)),
      ...accepted.map(({ finding, known }) => ({
        by: 'baseline' as const,
        finding,
        note: known.note === '' ? `in the baseline ${path}` : known.note,
      })),
    ],
    notices: [...compared.notices, ...noticesAbout(path, gone.length, expired.length)],
    remarks: [...compared.remarks, ...(accepted.length === 0 ? [] : [`${plural(accepted.length, 'finding')} in the baseline ${path}.`])],
  }
}

/** Entries of files and rules that were not asked about, of findings that are accepted already (`besides`), and of findings that are hidden or suppressed, are not obsolete. */
export function stillMissing<Known extends KnownFinding>(
  obsolete: readonly Known[],
  analysis: Analysis,
  { target }: OpenProject,
  { only }: Choices,
  besides: readonly Finding[] = [],
): readonly Known[] {
  const rest = compareWithKnown([...analysis.hidden, ...analysis.suppressed, ...besides], obsolete, presentOf(analysis)).obsolete
  const isAsked = selects(target.selection)
  return rest.filter(({ file, ruleId }) => isAsked(file) && !file.startsWith('../') && (only.length === 0 || only.includes(ruleId)))
}

export function presentOf({ model }: Analysis): Parameters<typeof compareWithKnown>[2] {
  return { files: model.files, isRoute: routePlaces(model) }
}

/** A finding as it would stand in a baseline. */
export function knownOf(finding: Finding, { model }: Analysis): KnownFinding {
  return knownFrom(finding, model.files)
}

function noticesAbout(path: string, obsolete: number, expired: number): readonly NoticeLine[] {
  const notices: NoticeLine[] = []
  if (obsolete > 0) {
    const are = obsolete === 1 ? 'is' : 'are'
    notices.push({
      kind: 'baseline-obsolete',
      message: `${plural(obsolete, 'entry', 'entries')} of ${path} ${are} obsolete, since the finding is gone: parapet baseline prune --file ${path}`,
      isWarning: false,
    })
  }
  if (expired > 0) {
    notices.push({
      kind: 'baseline-expired',
      message: `${plural(expired, 'entry', 'entries')} of ${path} ${expired === 1 ? 'has' : 'have'} expired, so what they accepted is reported again.`,
      isWarning: true,
    })
  }
  return notices
}
