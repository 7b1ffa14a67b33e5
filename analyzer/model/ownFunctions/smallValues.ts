// The values of a small run: texts and bytes as they are, and the few things of Node that such functions use.

/** `foreign`: something that is no text, of which nothing else is known. */
export type Known =
  | undefined
  | null
  | string
  | number
  | boolean
  | { readonly kind: 'closure'; readonly call: (args: readonly Known[]) => Known }
  | { readonly kind: 'builtin'; readonly path: string; readonly receiver?: Known }
  | { readonly kind: 'bytes'; readonly text: string; readonly length: number }
  | { readonly kind: 'digest'; readonly text: string }
  | { readonly kind: 'foreign' }

/** The function threw, or ended the process. */
export class Thrown extends Error {}

/** The function does something that is not understood. */
export class Unknown extends Error {}

/** `name` of a value; null for the value itself. */
export function memberOf(value: Known, name: string | null, environment: Readonly<Record<string, string>>): Known {
  if (value === undefined || value === null) throw new Thrown()
  if (name === null) return value
  if (typeof value === 'string' && name === 'length') return value.length
  if (typeof value !== 'object') throw new Unknown()
  if (value.kind === 'bytes' && /^(length|byteLength)$/.test(name)) return value.length
  if (value.kind === 'bytes' || value.kind === 'digest') return { kind: 'builtin', path: `${value.kind}.${name}`, receiver: value }
  if (value.kind !== 'builtin') throw new Unknown()
  if (value.path === 'process.env') return environment[name]
  return { kind: 'builtin', path: `${value.path}.${name}` }
}

const DIGEST_LENGTH = 32

/** What a call of Node gives. */
export function callBuiltin(
  { path, receiver }: { readonly path: string; readonly receiver?: Known },
  [first, second]: readonly Known[],
): Known {
  switch (path) {
    case 'crypto.timingSafeEqual': {
      const [a, b] = [bytes(first), bytes(second)]
      if (a.length !== b.length) throw new Thrown()
      return a.text === b.text
    }
    case 'crypto.randomBytes':
      return { kind: 'bytes', text: '(random)', length: DIGEST_LENGTH }
    case 'crypto.createHash':
      return { kind: 'digest', text: '' }
    case 'crypto.createHmac':
      return { kind: 'digest', text: `${textOf(second)}:` }
    case 'digest.update':
      return { kind: 'digest', text: digest(receiver) + decoded(first, second) }
    case 'digest.digest':
      // As a text it is as good as its bytes: what has one form here is compared with the same form.
      return first === undefined ? { kind: 'bytes', text: `#${digest(receiver)}`, length: DIGEST_LENGTH } : `#${digest(receiver)}`
    case 'Buffer.from': {
      const text = decoded(first, second)
      return { kind: 'bytes', text, length: encodeURIComponent(text).replaceAll(/%../g, '.').length }
    }
    case 'String':
      if (typeof first === 'object' && first !== null) throw new Unknown()
      return String(first)
    case 'Boolean':
      return Boolean(first)
    case 'Error':
    case 'TypeError':
    case 'RangeError':
      return { kind: 'foreign' }
    case 'process.exit':
      throw new Thrown()
    default:
      if (path.startsWith('console.')) return undefined
      throw new Unknown()
  }
}

function bytes(value: Known): { readonly text: string; readonly length: number } {
  if (typeof value === 'object' && value?.kind === 'bytes') return value
  throw new Thrown()
}

function digest(value: Known): string {
  if (typeof value === 'object' && value?.kind === 'digest') return value.text
  throw new Unknown()
}

/** Only UTF-8 keeps all texts apart: to `hex`, everything that is none is the same. Half of a pair of surrogates has no bytes of its own. */
function decoded(value: Known, encoding: Known): string {
  if (encoding !== undefined && encoding !== 'utf8' && encoding !== 'utf-8') throw new Unknown()
  return textOf(value).replaceAll(/\p{Surrogate}/gu, '\ufffd')
}

/** Node throws where neither text nor bytes are given. */
function textOf(value: Known): string {
  if (typeof value === 'string') return value
  if (typeof value === 'object' && value?.kind === 'bytes') return value.text
  throw typeof value === 'object' && value?.kind === 'foreign' ? new Unknown() : new Thrown()
}
