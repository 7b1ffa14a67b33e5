// Answers that a helper makes of an error which it is handed: what it writes of it, for fixes.
import { inSameFunction, type Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import type { ErrorLeak } from './errorLeaks.js'
import { errorPart } from './errorParts.js'
import { innermostProperty, leavesOf } from './errorPlaces.js'

export interface WrittenPart {
  readonly object: Location
  readonly key: string
  /** The property. */
  readonly at: Location
}

/** Whether the helper takes the part out of the error itself, and does not get a text that its caller took out. */
export function readsError({ answer, error, part }: ErrorLeak): boolean {
  return answer.args.some((arg) =>
    leavesOf(arg).some(({ value }) => {
      const found = errorPart(value)
      return found !== null && found.part === part && !inSameFunction(found.source.at, error.fn)
    }),
  )
}

/** The property of the answer that the helper fills with that part of the error; null where it is no property of a literal there. */
export function writtenPart(model: ProjectModel, { answer, error, part }: ErrorLeak): WrittenPart | null {
  for (const arg of answer.args)
    for (const leaf of leavesOf(arg)) {
      const found = errorPart(leaf.value)
      if (found === null || found.part !== part || inSameFunction(found.source.at, error.fn)) continue
      const place = innermostProperty(model, leaf)
      if (place?.how.kind === 'property' && inSameFunction(place.at, answer.at)) return { ...place.how, at: place.at }
    }
  return null
}
