// Takes from an analysis what is known already: what a baseline accepts, and what is older than the change that is looked at.
import { join } from 'node:path'
import { withCounts, type Analysis } from '../analyzer/analyze.js'
import type { BaselineEntry } from '../analyzer/check/baseline.js'
import { compareFindings, type Finding } from '../analyzer/check/finding.js'
import { compareWithKnown, knownFrom, type KnownFinding } from '../analyzer/check/known.js'
import { routePlaces } from '../analyzer/check/places.js'
import { loadProject } from '../workspace/loadProject.js'
import { takeSnapshot } from '../workspace/snapshot.js'
import { filesOfCommit } from '../workspace/git.js'
import { analyzeProject, type Choices } from './analyzeProject.js'
import { isWithin, splitExpired } from '../workspace/baselineFile.js'
import { baselinesFor, type LoadedBaseline } from './baselineFile.js'
import { resolveSince, type Base } from './changeBase.js'
import type { OpenProject } from './openProject.js'
import type { NoticeLine } from './report/limits.js'
import type { Accepted } from './report/reported.js'
import { askGit } from './repository.js'
import { plural } from '../analyzer/model/words.js'
import { selects } from './selection.js'
import type { Terminal } from './terminal.js'

export interface CompareOptions {
  /** The file that is named; false for none, undefined for those that lie in the project. */
  readonly baseline?: string | false
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
  return withoutBaselines(compared, await acceptedFor(options.baseline, open, terminal), open, choices)
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

interface AcceptedBy extends ReturnType<typeof splitExpired> {
  readonly name: string
}

/** What each baseline says of the files that are looked at, and what of it is over. */
export async function acceptedFor(
  named: CompareOptions['baseline'],
  { target, project, part }: OpenProject,
  { cwd, today }: Terminal,
): Promise<readonly AcceptedBy[]> {
  const isHere = ({ file }: BaselineEntry): boolean => isWithin(file) && part?.isExcluded(file) !== true
  const packages = project.packages.map(({ folder }) => folder)
  const split = ({ name, entries }: LoadedBaseline): AcceptedBy => ({ name, ...splitExpired(entries.filter(isHere), today()) })
  return (await baselinesFor({ named, root: target.root, packages, cwd })).map(split)
}

function withoutBaselines(compared: Compared, baselines: readonly AcceptedBy[], open: OpenProject, choices: Choices): Compared {
  const { analysis } = compared
  const nameOf = new Map<BaselineEntry, string>(baselines.flatMap(({ name, valid }) => valid.map((entry) => [entry, name] as const)))
  // What is older than the change may be in the baseline too.
  const whole = [...analysis.findings, ...compared.accepted.map(({ finding }) => finding)].sort(compareFindings)
  const { fresh, accepted, obsolete } = compareWithKnown(whole, [...nameOf.keys()], presentOf(analysis))
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
        note: known.note === '' ? `in the baseline ${nameOf.get(known)}` : known.note,
      })),
    ],
    notices: [
      ...compared.notices,
      ...baselines.flatMap(({ name, expired }) =>
        noticesAbout(name, gone.filter((known) => nameOf.get(known) === name).length, expired.length),
      ),
    ],
    remarks: [
      ...compared.remarks,
      ...baselines.flatMap(({ name }) => {
        const own = accepted.filter(({ known }) => nameOf.get(known) === name).length
        return own === 0 ? [] : [`${plural(own, 'finding')} in the baseline ${name}.`]
      }),
    ],
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
