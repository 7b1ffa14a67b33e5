// Compares secrets in a time that says nothing: digests of both sides have one length, whatever was sent.
import { FixRefused, suggestion, type Fix } from '../../fix/fix.js'
import type { TimedComparison } from './timedComparisons.js'

const NAME = 'isSameSecret'

/** Puts a call to a function in the place of the operator; the function goes to the end of the file, once. */
export function timedComparisonFix({ at, operator }: TimedComparison): Fix {
  return suggestion('Compare digests with timingSafeEqual', (editor) => {
    const { file } = at
    const sides = editor.text(at).split(operator)
    const [left, right] = sides
    if (left === undefined || right === undefined || sides.length !== 2) throw new FixRefused('The comparison holds another one.')
    const isKnown = editor.hasBinding(file, NAME)
    const name = isKnown ? NAME : editor.freeName(file, NAME)
    if (!isKnown) {
      const createHash = editor.addImport(file, 'node:crypto', 'createHash', 'createHash')
      const timingSafeEqual = editor.addImport(file, 'node:crypto', 'timingSafeEqual', 'timingSafeEqual')
      editor.append(file, helper(name, createHash, timingSafeEqual, editor.isTypeScript(file) ? 'ts' : 'js'))
    }
    editor.replace(at, `${operator.startsWith('!') ? '!' : ''}${name}(${left.trim()}, ${right.trim()})`)
  })
}

/** What is no text is no secret: a header that is missing must not equal a variable that is not set. */
function helper(name: string, createHash: string, timingSafeEqual: string, language: 'js' | 'ts'): string {
  const [parameters, text] =
    language === 'ts' ? ['(given: unknown, expected: unknown): boolean', '(text: string)'] : ['(given, expected)', '(text)']
  return `function ${name}${parameters} {
  if (typeof given !== 'string' || typeof expected !== 'string' || expected === '') return false
  const digest = ${text} => ${createHash}('sha256').update(text).digest()
  return ${timingSafeEqual}(digest(given), digest(expected))
}`
}
