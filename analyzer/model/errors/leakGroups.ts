// Errors that reach clients, as they are told of: one group for each answer that carries them, or for each helper that answers for others.
import { addToGroup } from '../../grouped.js'
import { inSameFunction, locationKey, sameLocation, type Location } from '../../text/location.js'
import { errorLeaks, type ErrorLeak } from './errorLeaks.js'
import type { Confidence, ProjectModel } from '../model.js'
import { weakest } from '../verdict.js'

export interface LeakGroup {
  /** Of one answer the surest part, of several places the first. */
  readonly first: ErrorLeak
  readonly all: readonly ErrorLeak[]
  readonly confidence: Confidence
  /** Answers beside the first that carry the error, each once. */
  readonly further: readonly Location[]
}

/** In source order. An answer that carries a stack is a leak of its own, and no group here. */
export function leakGroups(model: ProjectModel): readonly LeakGroup[] {
  const leaks = errorLeaks(model)
  const withStack = new Set(leaks.flatMap(({ part, answer }) => (part === 'stack' ? [locationKey(answer.at)] : [])))
  const groups = new Map<string, ErrorLeak[]>()
  for (const leak of leaks)
    if (!withStack.has(locationKey(leak.answer.at)) && !isToldWhereAnswered(leaks, leak)) addToGroup(groups, causeOf(leak), leak)
  return [...groups.values()].flatMap(groupOf)
}

/** The answer, or the helper that several places hand their errors to. */
function causeOf({ at, part, answer }: ErrorLeak): string {
  return inSameFunction(at, answer.at) ? locationKey(answer.at) : `${at.file} ${part} ${answer.at.file}#${answer.at.fn}`
}

function groupOf(all: readonly ErrorLeak[]): readonly LeakGroup[] {
  const confidences = all.map((leak) => leak.confidence)
  const confidence = weakest(confidences, 'strongest')
  const first = all.find((leak) => leak.confidence === confidence || !inSameFunction(leak.at, leak.answer.at))
  const further = new Map(all.flatMap((leak) => leak.further).map((at) => [locationKey(at), at]))
  return first === undefined ? [] : [{ first, all, confidence, further: [...further.values()] }]
}

/** Where the answering function has the error at hand itself, whoever called it with one says nothing new. */
function isToldWhereAnswered(leaks: readonly ErrorLeak[], { at, answer, part }: ErrorLeak): boolean {
  const isOwn = (place: Location): boolean => inSameFunction(place, answer.at)
  return !isOwn(at) && leaks.some((one) => sameLocation(one.answer.at, answer.at) && one.part === part && isOwn(one.at))
}
