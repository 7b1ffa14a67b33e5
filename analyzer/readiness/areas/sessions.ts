// Sessions, tokens, passwords, and the chance that they are made from.
import type { CallRecord, Value } from '../../link/value.js'
import { loadedPackages } from '../../model/loadedPackages.js'
import { methodName, originOf, packageOf } from '../../model/origins.js'
import { callsTo } from '../../model/packageCalls.js'
import { callsThat } from '../../model/perPart.js'
import { oncePerPlace, productionCalls } from '../../model/productionCalls.js'
import { isResponse } from '../../model/requests.js'
import { isTrue, literalsOf, possibleValues, property, stringsOf } from '../../model/values.js'
import type { Context, ControlDefinition, Judgement } from '../control.js'
import { unlessFound } from '../fromFindings.js'

export const sessions: readonly ControlDefinition[] = [
  {
    id: 'session-cookies',
    area: 'sessions',
    title: 'Cookies of sessions travel over HTTPS only, out of reach of scripts and of other sites',
    weight: 3,
    rules: [],
    judge: sessionCookies,
  },
  {
    id: 'token-expiry',
    area: 'sessions',
    title: 'Tokens expire',
    weight: 2,
    rules: [],
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
  const name = methodName(call.callee) ?? ''
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

const cookieWrites = callsThat(
  ({ callee, isWrite }) => !isWrite && callee.kind === 'member' && /^(cookie|setCookie)$/.test(callee.name) && isResponse(callee.object),
)

const registrations = callsThat((call) => !call.isWrite && methodName(call.callee) === 'register')

/** Names of cookies that hold who somebody is. */
const identity = /sess|sid\b|token|jwt|auth|refresh|access|remember/i

function sessionCookies(context: Context): readonly Judgement[] {
  const { model } = context
  const made = ['express-session', 'cookie-session'].flatMap((name) => callsTo(model, name, []))
  // A value that stands in the code tells nobody apart: it takes a cookie back.
  const written = cookieWrites(model).filter(
    ({ args }) => stringsOf(args[0] ?? null).some((name) => identity.test(name)) && literalsOf(args[1] ?? null).length === 0,
  )
  const registered = registrations(model).flatMap((call) => {
    const name = packageOf(call.args[0] ?? null)?.package ?? ''
    return /^(@fastify\/session|fastify-session|@fastify\/secure-session|fastify-secure-session)$/.test(name) ? [call] : []
  })
  const judged = [
    ...ofCalls(context, registered, '', (call) => cookieFaults(property(call.args[1] ?? null, 'cookie'), 'plugin')),
    ...ofCalls(context, made, '', (call) =>
      cookieFaults(
        originOf(call.callee)?.package === 'cookie-session' ? (call.args[0] ?? null) : property(call.args[0] ?? null, 'cookie'),
        'package',
      ),
    ),
    ...ofCalls(context, written, '', (call) => cookieFaults(call.args[2] ?? null, 'hand')),
  ].filter(({ status }) => status !== 'not-applicable')
  if (judged.length > 0) return judged
  const other = [...loadedPackages(model)].find((name) => /session|iron|lucia|better-auth|next-auth/.test(name))
  return other === undefined
    ? [{ status: 'not-applicable', text: 'No cookie was found that holds a session.', shown: [], app: null }]
    : [{ status: 'not-judged', text: `Cookies of ${other} are not looked at.`, shown: [], app: null }]
}

/** What counts where nothing is written. */
const UNSET = {
  package: { secure: 'no', httpOnly: 'yes' },
  plugin: { secure: 'unknown', httpOnly: 'unknown' },
  hand: { secure: 'no', httpOnly: 'no' },
} as const

function isSameSite(value: Value): 'yes' | 'no' | 'unknown' {
  const texts = stringsOf(value)
  if (texts.length === 0) return isTrue(value)
  return texts.every((text) => /^(lax|strict)$/i.test(text)) ? 'yes' : 'no'
}

/** Packages for sessions keep their cookies from scripts unless told otherwise; defaults of plugins differ by version; a cookie written by hand is open. */
function cookieFaults(options: Value | null, maker: 'package' | 'plugin' | 'hand'): Verdict {
  const secure = property(options, 'secure')
  const httpOnly = property(options, 'httpOnly')
  const sameSite = property(options, 'sameSite')
  const known = options === null || possibleValues(options).every((one) => one.kind === 'object' && !one.isOpen)
  const faults: string[] = []
  const doubts: string[] = known ? [] : ['options']
  const ask = (name: string, value: Value | null, isGood: 'yes' | 'no' | 'unknown'): void => {
    if (isGood === 'no' && (value !== null || known)) faults.push(name)
    else if (isGood !== 'yes') doubts.push(name)
  }
  const { secure: secureUnset, httpOnly: httpOnlyUnset } = UNSET[maker]
  ask('secure', secure, stringsOf(secure).includes('auto') ? 'yes' : secure === null ? secureUnset : isTrue(secure))
  ask('httpOnly', httpOnly, httpOnly === null ? httpOnlyUnset : isTrue(httpOnly))
  ask('sameSite', sameSite, sameSite === null ? 'no' : isSameSite(sameSite))
  if (faults.length === 3 || (maker === 'package' && faults.length === 2))
    return { status: 'missing', text: `Without ${faults.join(' and ')}.` }
  if (faults.length > 0) return { status: 'partly', text: `Without ${faults.join(' and ')}.` }
  return doubts.length > 0
    ? { status: 'not-known', text: `Not known: ${doubts.join(', ')}.` }
    : { status: 'in-place', text: 'secure, httpOnly and sameSite.' }
}

interface Verdict {
  readonly status: Judgement['status']
  readonly text: string
}

const otherTokens = /^(jose|jwt-simple|fast-jwt|njwt|paseto|@nestjs\/jwt|@fastify\/jwt|fastify-jwt|hono\/jwt)$/

function tokenExpiry(context: Context): readonly Judgement[] {
  const other = [...loadedPackages(context.model)].filter((name) => otherTokens.test(name)).sort()
  const judged = ofCalls(context, callsTo(context.model, 'jsonwebtoken', ['sign']), 'No token is signed.', expiry)
  if (other.length === 0) return judged
  const text = `Tokens of ${other.join(', ')} are not looked at.`
  return [...judged.filter(({ status }) => status !== 'not-applicable'), { status: 'not-judged', text, shown: [], app: null }]
}

function expiry({ args }: CallRecord): Verdict {
  const [payload = null, , options = null] = args
  if (property(options, 'expiresIn') !== null || property(payload, 'exp') !== null)
    return { status: 'in-place', text: 'The token expires.' }
  const isWritten = (value: Value | null): boolean =>
    value === null || possibleValues(value).every((one) => one.kind === 'object' && !one.isOpen)
  return isWritten(options) && isWritten(payload)
    ? { status: 'missing', text: 'The token is good for ever.' }
    : { status: 'not-known', text: 'Whether the token expires is not known.' }
}

/** One judgement for each place at which production makes one of the calls. */
function ofCalls(
  { model }: Context,
  calls: readonly CallRecord[],
  none: string,
  judge: (call: CallRecord) => Verdict,
): readonly Judgement[] {
  const once = oncePerPlace(productionCalls(model, calls))
  if (once.length === 0) return [{ status: 'not-applicable', text: none, shown: [], app: null }]
  return once.map((call) => ({ ...judge(call), shown: [{ at: call.at, note: methodName(call.callee) ?? 'the call' }], app: null }))
}
