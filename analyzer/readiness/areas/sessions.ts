// Sessions, tokens, passwords, and the chance that they are made from.
import type { CallRecord } from '../../link/value.js'
import { faultsOf } from '../../model/sessions/cookieFaults.js'
import { identityCookies, type IdentityCookie } from '../../model/sessions/identityCookies.js'
import { loadedPackages } from '../../model/loadedPackages.js'
import type { Answer } from '../../model/model.js'
import { methodName, originOf } from '../../model/origins.js'
import { callsThat } from '../../model/perPart.js'
import { oncePerPlace, productionCalls } from '../../model/productionCalls.js'
import { tokenLifetimes } from '../../model/tokens/tokenLifetimes.js'
import type { Context, ControlDefinition, Judgement } from '../control.js'
import { unlessFound } from '../fromFindings.js'
import { listed } from '../../model/words.js'

export const sessions: readonly ControlDefinition[] = [
  {
    id: 'session-cookies',
    area: 'sessions',
    title: 'Cookies of sessions travel over HTTPS only, out of reach of scripts and of other sites',
    weight: 3,
    rules: ['require-secure-cookie'],
    judge: sessionCookies,
  },
  {
    id: 'token-expiry',
    area: 'sessions',
    title: 'Tokens expire',
    weight: 2,
    rules: ['require-jwt-expiry'],
    judge: tokenExpiry,
  },
  {
    id: 'password-hashing',
    area: 'sessions',
    title: 'Passwords are hashed slowly',
    weight: 3,
    rules: ['no-weak-password-hash'],
    judge: (context) =>
      unlessFound(context, ['no-weak-password-hash'], {
        text: 'Only slow hashes of passwords were found.',
        shown: oncePerPlace(productionCalls(context.model, slowHashes(context.model)))
          .slice(0, 8)
          .map(({ at }) => ({ at, note: 'hashes' })),
      }),
  },
  {
    id: 'secure-randomness',
    area: 'sessions',
    title: 'Tokens and codes cannot be guessed from earlier ones',
    weight: 2,
    rules: ['no-insecure-randomness'],
    judge: (context) =>
      unlessFound(context, ['no-insecure-randomness'], {
        text: 'No secret was found that is made from guessable chance.',
        shown: oncePerPlace(productionCalls(context.model, secureChance(context.model)))
          .slice(0, 8)
          .map(({ at, callee }) => ({ at, note: methodName(callee) ?? 'chance' })),
      }),
  },
]

const slowHashes = callsThat((call) => {
  const origin = originOf(call.callee)
  if (origin === null) return false
  // `promisify(scrypt)` has no name of its own.
  const name = methodName(call.callee) ?? origin.path[0] ?? ''
  return (
    (/^(bcrypt|bcryptjs|argon2|@node-rs\/(bcrypt|argon2))$/.test(origin.package) && /^hash/.test(name)) ||
    (origin.package === 'crypto' && /^scrypt/.test(name))
  )
})

const secureChance = callsThat((call) => {
  const origin = originOf(call.callee)
  return (
    origin !== null &&
    (/^(nanoid|uuid)$/.test(origin.package) || (origin.package === 'crypto' && /^random/.test(methodName(call.callee) ?? '')))
  )
})

function sessionCookies({ model }: Context): readonly Judgement[] {
  const judged = identityCookies(model).map((cookie): Judgement => {
    const shown = [{ at: cookie.call.at, note: nameOf(cookie.call) }]
    return { ...cookieVerdict(cookie), shown, app: null }
  })
  if (judged.length > 0) return judged
  const other = [...loadedPackages(model)].find((name) => /session|iron|lucia|better-auth|next-auth/.test(name))
  return other === undefined
    ? [{ status: 'not-applicable', text: 'No cookie was found that holds a session.', shown: [], app: null }]
    : [{ status: 'not-judged', text: `Cookies of ${other} are not looked at.`, shown: [], app: null }]
}

/** What a module exports by default is called by its package. */
function nameOf({ callee }: CallRecord): string {
  const name = methodName(callee)
  return (name === 'default' ? originOf(callee)?.package : name) ?? 'the call'
}

function cookieVerdict(cookie: IdentityCookie): Verdict {
  const faults = faultsOf(cookie).map(({ attribute }) => attribute)
  const doubts = cookie.attributes.filter(({ answer }) => answer === 'unknown').map(({ attribute }) => attribute)
  // Packages for sessions keep their cookies from scripts, so two are all that is left to lack.
  if (faults.length === 3 || (cookie.setup !== null && faults.length === 2))
    return { status: 'missing', text: `Without ${listed(faults)}.` }
  if (faults.length > 0) return { status: 'partly', text: `Without ${listed(faults)}.` }
  return doubts.length > 0
    ? { status: 'not-known', text: `Not known: ${doubts.join(', ')}.` }
    : { status: 'in-place', text: 'secure, httpOnly and sameSite.' }
}

interface Verdict {
  readonly status: Judgement['status']
  readonly text: string
}

const otherTokens = /^(njwt|paseto|hono\/jwt|@elysiajs\/jwt|koa-jwt)$/

function tokenExpiry({ model }: Context): readonly Judgement[] {
  const judged = tokenLifetimes(model).map(({ signing: { call }, expires }): Judgement => ({
    ...EXPIRY[expires],
    shown: [{ at: call.at, note: methodName(call.callee) ?? 'sign' }],
    app: null,
  }))
  const other = [...loadedPackages(model)].filter((name) => otherTokens.test(name)).sort()
  if (other.length > 0)
    return [...judged, { status: 'not-judged', text: `Tokens of ${other.join(', ')} are not looked at.`, shown: [], app: null }]
  return judged.length > 0 ? judged : [{ status: 'not-applicable', text: 'No token is signed.', shown: [], app: null }]
}

const EXPIRY: Readonly<Record<Answer, Verdict>> = {
  yes: { status: 'in-place', text: 'The token expires.' },
  no: { status: 'missing', text: 'The token is good for ever.' },
  unknown: { status: 'not-known', text: 'Whether the token expires is not known.' },
}
