// The answer to "is this route protected, by what, and how sure is that?".
import type { Location } from '../text/location.js'
import type { Effect } from './effect.js'
import type { Answer, ChainLink, Confidence } from './model.js'

export interface ProtectingLink {
  readonly link: ChainLink
  readonly effect: Effect
}

export interface Protection {
  readonly answer: Answer
  readonly confidence: Confidence
  /** `settings`: `app.disable('x-powered-by')`. null where nothing protects. */
  readonly by: 'code' | 'settings' | 'gateway' | null
  /** The links that bring it about. For `no` and `unknown` those that come near: one security header of several, a limiter under a flag. */
  readonly links: readonly ProtectingLink[]
  readonly isConditional: boolean
  readonly flags: readonly string[]
  /** Response headers that are set, where it is about headers. */
  readonly headers: readonly string[]
  readonly unlistedPackages: readonly string[]
  /** Every link that was looked at. */
  readonly looked: readonly Location[]
}
