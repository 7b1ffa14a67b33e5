// Which names say that a value must not be read by whoever reads the log.
import { rememberedByName } from '../names.js'
import { isPasswordName, secretKind, wordsOf } from './secretNames.js'

/** What the value of a name is, in a few words; null where the name says nothing of the kind. */
export const sensitiveName: (name: string) => string | null = rememberedByName((name) => {
  const words = wordsOf(name)
  if (words.some((word) => counted.has(word)) || said.has(words[0] ?? '')) return null
  const joined = words.join('')
  if (/^(credit)?card(number|no)$|^(pan|cvv|cvc|cvv2)$/.test(joined)) return 'a card number'
  if (/^(ssn|socialsecurity(number)?)$/.test(joined)) return 'a social security number'
  if (/^(otp|totp|passcode|(otp|mfa|2fa|twofactor|verification|verify|login|reset|recovery|sms|onetime)(code|pin))$/.test(joined))
    return 'a one-time code'
  if (/^(proxy)?authorization$/.test(joined)) return 'credentials'
  if (/^(set)?cookies?$/.test(joined)) return 'cookies'
  if (isPasswordName(name)) return 'a password'
  const kind = secretKind(name)
  if (kind === null) return null
  return kind === 'password' ? 'a password' : kind === 'token' ? 'a token' : kind === 'key' ? 'an API key' : 'a secret'
})

/** Headers that carry credentials. */
export function isSecretHeader(name: string): boolean {
  return /^(proxy-)?authorization$|^(set-)?cookie$|^x-(api-key|access-token|auth-token|csrf-token|amz-security-token)$|^api-?key$/i.test(
    name,
  )
}

/** Cookies by which whoever sends them is somebody: `connect.sid`, `shop_session`, `sessionId`. */
export function isSessionCookie(name: string): boolean {
  const words = wordsOf(name)
  const last = words.at(-1) ?? ''
  return (
    /^(?:sid|sess|session|jwt)$/.test(last) ||
    (last === 'auth' && words.length === 1) ||
    /(?:^|_)sess(?:ion)?_?(?:id|key)$/.test(words.join('_'))
  )
}

/** Variables that hold where a database or a queue is, mostly with user and password: `DATABASE_URL`, `MONGODB_URI`. */
export function isStoreAddress(name: string): boolean {
  return /^(?:[A-Z\d]+_)*(?:DB|DATABASE|MONGO|MONGODB|POSTGRES|POSTGRESQL|PG|MYSQL|AMQP|CLOUDAMQP|RABBITMQ)_?(?:URL|URI|DSN|CONNECTION(?:_?STRING|_?URL|_?URI)?)$/.test(
    name,
  )
}

/** Tokens of parsers, pages, streams and models are none, and lengths and kinds of secrets say nothing of them. */
const counted = new Set(
  'next page continuation resume sync cursor max min total usage prompt completion input output type kind name id ids count length limit device push fcm expires expiry expiration url uri path field key-name parser lexer tokens placeholder label valid enabled disabled status'.split(
    ' ',
  ),
)

/** `hasToken` is an answer, `maskedToken` and `hashedPassword` are what was made of one. */
const said = new Set('has had is was with without should can needs masked redacted hashed truncated short'.split(' '))
