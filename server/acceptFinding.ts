// Accepting a finding for now: one entry more in the baseline that stands nearest to it.
import { dirname, join, resolve, sep } from 'node:path'
import type { Finding } from '../analyzer/check/finding.js'
import { knownFrom } from '../analyzer/check/known.js'
import type { TextEdit } from '../analyzer/fix/fix.js'
import { toProject } from '../workspace/locateProject.js'
import { lineEdits } from './lineEdits.js'
import type { ProjectState } from './projectState.js'

/** The baseline that would hold an entry about this file: the deepest one that is in use and in a folder around it, else any; null where there is none. */
export function baselineFor(file: string, { root, baselines }: Pick<ProjectState, 'root' | 'baselines'>): string | null {
  const usable = baselines.filter(({ problem }) => problem === null).map(({ path }) => path)
  const around = usable.filter((path) => join(root, file).startsWith(dirname(path) + sep))
  return (around.length > 0 ? around : usable).toSorted((a, b) => b.length - a.length)[0] ?? null
}

/** The edits of the baseline's text that accept the finding, for the reason in `note`; null where the text is no baseline any more. The schema library is loaded only now. */
export async function acceptingEdits(
  finding: Finding,
  { root, analysis }: ProjectState,
  { path, text, note }: { readonly path: string; readonly text: string; readonly note: string },
): Promise<readonly TextEdit[] | null> {
  const { baselineText, entryOf, readBaseline, withPaths } = await import('../analyzer/check/baseline.js')
  const outcome = readBaseline(text)
  if ('problem' in outcome) return null
  const entry = entryOf(finding, knownFrom(finding, analysis.model.files), { note, expires: null })
  const seenFromThere = withPaths([entry], (one) => toProject(dirname(path), resolve(root, one)))
  return lineEdits(text, baselineText([...outcome.entries, ...seenFromThere]))
}
