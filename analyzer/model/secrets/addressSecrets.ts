// Secrets inside addresses: keys in the query of a request, and passwords in front of a host, in templates too.
import type { Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { keyInQuery } from '../../text/secretShapes.js'
import type { Confidence, ProjectModel } from '../model.js'
import { methodName } from '../origins.js'
import { ofEachBinding, ofEachCall } from '../perPart.js'
import { isResponse } from '../requests.js'
import { possibleValues, stringOf } from '../values.js'
import { environmentIn } from './possibleTexts.js'
import type { SecretLiteral } from './secretCandidates.js'
import { addressVariable, credentialsOf, isLocalHost, type Credentials } from './secretFormats.js'
import { environmentNameFor, secretKind, wordsOf } from './secretNames.js'
import { isPlaceholder, looksLikeSecret } from './secretText.js'

/** Literals and templates that are addresses with a secret in them, and parameters of a query that are given one by name. */
export function inAddresses(model: ProjectModel): readonly SecretLiteral[] {
  return [...addressesInBindings(model), ...addressesInCalls(model), ...setParameters(model)]
}

const HOLDERS = ['literal', 'template', 'choice'] as const
const none: readonly SecretLiteral[] = []
const addressesInBindings = ofEachBinding(({ value, isOff }) => (isOff ? none : addressSecrets(value)), HOLDERS)
const addressesInCalls = ofEachCall(({ args, isOff }) => (isOff ? none : args.flatMap(addressSecrets)), { given: HOLDERS })

/** `url.searchParams.set('api_key', '…')`, `headers.append('x-api-key', '…')` */
const setParameters = ofEachCall(
  ({ callee, args, isWrite, isOff }) => {
    if (isOff || isWrite || args.length < 2 || callee.kind !== 'member' || isResponse(callee.object)) return none
    const name = setters.has(methodName(callee) ?? '') ? stringOf(args[0] ?? null) : null
    const value = args[1]
    if (name === null || value === undefined) return none
    const parts = possibleValues(value)
    return parts.flatMap((part) => {
      const confidence = part.kind === 'literal' && typeof part.value === 'string' ? certaintyOf(name, part.value) : null
      if (confidence === null || part.kind !== 'literal') return []
      const found = secretIn(part.at, String(part.value), parts, `value of ${name}`, environmentNameFor(name))
      return [{ ...found, by: 'name' as const, isPart: false, confidence }]
    })
  },
  { names: (name) => setters.has(name) },
)
const setters: ReadonlySet<string> = new Set(['set', 'append', 'setHeader', 'header'])

function addressSecrets(value: Value): readonly SecretLiteral[] {
  const parts = value.kind === 'choice' ? possibleValues(value) : [value]
  return parts.flatMap((part) => [...keysIn(part, parts), ...passwordsIn(part, parts)])
}

function keysIn(value: Value, options: readonly Value[]): readonly SecretLiteral[] {
  const text = writtenText(value)
  if (text === null || !text.includes('=') || isDocumentation(text)) return none
  return [...text.matchAll(keyInQuery)].flatMap(([, name = '', secret = '']) => {
    const confidence = certaintyOf(name, secret)
    return confidence === null
      ? []
      : [{ ...secretIn(value.at, text, options, 'key in the query of an address', environmentNameFor(name)), confidence }]
  })
}

/** The password of an address that a template makes, or of a service that is asked over HTTP; whole addresses of stores are known by their shape. */
function passwordsIn(value: Value, options: readonly Value[]): readonly SecretLiteral[] {
  const text = writtenText(value)
  if (text === null || !text.includes('@')) return none
  const credentials = servicePassword(text) ?? (value.kind === 'template' ? credentialsOf(text) : null)
  if (credentials === null || isPlaceholder(credentials.password) || /^[<$%{]|^(?:password|pass|pwd)$/i.test(credentials.password))
    return none
  if (isPlaceholder(credentials.host) && !credentials.host.includes(UNKNOWN)) return none
  const found = secretIn(value.at, text, options, 'password in a connection address', addressVariable(credentials))
  return [{ ...found, confidence: isLocalHost(credentials.host) ? 'low' : 'high' }]
}

function servicePassword(text: string): Credentials | null {
  const [, scheme = '', user = '', password = '', host = ''] =
    /^(https?|wss?|s?ftps?|ldaps?|nats|clickhouse):\/\/([^:@/\s]*):([^@/\s]+)@([^/?#\s:]+)/i.exec(text) ?? []
  return scheme === '' ? null : { scheme, user, password, host }
}

/** How sure it is that a parameter or a header of this name opens something with this value. */
function certaintyOf(name: string, text: string): Confidence | null {
  // What some services call a key by a word that others have for names.
  const isBare = /^(?:key|app_?id)$/i.test(name)
  const kind = isBare ? (/^[\w-]{16,}$/.test(text) ? 'key' : null) : secretKind(name)
  if (kind === null || !looksLikeSecret(text, kind)) return null
  // Keys of Google begin so, and are mostly those that browsers show.
  if (text.startsWith('AIza')) return 'low'
  return kind === 'token' && !wordsOf(name).some((word) => /^(?:access|auth|api|bot)$/.test(word)) ? 'low' : 'medium'
}

/** The text is the whole address, so that one made with a secret that is told already says nothing new. */
function secretIn(at: Location, text: string, options: readonly Value[], what: string, variable: string): SecretLiteral {
  const environment = environmentIn(options)
  return {
    text,
    at,
    by: 'format',
    what,
    confidence: 'medium',
    fallbackOf: environment,
    variable: environment ?? variable,
    isPart: true,
    uses: [],
    bytes: 0,
  }
}

const UNKNOWN = '${}'

/** The text as it stands in the code, with a gap where something else decides. */
function writtenText(value: Value): string | null {
  if (value.kind === 'literal') return typeof value.value === 'string' ? value.value : null
  return value.kind === 'template' ? value.parts.map((part) => writtenText(part) ?? UNKNOWN).join('') : null
}

/** Addresses that manuals show lead nowhere. */
function isDocumentation(text: string): boolean {
  return /^[a-z]+:\/\/(?:[^/?]*[.@])?(?:example\.\w+|[^/?]+\.example|localhost|127\.0\.0\.1)(?:[:/?]|$)/i.test(text)
}
