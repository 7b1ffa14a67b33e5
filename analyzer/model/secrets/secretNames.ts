// Which names say that they hold a secret. The last words decide: a `passwordField` is a field, a `tokenUrl` an address.
import { mayBeTyped } from '../../text/secretShapes.js'
import { rememberedByName } from '../names.js'

export type SecretKind = 'password' | 'secret' | 'key' | 'token'

/** What a name says its value is; null where it says nothing of the kind. `JWT_SECRET`, `smtpPassword`, `stripe-api-key`. */
export const secretKind: (name: string) => SecretKind | null = rememberedByName((name) => {
  // One test for all the names that a project has; most say nothing of the kind.
  if (!/pass|pwd|secret|key|token|pepper/i.test(name)) return null
  const words = wordsOf(name)
  while (words.length > 1 && tails.has(words.at(-1) ?? '')) words.pop()
  if (words.some((word) => harmless.has(word))) return null
  const last = words.at(-1) ?? ''
  const before = words.at(-2) ?? ''
  if (passwords.has(last)) return verbs.has(words[0] ?? '') ? null : 'password'
  if (last === 'pass') return accounts.has(before) ? 'password' : null
  if (last === 'secret' || last === 'secrets' || last === 'pepper') return 'secret'
  if (/^(secret|private|encryption)keys?$/.test(last)) return 'secret'
  if (/^(api|access)keys?$/.test(last)) return 'key'
  if (last === 'key' || last === 'keys') return signingKeys.has(before) ? 'secret' : keyOwners.has(before) ? 'key' : null
  if (last === 'token') return 'token'
  return null
})

/** True for names of what a person types to log in: `password`, `userPassword`, `newPwd`. Not for what became of it. */
export const isPasswordName: (name: string) => boolean = rememberedByName((name) => {
  if (!mayBeTyped(name)) return false
  const words = wordsOf(name)
  if (words.some((word) => derived.has(word))) return false
  return passwords.has(words.at(-1) ?? '') || (words.at(-1) === 'pass' && words.length <= 2)
})

/** Names of values that nobody may guess: tokens, one-time codes, session ids, besides all that `secretKind` knows. */
export const isUnguessableName: (name: string) => boolean = rememberedByName((name) => {
  if (!/pass|pwd|secret|key|token|otp|salt|csrf|code|pin|link|id|hash|nonce|session/i.test(name)) return false
  const words = wordsOf(name)
  while (words.length > 1 && tails.has(words.at(-1) ?? '')) words.pop()
  const last = words.at(-1) ?? ''
  const before = words.at(-2) ?? ''
  if (words.some((word) => uncritical.has(word))) return false
  if (
    last === 'otp' ||
    last === 'totp' ||
    (last === 'nonce' && before === 'csp') ||
    last === 'salt' ||
    last === 'csrf' ||
    last === 'passcode' ||
    ((last === 'session' || last === 'sid') && words.length === 1)
  )
    return true
  if (last === 'code' || last === 'pin') return codes.has(before)
  if (last === 'link' || last === 'id' || last === 'hash') return before === 'session' || (last !== 'id' && opening.has(before))
  return secretKind(name) !== null
})

/** True for the headers that say who asks: `Authorization`, `proxy-authorization`. */
export const isCredentialHeader: (name: string) => boolean = rememberedByName((name) => /^(?:proxy-)?authorization$/i.test(name))

/** The name as an environment variable: `jwtSecret` becomes `JWT_SECRET`. */
export function environmentNameFor(name: string): string {
  return wordsOf(name).join('_').toUpperCase()
}

/** Lower-case words of a name in any case: `JWTSecretKey` → jwt, secret, key. */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '')
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '))
const passwords = set('password passwd pwd passphrase')
/** Said of the sort of a value and not of what it is. */
const tails = set('value string str raw env var default fallback text plain 1 2 new old current')
const harmless = set('public publishable anon csrf xsrf cancel fake dummy mock test example sample placeholder i18n forgot confirm')
const verbs = set(
  'reset change update forgot confirm invalid wrong missing show hide toggle has is no require required check compare hash verify match',
)
const accounts = set(
  'db database smtp mail email redis mongo mongodb postgres postgresql pg mysql admin root user auth ftp sftp basic login mailer proxy amqp rabbitmq',
)
const signingKeys = set('secret private encryption encrypt signing sign jwt hmac master session cookie crypto cipher aes')
const keyOwners = set(
  'api access auth service internal partner sendgrid stripe openai anthropic gemini mailgun mailchimp postmark resend brevo mail smtp sms twilio vonage plivo messagebird aws webhook payment gateway paypal razorpay paystack',
)
const derived = set(
  'hash hashed encrypted confirm confirmation reset forgot changed policy length field strength regex pattern schema message error valid invalid is has',
)
const codes = set(
  'reset verification verify otp confirmation confirm auth login invite invitation recovery activation security sms two mfa pin access passcode email phone',
)
/** Whoever has the link, or the hash in it, is let in. */
const opening = set('reset invite invitation magic activation verification recovery')
const uncritical = set(
  'cancel correlation tracking request trace idempotency page next continuation cursor sync placeholder test mock expires expiry index count length',
)
