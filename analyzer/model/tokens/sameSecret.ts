// The function that compares secrets in a time that says nothing: digests of both sides have one length, whatever was sent.
import { wantedFunction } from '../ownFunctions/wantedFunction.js'
import { smallRun } from '../ownFunctions/smallRun.js'
import type { Known } from '../ownFunctions/smallValues.js'
import { timedComparisons } from './timedComparisons.js'

const foreign: Known = { kind: 'foreign' }
/** Pairs that must not be taken for equal: a header that is missing must not equal a variable that is not set. */
const refused: readonly (readonly [Known, Known])[] = [
  [undefined, undefined],
  ['', ''],
  ['', undefined],
  [undefined, 'a secret'],
  ['a secret', undefined],
  ['another one', 'a secret'],
  // As many characters, and more bytes: what goes by the first alone throws.
  ['a sécret', 'a secret'],
  [foreign, 'a secret'],
  [foreign, foreign],
]

export const sameSecret = wantedFunction({
  name: 'isSameSecret',
  imports: ['createHash', 'timingSafeEqual'],
  isCalledFirst: false,
  code([createHash = '', timingSafeEqual = ''], name, language) {
    const [parameters, text] =
      language === 'ts' ? ['(given: unknown, expected: unknown): boolean', '(text: string)'] : ['(given, expected)', '(text)']
    return `function ${name}${parameters} {
  if (typeof given !== 'string' || typeof expected !== 'string' || expected === '') return false
  const digest = ${text} => ${createHash}('sha256').update(text).digest()
  return ${timingSafeEqual}(digest(given), digest(expected))
}`
  },
  isSame(facts, fn) {
    // What a fix hands over may be anything, so a function that is declared for texts alone would not type-check.
    if (fn.parameters.length !== 2 || !fn.parameters.every(({ type }) => /^(unknown|any)$/.test(type?.name ?? 'any'))) return false
    const run = (given: Known, expected: Known) => smallRun(facts, fn, [given, expected])
    const equal = run('a secret', 'a secret')
    // Texts of one length with one difference show whether a look at the texts themselves comes first.
    const near = run('a secreT', 'a secret')
    return (
      [equal, near].every((one) => one?.calls.has('crypto.timingSafeEqual')) &&
      equal?.value === true &&
      near?.value === false &&
      refused.every(([given, expected]) => run(given, expected)?.value === false)
    )
  },
  users: (model) => timedComparisons(model).map(({ at }) => at.file),
})
