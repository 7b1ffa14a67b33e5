// The baseline on disk. In the file paths are seen from its own folder, in memory from the checked one.
import { dirname, resolve } from 'node:path'
import type { BaselineEntry } from '../analyzer/check/baseline.js'
import { toProject } from '../workspace/locateProject.js'
import { readTextFile } from '../workspace/readTextFile.js'
import { writeReport } from '../workspace/writeReport.js'
import { WrongUse } from './exitCode.js'
import { printable } from './terminal.js'

export const BASELINE_FILE = 'parapet.baseline.json'

export interface LoadedBaseline {
  /** Absolute. */
  readonly path: string
  readonly entries: readonly BaselineEntry[]
}

/** Reads a baseline. Throws `WrongUse` for one that is missing or broken. The schema library is only loaded where there is one. */
export async function loadBaseline(file: string, root: string, cwd: string): Promise<LoadedBaseline> {
  const path = resolve(cwd, file)
  const text = readTextFile(path)
  if (text === null)
    throw new WrongUse(`There is no baseline at ${printable(file)}. Make one: parapet baseline create --file ${printable(file)}`)
  const { readBaseline, withPaths } = await import('../analyzer/check/baseline.js')
  const outcome = readBaseline(text)
  if ('problem' in outcome) throw new WrongUse(`The baseline ${printable(file)} is broken. ${printable(outcome.problem)}`)
  return { path, entries: withPaths(outcome.entries, (entry) => toProject(root, resolve(dirname(path), entry))) }
}

/** True where there is a file already. */
export function hasBaseline(file: string, cwd: string): boolean {
  return readTextFile(resolve(cwd, file)) !== null
}

export async function saveBaseline(file: string, root: string, cwd: string, entries: readonly BaselineEntry[]): Promise<void> {
  const path = resolve(cwd, file)
  const { baselineText, withPaths } = await import('../analyzer/check/baseline.js')
  const seen = withPaths(entries, (entry) => toProject(dirname(path), resolve(root, entry)))
  writeReport(path, baselineText(seen))
}

export function splitExpired(
  entries: readonly BaselineEntry[],
  today: string,
): { readonly valid: readonly BaselineEntry[]; readonly expired: readonly BaselineEntry[] } {
  const isOver = ({ expires }: BaselineEntry): boolean => expires !== null && expires < today
  return { valid: entries.filter((entry) => !isOver(entry)), expired: entries.filter(isOver) }
}
