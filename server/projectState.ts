// What the last analysis of a folder found, and what it looked at.
import type { Analysis } from '../analyzer/analyze.js'
import type { KnownFinding } from '../analyzer/check/known.js'
import type { RegionOptions } from '../analyzer/regions.js'
import type { FoundBaseline } from '../workspace/baselineFile.js'
import type { Project } from '../workspace/loadProject.js'
import type { Configurations } from './projectInputs.js'

export interface ProjectState {
  readonly root: string
  /** Without the accepted findings. */
  readonly analysis: Analysis
  /** What it ran under. */
  readonly regions: Pick<RegionOptions, 'configuration' | 'nested'>
  readonly found: Configurations
  readonly baselines: readonly FoundBaseline[]
  /** What they accept, and how many findings that are. */
  readonly known: readonly KnownFinding[]
  readonly accepted: number
  /** Entries of baselines that are over. */
  readonly expired: number
  readonly project: Project
  /** The last text that parsed of each open file, as it was analysed; by project-relative path. */
  readonly goodTexts: ReadonlyMap<string, string>
  /** Milliseconds. */
  readonly duration: number
  readonly endedAt: Date
}
