// What a control of the readiness report is: a question about production, and the answers with the places that show them.
import type { Finding } from '../check/finding.js'
import type { App, ProjectModel } from '../model/model.js'
import type { Location } from '../text/location.js'

/** `not-known`: code in the way was not understood. `not-judged`: nothing that looked at it ran, or Parapet cannot look at it. Neither is ever an all-clear. */
export type Status = 'in-place' | 'partly' | 'missing' | 'not-applicable' | 'not-known' | 'not-judged'

export type AreaId =
  | 'headers'
  | 'rate-limits'
  | 'errors'
  | 'logging'
  | 'secrets'
  | 'sessions'
  | 'transport'
  | 'input'
  | 'sockets'
  | 'data-stores'
  | 'operations'
  | 'deployment'

/** Where something stands, and what stands there. */
export interface Shown {
  readonly at: Location
  readonly note: string
}

export interface Judgement {
  readonly status: Status
  readonly text: string
  /** At least one for `in-place`, `partly` and `missing`. */
  readonly shown: readonly Shown[]
  /** The application that it is about; null for the project. */
  readonly app: App | null
}

export interface ControlDefinition {
  readonly id: string
  readonly area: AreaId
  readonly title: string
  /** How much it counts within its area: 3 where its absence alone makes an incident likely, 1 for what adds to the others. */
  readonly weight: 1 | 2 | 3
  /** Rules whose findings speak against it. */
  readonly rules: readonly string[]
  /** Which of their findings do, where a rule speaks of several things; all where it is not given. */
  readonly concerns?: (context: Context, finding: Finding) => boolean
  readonly judge: (context: Context) => readonly Judgement[]
}

/** What controls are judged by. */
export interface Context {
  readonly model: ProjectModel
  /** Applications that serve clients: without health ports and pages of documentation, unless there are no others. */
  readonly apps: readonly App[]
  /** Findings of a rule, also suppressed and accepted ones: an accepted weakness is no control. */
  findingsOf(rules: readonly string[]): readonly Finding[]
  /** Findings that the minimum confidence hides: enough to withhold an all-clear. */
  doubtsOf(rules: readonly string[]): readonly Finding[]
  /** False where a rule is off or failed. */
  hasRun(rule: string): boolean
  /** Why "nothing was found" is not "nothing is there": code that was not understood. null where all of it was. */
  readonly blindness: Shown | null
}

/** One status for several judgements. What does not apply does not count; a gap is never outweighed by what is in place. */
export function combined(judgements: readonly { readonly status: Status }[]): Status {
  const statuses = new Set(judgements.map(({ status }) => status).filter((status) => status !== 'not-applicable'))
  if (statuses.size === 0) return judgements.length === 0 ? 'not-judged' : 'not-applicable'
  if (statuses.size === 1) return [...statuses][0] ?? 'not-judged'
  if (statuses.has('partly')) return 'partly'
  if (statuses.has('missing')) return statuses.has('in-place') ? 'partly' : 'missing'
  return statuses.has('not-known') ? 'not-known' : 'not-judged'
}
