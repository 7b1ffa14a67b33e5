// Credentials that stand in the headers of requests to other services: `Authorization: 'Bearer …'`.
import type { Value } from '../../link/value.js'
import { textOfBase64 } from '../../text/base64.js'
import type { Location } from '../../text/location.js'
import { methodName } from '../origins.js'
import { ofEachBinding, ofEachCall } from '../perPart.js'
import type { Confidence, ProjectModel } from '../model.js'
import { possibleValues, stringOf } from '../values.js'
import { isResponse } from '../requests.js'
import { environmentIn, isText } from './possibleTexts.js'
import type { SecretLiteral } from './secretCandidates.js'
import { formatOf } from './secretFormats.js'
import { isCredentialHeader } from './secretNames.js'
import { isPlaceholder, looksLikeSecret } from './secretText.js'

/** Literals with a scheme in front of what looks like a credential, where a header is named, set or added. */
export function inRequestHeaders(model: ProjectModel): readonly SecretLiteral[] {
  return [...namedHeaders(model), ...setHeaders(model)]
}

const none: readonly SecretLiteral[] = []

const namedHeaders = ofEachBinding(
  ({ name, value, at, isOff }) => (isOff || !isCredentialHeader(name) ? none : credentialsIn(value, at)),
  ['literal', 'choice'],
)

/** `headers.set('Authorization', 'Bearer …')` */
const setHeaders = ofEachCall(
  ({ callee, args, at, isWrite, isOff }) => {
    if (isOff || isWrite || callee.kind !== 'member' || isResponse(callee.object)) return none
    const [name, value] = args
    const isHeader = setters.has(methodName(callee) ?? '') && value !== undefined && isCredentialHeader(stringOf(name ?? null) ?? '')
    return isHeader ? credentialsIn(value, at) : none
  },
  { names: (name) => setters.has(name) },
)
const setters: ReadonlySet<string> = new Set(['set', 'append', 'setHeader', 'header'])

function credentialsIn(value: Value, use: Location): readonly SecretLiteral[] {
  const parts = possibleValues(value)
  const environment = environmentIn(parts)
  return parts.filter(isText).flatMap((part): readonly SecretLiteral[] => {
    const confidence = certaintyOf(part.value)
    if (confidence === null) return []
    return [
      {
        text: part.value,
        at: part.at,
        by: 'format',
        what: 'credential of a request to another service',
        confidence,
        fallbackOf: environment,
        variable: environment ?? 'API_TOKEN',
        isPart: true,
        uses: [{ at: use, note: 'It is sent here.' }],
        bytes: 0,
      },
    ]
  })
}

/** A challenge (`Basic realm="…"`), a documented example and the name of a scheme alone open nothing. */
function certaintyOf(header: string): Confidence | null {
  const [, scheme = '', credential = ''] =
    /^(Bearer|Basic|Token|Bot|JWT|ApiKey|Api-Key|Key|SSWS)\s+([^\s"',]{8,})$/i.exec(header.trim()) ?? []
  // Some services want the key alone, without a scheme.
  if (scheme === '') return /^[\w.+/=-]{20,}$/.test(header) && looksLikeSecret(header, 'key') ? 'medium' : null
  if (isPlaceholder(credential)) return null
  const format = formatOf(credential)
  if (format !== null) return format.isTest ? null : 'high'
  if (/^basic$/i.test(scheme)) return holdsPassword(credential) ? 'medium' : null
  return looksLikeSecret(credential, 'key') ? 'medium' : null
}

/** A name and a password behind it. Clients that everybody may be send their name alone, or `anonymous`. */
function holdsPassword(credential: string): boolean {
  if (!/^(?:[A-Za-z\d+/]{4})+(?:[A-Za-z\d+/]{2}(?:==)?|[A-Za-z\d+/]{3}=?)?$/.test(credential)) return false
  const [, password = ''] = /^[^:]+:(.+)$/s.exec(textOfBase64(credential)) ?? []
  return password !== '' && !isPlaceholder(password) && !/^(?:anonymous|guest|public|none)$/i.test(password)
}
