// Sessions, tokens, passwords, and the chance that they are made from.
import type { CallRecord, Value } from '../../link/value.js'
import { callsTo, methodName, originOf } from '../../model/origins.js'
import { callsThat } from '../../model/perPart.js'
import { oncePerPlace, productionCalls } from '../../model/productionCalls.js'
import { isResponse } from '../../model/requests.js'
import { isFalse, isTrue, literalsOf, possibleValues, property, stringsOf } from '../../model/values.js'
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
    judge: (context) => ofCalls(context, callsTo(context.model, 'jsonwebtoken', ['sign']), 'No token of jsonwebtoken is signed.', expiry),
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

/** Names of cookies that hold who somebody is. */
const identity = /sess|sid\b|token|jwt|auth|refresh|access|remember/i

function sessionCookies(context: Context): readonly Judgement[] {
  const { model } = context
  const made = ['express-session', 'cookie-session'].flatMap((name) => callsTo(model, name, []))
  // A value that stands in the code tells nobody apart: it takes a cookie back.
  const written = cookieWrites(model).filter(
    ({ args }) => stringsOf(args[0] ?? null).some((name) => identity.test(name)) && literalsOf(args[1] ?? null).length === 0,
  )
  const judged = [
    ...ofCalls(context, made, '', (call) =>
      cookieFaults(
        originOf(call.callee)?.package === 'cookie-session' ? (call.args[0] ?? null) : property(call.args[0] ?? null, 'cookie'),
        'package',
      ),
    ),
    ...ofCalls(context, written, '', (call) => cookieFaults(call.args[2] ?? null, 'hand')),
  ].filter(({ status }) => status !== 'not-applicable')
  return judged.length > 0
    ? judged
    : [{ status: 'not-applicable', text: 'No cookie was found that holds a session.', shown: [], app: null }]
}

/** Packages for sessions keep their cookies from scripts unless told otherwise; a cookie written by hand is open to them. */
function cookieFaults(options: Value | null, maker: 'package' | 'hand'): Verdict {
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
  ask('secure', secure, stringsOf(secure).includes('auto') ? 'yes' : secure === null ? 'no' : isTrue(secure))
  ask(
    'httpOnly',
    httpOnly,
    httpOnly === null ? (maker === 'package' ? 'yes' : 'no') : isFalse(httpOnly) === 'yes' ? 'no' : isTrue(httpOnly),
  )
  ask(
    'sameSite',
    sameSite,
    sameSite === null
      ? 'no'
      : stringsOf(sameSite).some((text) => /^(lax|strict)$/i.test(text)) || isTrue(sameSite) === 'yes'
        ? 'yes'
        : stringsOf(sameSite).length > 0
          ? 'no'
          : 'unknown',
  )
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
