// The baseline that a command line names: one that is missing or broken ends the run.
import { dirname, resolve } from 'node:path'
import type { BaselineEntry } from '../analyzer/check/baseline.js'
import { readBaselineAt } from '../workspace/baselineFile.js'
import { toProject } from '../workspace/locateProject.js'
import { readTextFile } from '../workspace/readTextFile.js'
import { writeReport } from '../workspace/writeReport.js'
import { WrongUse } from './exitCode.js'
import { printable } from './terminal.js'

export interface LoadedBaseline {
  /** Absolute. */
  readonly path: string
  readonly entries: readonly BaselineEntry[]
}

/** Reads a baseline. Throws `WrongUse` for one that is missing or broken. */
export async function loadBaseline(file: string, root: string, cwd: string): Promise<LoadedBaseline> {
  const found = await readBaselineAt(resolve(cwd, file), root)
  if (found === null)
    throw new WrongUse(`There is no baseline at ${printable(file)}. Make one: parapet baseline create --file ${printable(file)}`)
  if (found.entries === null) throw new WrongUse(`The baseline ${printable(file)} is broken. ${printable(found.problem ?? '')}`)
  return { path: found.path, entries: found.entries }
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
