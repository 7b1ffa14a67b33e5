// Makes the effect of a project function that was recognised by what it does.
import type { Guard } from '../link/value.js'
import type { Location } from '../text/location.js'
import type { Conduct } from './conduct.js'
import { asksForPath, flagsOf, type Effect } from './effect.js'
import type { Capability, Confidence } from './model.js'

/** An effect of a project function that comes about at a place under these conditions. */
export function ownEffect(
  conduct: Conduct,
  capability: Capability,
  confidence: Confidence,
  at: Location,
  guards: readonly Guard[],
  detail: string,
  more: Partial<Effect> = {},
): Effect {
  const flags = flagsOf(guards)
  return {
    capability,
    confidence: confidence === 'high' && asksForPath(guards) ? 'medium' : confidence,
    at,
    options: null,
    call: null,
    package: null,
    fn: conduct.fn,
    source: 'behaviour',
    isConditional: flags.length > 0,
    flags,
    headers: [],
    detail,
    ...more,
  }
}
