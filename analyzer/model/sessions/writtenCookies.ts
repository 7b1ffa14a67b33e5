// Cookies of tokens that stand as text in a header: `res.setHeader('Set-Cookie', `token=${token}; HttpOnly`)`.
import type { CallRecord, Value } from '../../link/value.js'
import type { AttributeAnswer, CookieAttribute } from './cookieAttributes.js'
import { isHarmlessName, isIdentityName, isToken } from './cookieWrites.js'
import type { Answer, ProjectModel } from '../model.js'
import { productionHeaderWrites } from '../headers/responseHeaders.js'
import { possibleValues } from '../values.js'

export interface WrittenCookie {
  readonly call: CallRecord
  readonly name: string
  readonly attributes: readonly AttributeAnswer[]
}

/** In order. Those without a value that is only known at run time hold nobody, or take one back. */
export function writtenCookies(model: ProjectModel): readonly WrittenCookie[] {
  return productionHeaderWrites(model).flatMap(({ record, name, value }) =>
    name !== 'set-cookie' ? [] : possibleValues(value).flatMap((one) => textsIn(one).flatMap((text) => cookieOf(record, text))),
  )
}

/** Stands for what is not known of a text. */
const UNKNOWN = '\u0000'

interface HeaderText {
  readonly text: string
  /** True where a token that a package signed stands in it: it tells who asks, whatever the cookie is called. */
  readonly holdsToken: boolean
}

function textsIn(value: Value): readonly HeaderText[] {
  if (value.kind === 'array') return value.elements.flatMap(textsIn)
  if (value.kind !== 'template') return []
  const text = value.parts.map((part) => (part.kind === 'literal' ? String(part.value) : UNKNOWN)).join('')
  return [{ text, holdsToken: value.parts.some(isToken) }]
}

function cookieOf(call: CallRecord, { text, holdsToken }: HeaderText): readonly WrittenCookie[] {
  const [pair = '', ...rest] = text.split(';')
  const name = pair.slice(0, Math.max(0, pair.indexOf('='))).trim()
  const isIdentity = isIdentityName(name) || (holdsToken && !isHarmlessName(name))
  if (!isIdentity || name === '' || name.includes(UNKNOWN) || !pair.includes(UNKNOWN)) return []
  const words = rest.map((one) => one.trim())
  if (words.some((word) => /^max-age=(0|-\d+)$/i.test(word))) return []
  // A part of its own may be any attribute, also one that a condition adds; and so may what stands behind the value.
  const isOpen =
    words.some((word) => word.startsWith(UNKNOWN)) || pair.indexOf(UNKNOWN) !== pair.lastIndexOf(UNKNOWN) || words.at(-1)?.endsWith(UNKNOWN)
  const attribute = (wanted: CookieAttribute, shape: RegExp): AttributeAnswer => {
    const word = words.find((one) => shape.test(one))
    const isForAllSites = word !== undefined && /^samesite=none$/i.test(word)
    const answer: Answer = word === undefined ? (isOpen === true ? 'unknown' : 'no') : isForAllSites ? 'no' : 'yes'
    return { attribute: wanted, answer, at: null, isForAllSites }
  }
  return [
    {
      call,
      name,
      attributes: [attribute('secure', /^secure$/i), attribute('httpOnly', /^httponly$/i), attribute('sameSite', /^samesite=/i)],
    },
  ]
}
