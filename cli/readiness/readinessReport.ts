// What a readiness report consists of besides what the model says: the change since a baseline, and what limits what was seen.
import type { Readiness } from '../../analyzer/readiness/readiness.js'

export interface ChangedFinding {
  readonly ruleId: string
  readonly file: string
  /** null for findings that are gone. */
  readonly line: number | null
  readonly message: string
}

export interface Change {
  /** The baseline file as it was given. */
  readonly baseline: string
  readonly fresh: readonly ChangedFinding[]
  readonly gone: readonly ChangedFinding[]
  readonly accepted: number
}

export interface ReadinessReport {
  readonly readiness: Readiness
  readonly change: Change | null
  /** What a reader should know of the run itself. */
  readonly notices: readonly string[]
}
