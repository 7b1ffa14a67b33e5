// Places beside that of a finding: where the same fault stands again, and what lets a reader check it.
import type { Location } from '../text/location.js'

export interface RelatedPlace {
  readonly at: Location
  readonly note: string
  /** `affected`: a further place with the same fault. `evidence`: what lets a reader check the finding. */
  readonly role: 'affected' | 'evidence'
  /** How many of the routes that are registered there are meant; all of them where it is not said. */
  readonly routes?: number
  /** Their names, `POST /login`, where one line registers the routes of several controllers. */
  readonly routeNames?: readonly string[]
}

/** A further place with the same fault. */
export function affected(at: Location, note: string): RelatedPlace {
  return { at, note, role: 'affected' }
}

/** A place that lets a reader check the finding. */
export function evidence(at: Location, note: string): RelatedPlace {
  return { at, note, role: 'evidence' }
}
