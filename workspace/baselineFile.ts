// Baselines on the disk. In the file paths are seen from its own folder, in memory from the project.
import { dirname, join, resolve } from 'node:path'
import type { BaselineEntry } from '../analyzer/check/baseline.js'
import { findUpwards, toProject } from './locateProject.js'
import { readTextFile } from './readTextFile.js'

export const BASELINE_FILE = 'parapet.baseline.json'

export interface FoundBaseline {
  /** Absolute. */
  readonly path: string
  /** null when the file is broken. */
  readonly entries: readonly BaselineEntry[] | null
  /** What is wrong with it, as a sentence; null for a good one. */
  readonly problem: string | null
}

/** Reads a baseline of the project at `root`; null for a file that cannot be read. The schema library is only loaded where there is one. */
export async function readBaselineAt(
  path: string,
  root: string,
  openText: (absolute: string) => string | null = () => null,
): Promise<FoundBaseline | null> {
  const text = openText(path) ?? readTextFile(path)
  if (text === null) return null
  const { readBaseline, withPaths } = await import('../analyzer/check/baseline.js')
  const outcome = readBaseline(text)
  if ('problem' in outcome) return { path, entries: null, problem: outcome.problem }
  return { path, entries: withPaths(outcome.entries, (entry) => toProject(root, resolve(dirname(path), entry))), problem: null }
}

/** Where baselines of a project may lie: the nearest one upwards, and beside the manifests of its packages. `packages` are their folders, project-relative. */
export function baselinePaths(root: string, packages: readonly string[], isThere: (path: string) => boolean): readonly string[] {
  const above = findUpwards(root, BASELINE_FILE, isThere)
  const inside = packages.filter((folder) => folder !== '').map((folder) => join(root, folder, BASELINE_FILE))
  return [...(above === null ? [] : [above]), ...inside.sort()]
}

/** What a baseline further up accepts in other folders says nothing about this one. */
export function isWithin(file: string): boolean {
  return !file.startsWith('../')
}

/** Entries that count on a day, as YYYY-MM-DD, and those that are over. */
export function splitExpired(
  entries: readonly BaselineEntry[],
  today: string,
): { readonly valid: readonly BaselineEntry[]; readonly expired: readonly BaselineEntry[] } {
  const isOver = ({ expires }: BaselineEntry): boolean => expires !== null && expires < today
  return { valid: entries.filter((entry) => !isOver(entry)), expired: entries.filter(isOver) }
}
