// Which routes need a limit of their own, whatever stands in front of the rest: they take credentials, or they cost much.
import type { App, Confidence, ProjectModel, Route } from '../model.js'
import { optsOutOfLimits } from './fastifyLimiterFaults.js'
import { effectsOf } from '../effects.js'
import { isWeakWord, type CredentialKind } from './routeWords.js'
import { isCredentialRoute } from './routeCharacter.js'
import { expensiveWork, type Work } from '../work.js'
import type { Protection } from '../protection.js'
import { protectsApp, protectsRoute, runningLinks } from '../queries.js'
import { recorded } from '../recorded.js'
import { isProbesOnly } from '../serving.js'
import { isLeftOut } from '../sparedRoutes.js'
import { unreadInFront } from '../unread.js'

export interface LimitDemand {
  readonly kind: CredentialKind | Work['kind']
  /** True for passwords, codes, tokens and accounts: what is guessed. */
  readonly isCredential: boolean
  /** What the route does, after its name: `checks passwords`. */
  readonly does: string
  /** What says so, as a clause: `path says "login"`. */
  readonly why: string
  readonly confidence: Confidence
}

const credentials: ReadonlySet<string> = new Set(['login', 'signup', 'password-reset', 'token', 'otp', 'verification'])

export interface DemandingRoute {
  readonly route: Route
  readonly demand: LimitDemand
  /** What stands in front of it. */
  readonly protection: Protection
}

/** Routes of an application that need a limit of their own and have none, or not always; those that take credentials first. */
export function openDemands(model: ProjectModel, app: App): readonly DemandingRoute[] {
  const { covered, uncovered, conditional, protections } = protectsApp(model, app, 'rate-limit')
  const counts = covered.length > 0 ? 'writes' : 'costly'
  return demandingAmong(model, [...uncovered, ...conditional], protections, counts)
}

/** Routes that take credentials behind a layer that could not be read, and that may be their limit. */
export function unreadDemands(model: ProjectModel, app: App): readonly DemandingRoute[] {
  const { unknown, protections } = protectsApp(model, app, 'rate-limit')
  const behind = unknown.filter((route) => unreadInFront(model, route).length > 0)
  return demandingAmong(model, behind, protections, 'costly').filter(({ demand }) => demand.isCredential)
}

function demandingAmong(
  model: ProjectModel,
  routes: readonly Route[],
  protections: ReadonlyMap<Route, Protection>,
  counts: 'costly' | 'writes',
): readonly DemandingRoute[] {
  const all = routes.flatMap((route): DemandingRoute[] => {
    const demand = limitDemand(model, route, counts)
    const protection = protections.get(route)
    return demand === null || protection === undefined ? [] : [{ route, demand, protection }]
  })
  return all.toSorted((a, b) => Number(b.demand.isCredential) - Number(a.demand.isCredential))
}

/** Work that costs money, mail reputation or seconds of processor with each request. */
const costly: ReadonlySet<string> = new Set(['mail', 'sms', 'hashing', 'child process', 'media', 'payment'])

/**
 * What makes a route need its own limit; null where nothing does. Work counts only on routes that ask for no authentication.
 * Writing to a database or to files is what most routes do: it counts with `counts: 'writes'`, which is for applications that limit elsewhere.
 */
export function limitDemand(model: ProjectModel, route: Route, counts: 'costly' | 'writes'): LimitDemand | null {
  return demands[counts](model, route)
}

const demands = {
  costly: recorded((model, route: Route) => findDemand(model, route, 'costly')),
  writes: recorded((model, route: Route) => findDemand(model, route, 'writes')),
}

function findDemand(model: ProjectModel, route: Route, counts: 'costly' | 'writes'): LimitDemand | null {
  const { kind, why } = isCredentialRoute(model, route)
  if (kind !== null) {
    const isWeak = isWeakWord(why)
    // Routes that manage keys or sessions of someone who is logged in take no credentials; that a password may be changed without any limit is another matter.
    if (isWeak && !(kind === 'password-reset' && optsOutOfLimits(route)) && protectsRoute(model, route, 'auth').answer === 'yes')
      return null
    return {
      kind,
      isCredential: credentials.has(kind),
      does: purposes[kind],
      why,
      // A directive, or a plugin of the server, may limit a field of GraphQL.
      confidence: isWeak || !credentials.has(kind) || route.method === 'MUTATION' ? 'medium' : 'high',
    }
  }
  const work = expensiveWork(model, route).find(
    (one) => costly.has(one.kind) || (counts === 'writes' && isWrite(one) && route.method !== 'GET' && route.method !== 'HEAD'),
  )
  if (work === undefined || protectsRoute(model, route, 'auth').answer !== 'no') return null
  if (isSigned(model, route)) return null
  return {
    kind: work.kind,
    isCredential: false,
    does: `${workTexts[work.kind]} for whoever asks`,
    why: `it calls ${work.what}`,
    confidence: 'medium',
  }
}

/** True for a route that a limit for everybody is meant for: no probe, none that is left out on purpose, and none that only a provider calls. */
export function wantsGeneralLimit(model: ProjectModel, route: Route): boolean {
  return !isProbesOnly(model, [route]) && !optsOutOfLimits(route) && !isSigned(model, route) && !isLeftOutOnPurpose(model, route)
}

/** `skip: (req) => req.path.startsWith('/assets')` was written for such routes. What needs a limit of its own is told all the same. */
function isLeftOutOnPurpose(model: ProjectModel, route: Route): boolean {
  const asksLimiter = runningLinks(route).some((link) =>
    effectsOf(model, link.value).some((effect) => effect.capability === 'rate-limit' && isLeftOut(model, route, link, effect)),
  )
  return asksLimiter && limitDemand(model, route, 'writes') === null
}

/** Only who knows the secret makes it work, and a provider that is limited sends again or gives up. */
function isSigned(model: ProjectModel, route: Route): boolean {
  return protectsRoute(model, route, 'webhook-signature').answer === 'yes'
}

function isWrite(work: Work): boolean {
  return work.kind === 'database write' || work.kind === 'file system'
}

const purposes: Readonly<Record<CredentialKind, string>> = {
  login: 'checks passwords',
  signup: 'makes accounts',
  'password-reset': 'changes passwords',
  token: 'hands out tokens',
  otp: 'deals with one-time codes',
  verification: 'verifies accounts',
  payment: 'takes payments',
  upload: 'takes files',
  admin: 'administers',
}

const workTexts: Readonly<Record<Work['kind'], string>> = {
  mail: 'sends mail',
  sms: 'sends messages',
  hashing: 'hashes',
  'child process': 'starts a process',
  media: 'processes media',
  payment: 'calls a payment provider',
  'database write': 'writes to the database',
  'file system': 'uses the file system',
}
