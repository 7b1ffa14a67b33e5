// How far CORS opens a project to any site, one entry per cause.
import { locationKey, sameLocation } from '../../text/location.js'
import { conductOf } from '../conduct.js'
import { corsPolicies, type CorsPolicy } from './corsPolicies.js'
import { effectsOf } from '../effects.js'
import type { App, ProjectModel, Route } from '../model.js'
import type { OriginGrant } from './originGrants.js'
import { registrationsOf } from '../registrations.js'
import { pathWords } from '../routePaths.js'

export interface OpenPolicy {
  readonly policy: CorsPolicy
  readonly grant: OriginGrant
  /** Further policies of the same cause: `app.options('*', cors())` beside `app.use(cors())`. */
  readonly others: readonly CorsPolicy[]
  /** Routes that it opens, where they are known. */
  readonly routes: readonly Route[]
  /** True where only reading requests to paths that say so are open: badges, feeds, assets. */
  readonly isPublic: boolean
}

/** Policies that let every site in, each cause once, in order. */
export function openPolicies(model: ProjectModel): readonly OpenPolicy[] {
  const groups = new Map<string, { readonly policies: CorsPolicy[]; readonly grant: OriginGrant }>()
  const policies = corsPolicies(model).flatMap((policy) => {
    const grant = widest(policy.grants)
    return grant === null ? [] : [{ policy, grant }]
  })
  if (policies.length === 0) return []
  const places = placesOf(model)
  const global = new Set(
    policies
      .flatMap(({ policy }) => (policy.isDefault ? (places.get(locationKey(policy.call.at)) ?? []) : []))
      .flatMap(({ app, isForAll }) => (isForAll ? [app] : [])),
  )
  for (const { policy, grant } of policies) {
    const key = causeOf(policy, places.get(locationKey(policy.call.at)) ?? [], global)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { policies: [policy], grant })
    else group.policies.push(policy)
  }
  return [...groups.values()].flatMap(({ policies: found, grant }) => {
    const first = found.find((policy) => (places.get(locationKey(policy.call.at)) ?? []).some(({ isForAll }) => isForAll)) ?? found[0]
    if (first === undefined) return []
    const routes = routesUnder(model, found)
    return [
      {
        policy: first,
        grant: widest(first.grants) ?? grant,
        others: found.filter((one) => one !== first),
        routes,
        isPublic: isPublic(first, routes),
      },
    ]
  })
}

const ranks: Readonly<Record<string, number>> = { high: 2, medium: 1, low: 0 }

/** The surest of the grants that let every site in. */
function widest(grants: readonly OriginGrant[]): OriginGrant | null {
  const open = grants.filter(({ kind }) => kind === 'any' || kind === 'reflect')
  return open.sort((a, b) => (ranks[b.confidence] ?? 0) - (ranks[a.confidence] ?? 0))[0] ?? null
}

interface Place {
  readonly app: App
  readonly scope: number
  readonly path: string | null
  readonly isForAll: boolean
}

/** Where each call of the cors package is registered. */
function placesOf(model: ProjectModel): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>()
  for (const app of model.apps) {
    for (const { effect, entry, scope, path } of registrationsOf(model, app, 'cors')) {
      if (effect.call === null) continue
      const key = locationKey(effect.call.at)
      const isForAll = scope === app.scope && entry.kind === 'layer' && (path === '/' || path === '')
      places.set(key, [...(places.get(key) ?? []), { app, scope: scope.id, path, isForAll }])
    }
  }
  return places
}

/** Calls without options have one cause within an application that opens itself, else of a path; options have it where they are written. */
function causeOf(policy: CorsPolicy, places: readonly Place[], global: ReadonlySet<App>): string {
  if (!policy.isDefault || policy.options !== null || policy.source !== 'cors') return `at ${locationKey(policy.at)}`
  const [place] = places
  if (place === undefined) return `at ${locationKey(policy.at)}`
  return global.has(place.app) ? `app ${locationKey(place.app.at)}` : `scope ${place.scope} ${place.path ?? ''}`
}

/** Routes in front of which, or in which, one of the policies takes effect. */
function routesUnder(model: ProjectModel, policies: readonly CorsPolicy[]): readonly Route[] {
  const isOne = (at: CorsPolicy['at']): boolean => policies.some(({ call }) => sameLocation(call.at, at))
  return model.routes.filter(
    (route) =>
      route.entry.broughtBy === undefined &&
      route.chain.some(({ value, entry }) => {
        if (entry.isOff || (entry.kind === 'route' && entry !== route.entry)) return false
        if (effectsOf(model, value).some(({ capability, call }) => capability === 'cors' && call !== null && isOne(call.at))) return true
        return value.kind === 'function' && conductOf(model, value).headers.some(({ record }) => isOne(record.at))
      }),
  )
}

const publicWords =
  /^(public|assets?|static|images?|img|fonts?|media|cdn|badges?|status|health|healthz|ping|embed|widgets?|feeds?|rss|sitemap|manifest|oembed|openapi|swagger|docs|jwks|favicon|thumbnails?|icons?|avatars?)$/

function isPublic(policy: CorsPolicy, routes: readonly Route[]): boolean {
  if (policy.credentials !== 'no' || routes.length === 0) return false
  return routes.every(
    ({ method, path }) =>
      ['GET', 'HEAD', 'OPTIONS'].includes(method) &&
      (path.includes('/.well-known/') || pathWords(path).some((word) => publicWords.test(word))),
  )
}
