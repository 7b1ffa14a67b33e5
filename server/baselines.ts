// Accepted findings: the editor leaves out what `check` leaves out, and says what is wrong with a baseline.
import { resolve } from 'node:path'
import { withCounts, type Analysis } from '../analyzer/analyze.js'
import { compareWithKnown, type KnownFinding } from '../analyzer/check/known.js'
import { routePlaces } from '../analyzer/check/places.js'
import { baselinePaths, isWithin, readBaselineAt, splitExpired, type FoundBaseline } from '../workspace/baselineFile.js'

type OpenText = (absolute: string) => string | null

export interface BaselineSearch {
  readonly root: string
  /** Folders of packages, project-relative. */
  readonly packages: readonly string[]
  /** The path that the settings name; '' for none, undefined for those that lie in the project. */
  readonly named: string | null | undefined
  readonly openText: OpenText
}

/** Reads the baselines of a project. One that is broken for a moment does not undo what it accepted before. */
export async function readBaselines(
  { root, packages, named, openText }: BaselineSearch,
  last: readonly FoundBaseline[],
): Promise<readonly FoundBaseline[]> {
  if (named === '') return []
  const paths = named == null ? baselinePaths(root, packages, (path) => openText(path) !== null) : [resolve(root, named)]
  const baselines: FoundBaseline[] = []
  for (const path of paths) {
    const found = await readBaselineAt(path, root, openText)
    if (found !== null) baselines.push({ ...found, entries: found.entries ?? last.find((one) => one.path === path)?.entries ?? null })
    else if (named != null) baselines.push({ path, entries: null, problem: 'It cannot be read. Check the setting parapet.baseline.' })
  }
  return baselines
}

export interface Remaining {
  /** Without the accepted findings. */
  readonly analysis: Analysis
  /** What is accepted. */
  readonly known: readonly KnownFinding[]
  /** How many findings are. */
  readonly accepted: number
  /** Entries that are over, so that what they accepted is reported again. */
  readonly expired: number
}

/** What a check against these baselines leaves. `today` as YYYY-MM-DD. */
export function withoutAccepted(analysis: Analysis, baselines: readonly FoundBaseline[], today: string): Remaining {
  const entries = baselines.flatMap((baseline) => baseline.entries ?? []).filter(({ file }) => isWithin(file))
  const { valid: known, expired } = splitExpired(entries, today)
  if (known.length === 0) return { analysis, known, accepted: 0, expired: expired.length }
  const compared = compareWithKnown(analysis.findings, known, { files: analysis.model.files, isRoute: routePlaces(analysis.model) })
  const left = withCounts({ ...analysis, findings: compared.fresh })
  return { analysis: left, known, accepted: compared.accepted.length, expired: expired.length }
}
