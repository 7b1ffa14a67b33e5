// Cookies that hold who somebody is, with what keeps each from networks, scripts and other sites.
import type { CallRecord, Value } from '../../link/value.js'
import { locationKey, type Location } from '../../text/location.js'
import { addToGroup } from '../../grouped.js'
import { cookieAttributes, type AttributeAnswer, type CookieAttribute, type CookieDefaults } from './cookieAttributes.js'
import { cookieWrites, type CookieWrite } from './cookieWrites.js'
import type { Answer, ProjectModel } from '../model.js'
import { callsThat } from '../perPart.js'
import { packageOf } from '../origins.js'
import { recordedOnce } from '../recorded.js'
import { sessionSetups, type SessionPackage, type SessionSetup } from './sessionSetups.js'
import { oneOf } from '../sorted.js'
import { trustProxyOf } from '../transport/trustProxy.js'
import { numberOf, possibleValues, property } from '../values.js'
import { versionOf } from '../versions.js'
import { writtenCookies } from './writtenCookies.js'

/** A cookie that one line sets. Where several contexts come by, the worst of them counts. */
export interface IdentityCookie {
  readonly call: CallRecord
  /** `The cookie token`, `The session cookie`. */
  readonly title: string
  readonly name: string | null
  readonly attributes: readonly AttributeAnswer[]
  /** The argument that holds the options, and the key in it where they are nested. null where the cookie is a text. */
  readonly options: { readonly value: Value | null; readonly argument: number; readonly key: string | null } | null
  readonly setup: SessionSetup | null
  /** `maxAge` where it was meant in milliseconds and counts seconds. */
  readonly longAge: Location | null
}

/** Every cookie of sessions and tokens that production sets, once per place, in order. */
export const identityCookies: (model: ProjectModel) => readonly IdentityCookie[] = recordedOnce((model) => {
  const places = new Map<string, IdentityCookie[]>()
  for (const setup of sessionSetups(model)) addToGroup(places, locationKey(setup.call.at), ofSetup(model, setup))
  for (const write of cookieWrites(model)) addToGroup(places, locationKey(write.call.at), ofWrite(model, write))
  for (const { call, name, attributes } of writtenCookies(model)) {
    const cookie = { call, title: `The cookie ${name}`, name, attributes, options: null, setup: null, longAge: null }
    addToGroup(places, locationKey(call.at), cookie)
  }
  return [...places.values()].flatMap(worstOf)
})

/** What counts where nothing is written (domain facts G1, G6, G8). */
const DEFAULTS: Readonly<Record<SessionPackage, CookieDefaults>> = {
  'express-session': { secure: 'no', httpOnly: 'yes', sameSite: 'no' },
  'cookie-session': { secure: 'no', httpOnly: 'yes', sameSite: 'no' },
  '@fastify/session': { secure: 'yes', httpOnly: 'yes', sameSite: 'no' },
  '@fastify/secure-session': { secure: 'no', httpOnly: 'yes', sameSite: 'yes' },
  'iron-session': { secure: 'yes', httpOnly: 'yes', sameSite: 'yes' },
}

function ofSetup(model: ProjectModel, setup: SessionSetup): IdentityCookie {
  const { call, cookie, argument } = setup
  const isWhole = setup.package === 'cookie-session'
  // Whoever trusts a proxy gets secure cookies of cookie-session where the proxy was asked over HTTPS.
  const followsProxy = isWhole && model.apps.some(({ scope }) => trustProxyOf(model, scope).kind !== 'none')
  const defaults = followsProxy ? { ...DEFAULTS[setup.package], secure: 'yes' as const } : DEFAULTS[setup.package]
  // Without a cookie of their own, options that are open may bring one.
  const known = cookie ?? (isOpen(setup.options) ? setup.options : null)
  return {
    call,
    title: 'The session cookie',
    name: null,
    attributes: cookieAttributes(known, defaults),
    options: { value: cookie, argument, key: isWhole ? null : setup.package === 'iron-session' ? 'cookieOptions' : 'cookie' },
    setup,
    longAge: null,
  }
}

function isOpen(options: Value | null): boolean {
  return possibleValues(options).some((one) => one.kind !== 'object' || one.isOpen)
}

function ofWrite(model: ProjectModel, { call, name, writer, options, argument }: CookieWrite): IdentityCookie {
  const age = property(options, 'maxAge')
  const isLong = writer !== 'express' && (numberOf(age) ?? 0) >= 86_400_000
  return {
    call,
    title: name === null ? 'The cookie with the token' : `The cookie ${name}`,
    name,
    attributes: cookieAttributes(options, writer === 'fastify' ? ofFastify(model, call) : { secure: 'no', httpOnly: 'no', sameSite: 'no' }),
    options: { value: options, argument, key: null },
    setup: null,
    longAge: isLong ? maxAgeAt(options) : null,
  }
}

function maxAgeAt(options: Value | null): Location | null {
  return options?.kind === 'object' ? (options.writtenAt.get('maxAge') ?? null) : null
}

/** @fastify/cookie has `parseOptions` for all cookies, and sets SameSite=Lax from version 10 on (domain fact G7). */
function ofFastify(model: ProjectModel, call: CallRecord): CookieDefaults {
  const version = versionOf(model, call.at.file, '@fastify/cookie')
  const sameSite: Answer = version !== null && version.major < 10 ? 'no' : 'yes'
  const all = cookiePlugins(model).map(({ args }) =>
    cookieAttributes(property(args[1] ?? null, 'parseOptions'), { secure: 'no', httpOnly: 'no', sameSite }),
  )
  const kindest = (attribute: CookieAttribute, unset: Answer): Answer => {
    const answers = all.flatMap((one) => one.filter((answer) => answer.attribute === attribute).map(({ answer }) => answer))
    return answers.find((answer) => answer !== 'no') ?? answers[0] ?? unset
  }
  return { secure: kindest('secure', 'no'), httpOnly: kindest('httpOnly', 'no'), sameSite: kindest('sameSite', sameSite) }
}

const cookiePlugins = callsThat(
  ({ callee, args, isWrite }) =>
    !isWrite &&
    callee.kind === 'member' &&
    callee.name === 'register' &&
    /^(@fastify\/cookie|fastify-cookie)$/.test(packageOf(args[0] ?? null)?.package ?? ''),
  { names: oneOf(['register']) },
)

/** One for all contexts: a fault of one of them is a fault. */
function worstOf(contexts: readonly IdentityCookie[]): readonly IdentityCookie[] {
  const faults = (one: IdentityCookie): number => one.attributes.filter(({ answer }) => answer === 'no').length
  const [worst] = [...contexts].sort((a, b) => faults(b) - faults(a))
  return worst === undefined ? [] : [worst]
}
