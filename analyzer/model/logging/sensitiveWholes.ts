// Parts of requests and handshakes that hold credentials as a whole.
import { mayBe } from '../../frameworks/knownPackages.js'
import type { CallRecord, MemberValue, Value } from '../../link/value.js'
import { loadedPackages } from '../loadedPackages.js'
import type { ProjectModel } from '../model.js'
import { recordedOnce } from '../recorded.js'

const bodyKeys = ['password', 'token', 'secret']
const headerKeys = ['authorization', 'cookie']
/** Members of a request: what they are, and the keys that hold the secrets in them. */
export const wholes: Readonly<Record<string, readonly [what: string, keys: readonly string[]]>> = {
  body: ['the whole request body', bodyKeys],
  rawBody: ['the whole request body', bodyKeys],
  headers: ['all request headers', headerKeys],
  rawHeaders: ['all request headers', headerKeys],
  cookies: ['all cookies', []],
  signedCookies: ['all cookies', []],
}

/** What clients of socket.io bring along: `socket.handshake`, its headers, and the credentials that they connect with. */
export function handshakePart({ object: owner, name }: MemberValue): readonly [what: string, keys: readonly string[]] | null {
  if (name === 'handshake') return owner.kind === 'parameter' ? ['the whole handshake', ['auth', 'headers']] : null
  if (owner.kind !== 'member' || owner.name !== 'handshake') return null
  if (name === 'auth') return ['the credentials of the handshake', ['token', 'password']]
  return name === 'headers' ? (wholes['headers'] ?? null) : null
}

/** What errors of HTTP clients bring along: the request that failed, with the credentials that it was sent with (domain fact D12). */
export function failedRequestPart({ object: owner, name }: MemberValue): readonly [what: string, keys: readonly string[]] | null {
  if (name === 'headers')
    return owner.kind === 'member' && owner.name === 'config' && failedRequestPart(owner) !== null ? sentHeaders : null
  if (name !== 'config' && name !== 'request') return null
  const error = owner.kind === 'member' && owner.name === 'response' ? owner.object : owner
  return error.kind === 'parameter' && error.role === 'error' ? ['the failed request with its headers', ['headers', 'auth']] : null
}

const sentHeaders = ['the headers of the failed request', ['authorization', 'Authorization']] as const

/** True for what is called as parts of failed requests are, and is a field of the project's own: nothing makes such requests, or a class of the project was asked for. */
export function isOwnField(model: ProjectModel, value: Value, { guards }: CallRecord): boolean {
  if (value.kind !== 'member' || failedRequestPart(value) === null) return false
  let error: Value = value
  while (error.kind === 'member') error = error.object
  return (
    !makesRequests(model) ||
    guards.some(
      ({ value: test, holds }) =>
        holds &&
        test.kind === 'operation' &&
        test.operator === 'instanceof' &&
        test.operands[0] === error &&
        test.operands[1]?.kind === 'class',
    )
  )
}

const makesRequests = recordedOnce((model: ProjectModel): boolean => [...loadedPackages(model)].some((name) => mayBe(name, 'http client')))
