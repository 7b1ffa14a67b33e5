// What keeps a cookie from networks, scripts and other sites, as its options and the defaults of who sets it say.
import type { Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import type { Answer } from '../model.js'
import { isTruthy, possibleValues, property, stringsOf } from '../values.js'

export type CookieAttribute = 'secure' | 'httpOnly' | 'sameSite'

export interface AttributeAnswer {
  readonly attribute: CookieAttribute
  /** `unknown` where the options were not understood, or a switch decides. */
  readonly answer: Answer
  /** Where the project says so; null where the default counts. */
  readonly at: Location | null
  /** `sameSite: 'none'`: every site may send it, and somebody wants that. */
  readonly isForAllSites: boolean
}

/** What counts where nothing is written. */
export type CookieDefaults = Readonly<Record<CookieAttribute, Answer>>

/** The three attributes of a cookie with these options; null stands for no options. */
export function cookieAttributes(options: Value | null, defaults: CookieDefaults): readonly AttributeAnswer[] {
  return ATTRIBUTES.map((attribute) => attributeOf(attribute, options, defaults[attribute]))
}

const ATTRIBUTES: readonly CookieAttribute[] = ['secure', 'httpOnly', 'sameSite']

function attributeOf(attribute: CookieAttribute, options: Value | null, unset: Answer): AttributeAnswer {
  const value = property(options, attribute)
  const all = possibleValues(value)
  if (all.every(isUndefined)) return { attribute, answer: isUnderstood(options) ? unset : 'unknown', at: null, isForAllSites: false }
  // Where one path leaves it out, what counts there is the default.
  const answers = new Set(all.map((one) => (isUndefined(one) ? unset : answerOf(attribute, one))))
  const [only] = answers
  const answer = answers.size === 1 && only !== undefined ? only : 'unknown'
  const isForAllSites = attribute === 'sameSite' && answer === 'no' && stringsOf(value).some((text) => /^none$/i.test(text))
  return { attribute, answer, at: writtenAt(options, attribute), isForAllSites }
}

function isUndefined(value: Value): boolean {
  return value.kind === 'literal' && value.value === undefined
}

function isUnderstood(options: Value | null): boolean {
  return possibleValues(options).every((one) => (one.kind === 'object' && !one.isOpen) || (one.kind === 'literal' && !one.value))
}

/** `secure: 'auto'` follows the connection. `sameSite: true` is strict. */
function answerOf(attribute: CookieAttribute, value: Value): Answer {
  if (attribute !== 'sameSite' || value.kind !== 'literal' || typeof value.value !== 'string') return isTruthy(value)
  return /^(lax|strict)$/i.test(value.value) ? 'yes' : 'no'
}

function writtenAt(options: Value | null, attribute: CookieAttribute): Location | null {
  for (const one of possibleValues(options)) {
    const at = one.kind === 'object' ? one.writtenAt.get(attribute) : undefined
    if (at !== undefined) return at
  }
  return null
}
