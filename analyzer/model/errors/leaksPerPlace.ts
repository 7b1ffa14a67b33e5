// One leak for each place that hands an error over and each part of it: the surest, with the other answers that carry the same.
import { compareFunctions, inSameFunction, locationKey, sameLocation, type Location } from '../../text/location.js'
import type { Confidence } from '../model.js'

interface Leak {
  readonly at: Location
  readonly part: string
  readonly answer: { readonly at: Location }
  readonly further: readonly Location[]
  readonly confidence: Confidence
}

/** In source order. */
export function oncePerPlace<Found extends Leak>(leaks: Iterable<Found>): readonly Found[] {
  const found = new Map<string, Found>()
  for (const leak of leaks) {
    const key = `${locationKey(leak.at)} ${leak.part}`
    const before = found.get(key)
    found.set(key, before === undefined ? leak : surestOf(before, leak))
  }
  return [...found.values()].sort((a, b) => (a.at.file === b.at.file ? compare(a.at, b.at) : a.at.file < b.at.file ? -1 : 1))
}

function surestOf<Found extends Leak>(before: Found, leak: Found): Found {
  const surest = rank[leak.confidence] > rank[before.confidence] ? leak : before
  const other = surest === leak ? before : leak
  return { ...surest, further: furtherAnswers(surest, [...before.further, ...(isElsewhere(other) ? [other.answer.at] : [])]) }
}

function furtherAnswers({ answer }: Leak, places: readonly Location[]): readonly Location[] {
  const others = [...new Map(places.map((at) => [locationKey(at), at])).values()].filter((at) => !sameLocation(at, answer.at))
  return others.sort((a, b) => a.file.localeCompare(b.file, 'en') || compare(a, b))
}

/** Answered in another function than the one that hands the error over. */
function isElsewhere({ at, answer }: Leak): boolean {
  return !inSameFunction(at, answer.at)
}

const rank = { low: 0, medium: 1, high: 2 } as const

function compare(a: Location, b: Location): number {
  return compareFunctions(a.fn, b.fn) || a.node - b.node
}
