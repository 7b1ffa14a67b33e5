// One cause, one finding, across rules: which rule's finding makes which other one superfluous.
import type { FileFacts } from '../extract/facts.js'
import type { Confidence } from '../model/model.js'
import { locationKey, sameLocation, type Location } from '../text/location.js'
import type { Candidate } from './finding.js'
import { affectedPlaces, withoutPlaces, type IsRoute } from './places.js'
import { overlaps, rangeOf } from './range.js'
import type { RelatedPlace } from './rule.js'

interface Precedence {
  readonly winner: string
  readonly loser: string
  /**
   * `same-code`: the loser loses every place that shares characters with a place of the winner.
   * `affected`: it loses the places that the winner affects; a winner that lists none, and stands at no route itself, takes the whole application that its evidence names.
   */
  readonly by: 'same-code' | 'affected'
}

/** In order: a finding that lost takes nothing from others any more. */
const PRECEDENCE: readonly Precedence[] = [
  // A limiter that is there and does nothing is the cause; that routes lack one follows from it.
  { winner: 'no-ineffective-rate-limit', loser: 'require-auth-rate-limit', by: 'affected' },
  { winner: 'no-ineffective-rate-limit', loser: 'require-rate-limit', by: 'affected' },
  // A webhook that asks for a signature works for its provider alone, which needs no limit of its own.
  { winner: 'require-webhook-signature', loser: 'require-auth-rate-limit', by: 'affected' },
  { winner: 'require-auth-rate-limit', loser: 'require-rate-limit', by: 'affected' },
  // What a limiter that does nothing lets through, and where it counts, does not matter.
  { winner: 'no-ineffective-rate-limit', loser: 'no-lax-auth-rate-limit', by: 'same-code' },
  { winner: 'no-ineffective-rate-limit', loser: 'require-shared-rate-limit-store', by: 'same-code' },
  { winner: 'no-ineffective-rate-limit', loser: 'require-proxy-aware-rate-limit', by: 'same-code' },
  { winner: 'no-permissive-trust-proxy', loser: 'require-proxy-aware-rate-limit', by: 'same-code' },
  { winner: 'no-credentialed-any-origin', loser: 'no-permissive-cors', by: 'same-code' },
  { winner: 'no-credentialed-any-origin', loser: 'no-bypassable-origin-check', by: 'same-code' },
  { winner: 'no-permissive-cors', loser: 'no-bypassable-origin-check', by: 'same-code' },
  { winner: 'no-credentialed-any-origin', loser: 'require-socket-origin-check', by: 'same-code' },
  { winner: 'no-permissive-cors', loser: 'require-socket-origin-check', by: 'same-code' },
  { winner: 'no-bypassable-origin-check', loser: 'no-development-origin', by: 'same-code' },
  { winner: 'no-stack-in-response', loser: 'no-error-object-in-response', by: 'same-code' },
  { winner: 'no-secret-fallback', loser: 'no-hardcoded-secret', by: 'same-code' },
  { winner: 'no-secret-fallback', loser: 'no-weak-secret', by: 'same-code' },
  { winner: 'no-committed-env', loser: 'no-weak-secret', by: 'same-code' },
  { winner: 'no-hardcoded-secret', loser: 'no-weak-secret', by: 'same-code' },
  { winner: 'no-deprecated-hardening-package', loser: 'require-csrf-protection', by: 'same-code' },
  { winner: 'no-plaintext-deploy-secret', loser: 'no-weak-secret', by: 'same-code' },
]

/** Takes from the candidates what another one already says. */
export function applyPrecedence(
  candidates: readonly Candidate[],
  files: ReadonlyMap<string, FileFacts>,
  isRoute: IsRoute,
): readonly Candidate[] {
  let left = candidates
  for (const precedence of PRECEDENCE) {
    const winners = left.filter((candidate) => candidate.rule.id === precedence.winner)
    if (winners.length === 0) continue
    left = left.flatMap((candidate) => {
      if (candidate.rule.id !== precedence.loser) return [candidate]
      const stronger = winners.filter((winner) => mayTakeFrom(winner.problem.confidence, candidate.problem.confidence))
      const rest =
        precedence.by === 'affected' ? withoutAffected(candidate, stronger, isRoute) : withoutSameCode(candidate, stronger, files, isRoute)
      return rest ? [rest] : []
    })
  }
  return left
}

/** A guess must not hide what is certain: whoever leaves guesses out would then see neither. */
function mayTakeFrom(winner: Confidence, loser: Confidence): boolean {
  return winner !== 'low' || loser === 'low'
}

function withoutAffected(candidate: Candidate, winners: readonly Candidate[], isRoute: IsRoute): Candidate | null {
  const taken = new Map<string, RoutesMeant>()
  for (const winner of winners) {
    const affected = affectedPlaces(winner)
    const isAboutApp = affected.length === 0 && !isRoute(winner.problem.at)
    if (isAboutApp && (winner.problem.related ?? []).some((place) => sameLocation(place.at, candidate.problem.at))) return null
    const own = { at: winner.problem.at, ...routesMeant(winner, winner.problem.at) }
    for (const { at, routes, routeNames } of [own, ...affected]) {
      const key = locationKey(at)
      const before = taken.get(key)
      taken.set(key, {
        routes: (before?.routes ?? 0) + (routes ?? Infinity),
        routeNames: [...(before?.routeNames ?? []), ...(routeNames ?? [])],
      })
    }
  }
  // A line that registers several routes is gone when all of those are that it stands for.
  return withoutPlaces(candidate, isRoute, (at) => {
    const gone = taken.get(locationKey(at))
    const { routes = 1, routeNames } = routesMeant(candidate, at)
    if (gone?.routes === undefined || gone.routes < routes) return false
    const names = new Set(gone.routeNames)
    return names.size === 0 || gone.routes === Infinity || routeNames === undefined || routeNames.every((name) => names.has(name))
  })
}

type RoutesMeant = Pick<RelatedPlace, 'routes' | 'routeNames'>

function routesMeant({ problem }: Candidate, at: Location): RoutesMeant {
  return problem.related?.find(({ routes, at: other }) => routes !== undefined && sameLocation(other, at)) ?? {}
}

function withoutSameCode(
  candidate: Candidate,
  winners: readonly Candidate[],
  files: ReadonlyMap<string, FileFacts>,
  isRoute: IsRoute,
): Candidate | null {
  const taken = winners
    .flatMap((winner) => [winner.problem.at, ...affectedPlaces(winner).map((place) => place.at)])
    .map((at) => ({ file: at.file, range: rangeOf(files, at) }))
  const isTaken = (at: Location): boolean => {
    const range = rangeOf(files, at)
    return taken.some((place) => place.file === at.file && overlaps(place.range, range))
  }
  return withoutPlaces(candidate, isRoute, isTaken)
}
