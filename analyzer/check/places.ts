// The places of a problem, and what is left of it when some of them are taken away.
import type { ProjectModel } from '../model/model.js'
import { recordedOnce } from '../model/recorded.js'
import { locationKey, type Location } from '../text/location.js'
import type { Candidate } from './finding.js'
import type { RelatedPlace } from './rule.js'

/** Says whether a route is registered at a place. */
export type IsRoute = (at: Location) => boolean

export const routePlaces: (model: ProjectModel) => IsRoute = recordedOnce((model) => {
  const keys = new Set<string>()
  for (const route of model.routes) keys.add(locationKey(route.at)).add(locationKey(route.entry.at))
  for (const scope of model.scopes) for (const entry of scope.entries) if (entry.kind === 'route') keys.add(locationKey(entry.at))
  return (at) => keys.has(locationKey(at))
})

export function affectedPlaces(candidate: Candidate): readonly RelatedPlace[] {
  return (candidate.problem.related ?? []).filter((place) => place.role === 'affected')
}

/** True when the finding stands at something that holds the faulty places (an application, a router) and is not itself one of them. */
export function isAtContainer(candidate: Candidate, isRoute: IsRoute): boolean {
  const affected = affectedPlaces(candidate)
  return affected.length > 0 && affected.every((place) => isRoute(place.at)) && !isRoute(candidate.problem.at)
}

/**
 * The candidate without the places for which `isGone` holds; null when nothing is left.
 * When the finding's own place goes and others stay, the first of them takes its place.
 */
export function withoutPlaces(candidate: Candidate, isRoute: IsRoute, isGone: (at: Location) => boolean): Candidate | null {
  const { problem } = candidate
  const affected = affectedPlaces(candidate)
  const left = affected.filter((place) => !isGone(place.at))
  const isPlaceGone = isGone(problem.at)
  if (!isPlaceGone && left.length === affected.length) return candidate
  if (isAtContainer(candidate, isRoute))
    return isPlaceGone || left.length === 0 ? null : withRelated(candidate, (place) => left.includes(place))
  if (!isPlaceGone) return withRelated(candidate, (place) => left.includes(place))
  const [next] = left
  if (!next) return null
  const rest = withRelated(candidate, (place) => place !== next && left.includes(place))
  // The fix belongs to the place that went.
  const { fix: _, ...others } = rest.problem
  return { ...rest, problem: { ...others, at: next.at } }
}

function withRelated(candidate: Candidate, keepsAffected: (place: RelatedPlace) => boolean): Candidate {
  const related = (candidate.problem.related ?? []).filter((place) => place.role === 'evidence' || keepsAffected(place))
  return { ...candidate, problem: { ...candidate.problem, related } }
}
