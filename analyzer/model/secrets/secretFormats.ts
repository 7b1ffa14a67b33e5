// Secrets that can be told by their shape: what providers hand out, private keys, and passwords inside connection addresses.
import { keyInQuery, secretBeginnings } from '../../text/secretShapes.js'
import { looksLikeOwnKey } from './secretText.js'

export interface KnownFormat {
  /** What it is, to be read after "holds a". */
  readonly name: string
  /** True for keys of a provider's test mode, which cost nobody money. */
  readonly isTest: boolean
  /** The variable that would usually hold it. */
  readonly variable: string
}

/** What a text is, or holds, by its shape alone. null for anything that could be something else, and for values that documentation uses. */
export function formatOf(text: string): KnownFormat | null {
  if (text.length < 16 || text.length > 20_000 || !secretBeginnings.test(text) || isDocumentation(text)) return null
  for (const [pattern, name, variable] of formats) {
    const match = pattern.exec(text)
    if (match !== null && !isRepetition(match[0])) return { name, variable, isTest: /_test_/.test(match[0]) }
  }
  return null
}

/** False for most texts, which begin nothing that is a secret by its shape or an address. */
export function mayHoldSecret(text: string): boolean {
  return (
    text.includes('://') || (text.length >= 16 && (secretBeginnings.test(text) || (text.includes('=') && text.search(keyInQuery) >= 0)))
  )
}

export interface Credentials {
  readonly scheme: string
  readonly user: string
  readonly password: string
  readonly host: string
}

/** User and password inside an address of a database, cache or queue. null where it has none. */
export function credentialsOf(text: string): Credentials | null {
  if (!text.includes('://')) return null
  const match =
    /^(postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|mssql|sqlserver|smtps?):\/\/([^:@/\s]*):([^@/\s]+)@([^/?\s:,]*)/.exec(
      text,
    )
  if (match === null) return null
  const [, scheme = '', user = '', password = '', host = ''] = match
  return { scheme, user, password, host }
}

/** The variable that would usually hold such an address. */
export function addressVariable({ scheme }: Credentials): string {
  const [name = ''] = /^(?:redis|amqp|smtp)/.exec(scheme) ?? []
  return name === '' ? 'DATABASE_URL' : `${name.toUpperCase()}_URL`
}

/** True for machines that only a developer reaches. */
export function isLocalHost(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|0\.0\.0\.0|\[?::1\]?|host\.docker\.internal)$/i.test(host)
}

/** Anchored by what a provider puts in front, so that nothing else looks like it. What they begin with also stands in text/secretShapes.ts. */
const formats: readonly (readonly [RegExp, string, string])[] = [
  [/\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/, 'AWS access key id', 'AWS_ACCESS_KEY_ID'],
  [/\b[sr]k_(?:live|test)_[A-Za-z0-9]{10,}/, 'Stripe key', 'STRIPE_SECRET_KEY'],
  [/\bwhsec_[A-Za-z0-9+/=]{16,}/, 'Stripe webhook secret', 'STRIPE_WEBHOOK_SECRET'],
  [/\bgh[pousr]_[A-Za-z0-9]{36}\b|\bgithub_pat_\w{82}/, 'GitHub token', 'GITHUB_TOKEN'],
  [/\bglpat-[\w-]{20}/, 'GitLab token', 'GITLAB_TOKEN'],
  [/\bxox[abprs]-[A-Za-z0-9-]{10,}/, 'Slack token', 'SLACK_TOKEN'],
  [/https:\/\/hooks\.slack\.com\/services\/T\w+\/B\w+\/\w{16,}/, 'Slack webhook address', 'SLACK_WEBHOOK_URL'],
  [/\bnpm_[A-Za-z0-9]{36}\b/, 'npm token', 'NPM_TOKEN'],
  [/\bSG\.[\w-]{22}\.[\w-]{43}/, 'SendGrid key', 'SENDGRID_API_KEY'],
  [/\bSK[0-9a-f]{32}\b/, 'Twilio key', 'TWILIO_API_KEY'],
  [/\bsk-ant-(?:api|admin)\d\d-[\w-]{20,}/, 'Anthropic key', 'ANTHROPIC_API_KEY'],
  [/\bsk-[\w-]*T3BlbkFJ[\w-]{10,}/, 'OpenAI key', 'OPENAI_API_KEY'],
  [/\bdop_v1_[0-9a-f]{64}\b/, 'DigitalOcean token', 'DIGITALOCEAN_TOKEN'],
  [/\bshp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}\b/, 'Shopify token', 'SHOPIFY_TOKEN'],
  [/\bdapi[0-9a-f]{32}\b/, 'Databricks token', 'DATABRICKS_TOKEN'],
  [/\bHRKU-AA[\w-]{20,}/, 'Heroku key', 'HEROKU_API_KEY'],
  [/\bsq0(?:atp|csp)-[\w-]{22,}/, 'Square token', 'SQUARE_ACCESS_TOKEN'],
  [/-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s*[A-Za-z0-9+/=\s\\]{60,}/, 'private key', 'PRIVATE_KEY'],
]

/** The keys that manuals print (AKIAIOSFODNN7EXAMPLE and the like) open nothing. */
function isDocumentation(text: string): boolean {
  return /example|xxxx|your[-_]|\.\.\./i.test(text)
}

/** One character again and again is a mask. */
function isRepetition(text: string): boolean {
  return new Set(text.slice(-16)).size <= 4
}

/** A default that works: any text for a key or password of one's own, a real one for what a provider hands out. */
export function isWorkingDefault(text: string, kind: 'password' | 'secret' | 'key' | 'token'): boolean {
  if (kind === 'secret' || kind === 'password') return !/^(none|null|undefined|false|unset|not[-_ ]?set|missing|n\/a)$/i.test(text)
  return looksLikeOwnKey(text, kind) || formatOf(text) !== null
}
