// Parts of requests and handshakes that hold credentials as a whole.
import type { MemberValue } from '../../link/value.js'

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
