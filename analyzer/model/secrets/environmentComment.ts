// What the example of the environment says of a secret.
import { wordsOf } from './secretNames.js'

/** For a key that signs or encrypts. */
export const GENERATED = 'Generate one, for example with: openssl rand -hex 32'

/** By its name: a key that the server makes up itself can be generated. Passwords and keys of others are handed out, so that a generated one would be wrong. */
export function environmentComment(variable: string): string {
  return isOwn(variable) ? GENERATED : 'The server does not start without it.'
}

function isOwn(variable: string): boolean {
  const words = wordsOf(variable)
  const text = words.join(' ')
  return words.some((word) => ownWords.has(word)) || /\btoken (?:secret|key)$|^(?:app |auth )?(?:secret|key|secret key)$/.test(text)
}

const ownWords: ReadonlySet<string> = new Set(
  'jwt session sessions cookie cookies csrf xsrf hmac encryption signing signature pepper salt nextauth'.split(' '),
)
