// Keys that stand in the code in an encoding: `const SIGNING_SECRET = Buffer.from('…', 'base64')`.
import type { CallRecord, LiteralValue } from '../../link/value.js'
import { globalOf } from '../origins.js'
import { ofEachBinding } from '../perPart.js'
import { stringOf } from '../values.js'
import { isText } from './possibleTexts.js'
import type { SecretLiteral } from './secretCandidates.js'
import { environmentNameFor, secretKind } from './secretNames.js'
import { isPlaceholder } from './secretText.js'

/** Under a name that says what they are; what is handed to a package is known by that. */
export const encodedKeys = ofEachBinding(
  ({ name, value, isOff }): readonly SecretLiteral[] => {
    if (isOff || value.kind !== 'result' || secretKind(name) === null) return []
    const literal = encodedText(value.call)
    if (literal === null) return []
    return [
      {
        text: literal.value,
        at: literal.at,
        by: 'name',
        what: `value of ${name}`,
        confidence: 'medium',
        fallbackOf: null,
        variable: environmentNameFor(name),
        isCalledSo: true,
        uses: [],
        bytes: 0,
      },
    ]
  },
  ['result'],
)

/** Short texts are prefixes and samples, and what repeats itself is a key of zeros that a test or an initial vector holds. */
function encodedText({ callee, args }: CallRecord): (LiteralValue & { readonly value: string }) | null {
  const [text, encoding] = args
  if (globalOf(callee) !== 'Buffer.from' || text === undefined || !isText(text)) return null
  if (!/^(?:base64|base64url|hex)$/.test(stringOf(encoding ?? null) ?? '')) return null
  const isKey = text.value.length >= 16 && !isPlaceholder(text.value) && new Set(text.value).size >= 8
  return isKey ? text : null
}
