// What is kept of a sweep from one model to the next.
import type { SourceFacts } from '../extract/facts.js'
import type { Unit } from './units.js'

/** Runs of a sweep that are kept, by function, and all of those of one file as long as nothing about it changed. */
export interface SweepRuns {
  readonly byFunction: Map<string, Unit>
  readonly byFile: Map<string, { readonly functions: SourceFacts['functions']; readonly units: readonly Unit[] }>
}

export function newSweepRuns(): SweepRuns {
  return { byFunction: new Map(), byFile: new Map() }
}

/** What was swept of these functions, or left to others, is looked at anew. */
export function resweep(runs: SweepRuns, functions: Iterable<string>): void {
  for (const key of functions) runs.byFile.delete(key.slice(0, key.lastIndexOf('#')))
}
