// Where something is called, for records.
import type { NodeId } from '../extract/facts.js'
import type { Location } from '../text/location.js'
import type { CallSite, Frame } from './machine.js'
import { locate } from './places.js'

/** The site of a call at a node of what runs in the frame. */
export function siteOf(frame: Frame, node: NodeId, argsAt: readonly Location[], mode: 'awaited' | 'not-awaited' = 'not-awaited'): CallSite {
  return { at: locate(frame, node), frame, argsAt, isAwaited: mode === 'awaited' }
}
