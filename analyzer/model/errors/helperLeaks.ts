// Answers that a helper makes of an error which it is handed: what it writes of it, for fixes.
import { inSameFunction, type Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import type { ErrorLeak } from './errorLeaks.js'
import { errorPart } from './errorParts.js'
import { innermostProperty, leavesOf, type Leaf } from './errorPlaces.js'

export interface WrittenPart {
  readonly object: Location
  readonly key: string
  /** The property. */
  readonly at: Location
}

/** Whether the helper takes the part out of the error itself, and does not get a text that its caller took out. */
export function readsError(leak: ErrorLeak): boolean {
  return leavesRead(leak).length > 0
}

/** The property of the answer that the helper fills with that part of the error; null where it is no property of a literal there. */
export function writtenPart(model: ProjectModel, leak: ErrorLeak): WrittenPart | null {
  for (const leaf of leavesRead(leak)) {
    const place = innermostProperty(model, leaf)
    if (place?.how.kind === 'property' && inSameFunction(place.at, leak.answer.at)) return { ...place.how, at: place.at }
  }
  return null
}

function leavesRead({ answer, error, part }: ErrorLeak): readonly Leaf[] {
  return answer.args
    .flatMap((arg) => leavesOf(arg))
    .filter(({ value }) => {
      const found = errorPart(value)
      return found !== null && found.part === part && !inSameFunction(found.source.at, error.fn)
    })
}
