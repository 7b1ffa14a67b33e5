// What a run has to report, from which every format takes what it can say.
import type { Analysis } from '../../analyzer/analyze.js'
import type { Finding } from '../../analyzer/check/finding.js'
import type { Rule } from '../../analyzer/check/rule.js'
import type { FixOutcome } from '../../analyzer/fixAll.js'
import type { WorkspaceEdit } from '../../analyzer/fix/fix.js'
import type { Colors } from '../terminal.js'
import type { NoticeLine, Skipped } from './limits.js'

export interface Reported {
  readonly analysis: Analysis
  /** The rules that ran, by id. */
  readonly rules: readonly Rule[]
  /** What was fixed, where fixing was asked for. */
  readonly outcome: FixOutcome | null
  readonly skipped: readonly Skipped[]
  readonly notices: readonly NoticeLine[]
  /** Findings that are known and not counted, each with why. */
  readonly accepted: readonly Accepted[]
  /** The text of a file as it is now; '' for none. */
  readonly texts: (file: string) => string
  /** The edits of a finding's fix; null where it has none or it does not apply. */
  readonly edits: (finding: Finding) => WorkspaceEdit | null
  /** The Markdown page of a rule; null for one that has none. */
  readonly page: (ruleId: string) => string | null
  /** From the root of the repository to the checked folder: '' or `apps/api/`. Platforms want paths of the repository. */
  readonly prefix: string
  readonly loadTime: number
  readonly hasStats: boolean
  /** What a comparison adds to the summary: that only new findings are shown, say. */
  readonly remarks: readonly string[]
  /** Which part of the project this is; null for all of it. */
  readonly shard: { readonly index: number; readonly count: number } | null
}

export interface Accepted {
  /** A team decided so, or it was there before the change that is looked at. */
  readonly by: 'baseline' | 'older'
  readonly finding: Finding
  /** What the baseline notes about it, or that it is older than the change. */
  readonly note: string
}

/** How text is laid out where somebody reads it. */
export interface Layout {
  readonly colors: Colors
  readonly columns: number
}

/** One whole report as text. */
export type Format = (reported: Reported, layout: Layout) => string
