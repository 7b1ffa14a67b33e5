// The baselines of a command line: one that is broken ends the run, and so does one that is named and missing.
import { dirname, resolve } from 'node:path'
import type { BaselineEntry } from '../analyzer/check/baseline.js'
import { baselinePaths, readBaselineAt } from '../workspace/baselineFile.js'
import { toProject } from '../workspace/locateProject.js'
import { readTextFile } from '../workspace/readTextFile.js'
import { writeReport } from '../workspace/writeReport.js'
import { WrongUse } from './exitCode.js'
import { printable } from './terminal.js'

export interface LoadedBaseline {
  /** As it is named, or seen from the current folder. */
  readonly name: string
  readonly entries: readonly BaselineEntry[]
}

/** Reads a baseline. Throws `WrongUse` for one that is missing or broken. */
export async function loadBaseline(file: string, root: string, cwd: string): Promise<LoadedBaseline> {
  const found = await readBaselineAt(resolve(cwd, file), root)
  if (found === null)
    throw new WrongUse(`There is no baseline at ${printable(file)}. Make one: parapet baseline create --file ${printable(file)}`)
  if (found.entries === null) throw new WrongUse(`The baseline ${printable(file)} is broken. ${printable(found.problem ?? '')}`)
  return { name: printable(file), entries: found.entries }
}

export interface BaselineChoice {
  /** The file that is named; false for none, undefined for those that lie in the project. */
  readonly named: string | false | undefined
  readonly root: string
  /** Folders of packages, project-relative. */
  readonly packages: readonly string[]
  readonly cwd: string
}

/** The baselines that count for a project: the one that is named, else those that the editor finds too. Throws `WrongUse` for one that is broken. */
export async function baselinesFor({ named, root, packages, cwd }: BaselineChoice): Promise<readonly LoadedBaseline[]> {
  if (named === false) return []
  const lying = (): readonly string[] =>
    baselinePaths(root, packages, () => false)
      .map((path) => toProject(cwd, path))
      .filter((file) => hasBaseline(file, cwd))
  const files = named === undefined ? lying() : [named]
  return Promise.all(files.map((file) => loadBaseline(file, root, cwd)))
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
