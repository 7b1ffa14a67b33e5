// Routes that other sites can have a browser ask for in the name of its user: the cookie goes along, and nothing tells whose page it was.
import { functionsBehind } from '../../link/handlers.js'
import type { Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { sameLocation } from '../../text/location.js'
import { confidenceFor } from '../auxiliary.js'
import { conductOf } from '../conduct.js'
import { identityCookies, type IdentityCookie } from './identityCookies.js'
import { identityReads, type IdentityReads } from './identityReads.js'
import type { App, Confidence, ProjectModel, Route } from '../model.js'
import { crossOriginGuard } from './crossOriginGuard.js'
import { mayComeOfForm, takesForms } from './formRequests.js'
import { contextsOf, graphqlFormsOf } from './graphqlForms.js'
import { asksPlugin, pluginCookies } from './pluginCookies.js'
import type { ProtectingLink } from '../protection.js'
import { linksWith, protectsRoute, routesOf } from '../queries.js'
import { recorded, recordedOnce } from '../recorded.js'
import { strategyCookies } from './strategyCookies.js'
import { stringsOf } from '../values.js'
import { weakest } from '../verdict.js'

export interface ForgeableRoutes {
  /** In order of registration; never empty. */
  readonly routes: readonly Route[]
  /** The cookies that say who asks. */
  readonly cookies: readonly IdentityCookie[]
  /** One of them says that other sites may send it. */
  readonly isWanted: boolean
  /** A form of another page can ask for them; of others, for which browsers ask the server first, they are all that there is. */
  readonly isOfForms: boolean
  readonly confidence: Confidence
}

/** The routes of an application that change something for whoever a cookie names, although other sites may send the cookie and nothing checks for that. */
export const forgeableRoutes: (model: ProjectModel, app: App) => ForgeableRoutes | null = recorded((model, app) => {
  const exposed = sendableCookies(model)
  if (exposed.length === 0 || crossOriginGuard(model, app) !== null) return null
  const found = new Map<Route, IdentityCookie>()
  const confidences: Confidence[] = []
  for (const route of routesOf(model, app)) {
    if (!UNSAFE.has(route.method) || route.entry.isOff || graphqlFormsOf(route) === 'refused') continue
    const cookie = cookieBehind(model, route, exposed)
    if (cookie === null) continue
    const protection = protectsRoute(model, route, 'csrf')
    if (protection.answer !== 'no' || protectsRoute(model, route, 'webhook-signature').answer === 'yes') continue
    found.set(route, cookie)
    confidences.push(protection.confidence)
  }
  if (found.size === 0) return null
  const ofForms = [...found.keys()].filter((route) => mayComeOfForm(model, route))
  const isOfForms = ofForms.length > 0
  const routes = isOfForms ? ofForms : [...found.keys()]
  const cookies = [...new Set(routes.flatMap((route) => found.get(route) ?? []))]
  const isWanted = cookies.some(({ attributes }) => attributes.some(({ isForAllSites }) => isForAllSites))
  // Some browsers take a cookie without SameSite for a lax one.
  const most = !isOfForms ? 'low' : isWanted && routes.some((route) => takesForms(model, route)) ? 'high' : 'medium'
  const own = weakest([weakest(confidences, 'strongest'), most], 'weakest')
  return { routes, cookies, isWanted, isOfForms, confidence: confidenceFor(model, app, own) }
})

const UNSAFE: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE', 'ALL'])

/** Cookies that certainly have no SameSite, or `none`. */
const sendableCookies = recordedOnce((model) =>
  identityCookies(model).filter(({ attributes }) =>
    attributes.some(({ attribute, answer }) => attribute === 'sameSite' && answer === 'no'),
  ),
)

/** The cookie by which the route knows who asks; null where it does not, or where another cookie of that name is kept from other sites. */
function cookieBehind(model: ProjectModel, route: Route, exposed: readonly IdentityCookie[]): IdentityCookie | null {
  const sessions = linksWith(model, route, 'session')
  const session = exposed.find(({ setup }) => setup !== null && sessions.some(({ effect }) => isAt(effect.call?.at, setup.call.at)))
  const all = route.chain.flatMap(({ value, entry }) =>
    entry.isOff || (entry.kind === 'route' && entry !== route.entry) ? [] : readsOf(model, value),
  )
  if (session !== undefined && all.some((reads) => reads.session)) return session
  const guards = linksWith(model, route, 'auth')
  const isPassport = sessions.some(({ effect }) => effect.package?.startsWith('passport') === true) && !guards.some(isByToken(model))
  if (session !== undefined && isPassport && (all.some((reads) => reads.user) || guards.some(asksPassport))) return session
  const names = [
    ...all.flatMap(({ cookies }) => cookies),
    ...(guards.some(isStrategy) ? strategyCookies(model) : []),
    ...(guards.some(({ link }) => asksPlugin(model, link.value)) ? pluginCookies(model) : []),
  ]
  const named = exposed.find(({ name }) => name !== null && names.includes(name))
  return named === undefined || isKept(model, named) ? null : named
}

/** Whether a guard learns who asks from something else than the session: then `req.user` is of it. */
function isByToken(model: ProjectModel): (guard: ProtectingLink) => boolean {
  return (guard) => {
    if (guard.effect.package !== null) return !asksPassport(guard)
    const reads = readsOf(model, guard.link.value)
    return reads.length > 0 && reads.every(({ session, user }) => !session && !user)
  }
}

function readsOf(model: ProjectModel, value: Value): readonly IdentityReads[] {
  return [...functionsBehind(value), ...contextsOf(value)].map((fn) => identityReads(conductOf(model, fn)))
}

function asksPassport({ effect }: ProtectingLink): boolean {
  return effect.package?.startsWith('connect-ensure-login') === true
}

/** `passport.authenticate('jwt')`, `AuthGuard('jwt')`; strategies of logins are none. */
function isStrategy({ effect }: ProtectingLink): boolean {
  if (effect.package === null || !/^(@nestjs\/)?passport\b/.test(effect.package)) return false
  return stringsOf(effect.call?.args[0] ?? null).every(
    (name) => !/local|google|github|oauth|oidc|saml|ldap|facebook|apple|microsoft/i.test(name),
  )
}

function isAt(at: Location | undefined, wanted: Location): boolean {
  return at !== undefined && sameLocation(at, wanted)
}

/** Written in several places, and in one of them not for other sites: which one counts is not known. */
function isKept(model: ProjectModel, { name }: IdentityCookie): boolean {
  return identityCookies(model).some(
    (other) => other.name === name && other.attributes.some(({ attribute, answer }) => attribute === 'sameSite' && answer !== 'no'),
  )
}
