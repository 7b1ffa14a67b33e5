// Puts a call of the function that compares secrets in the place of an operator.
import { FixRefused, suggestion, type Fix } from '../../fix/fix.js'
import type { ProjectModel } from '../model.js'
import { callable } from '../ownFunctions/wantedFunction.js'
import { sameSecret } from './sameSecret.js'
import type { TimedComparison } from './timedComparisons.js'

/** Where the file has to declare the function itself, it goes to the end of it, once. */
export function timedComparisonFix(model: ProjectModel, { at, operator }: TimedComparison): Fix {
  return suggestion('Compare digests with timingSafeEqual', (editor) => {
    const sides = editor.text(at).split(operator)
    const [left, right] = sides
    if (left === undefined || right === undefined || sides.length !== 2) throw new FixRefused('The comparison holds another one.')
    const { name, code } = callable(editor, model, at.file, sameSecret)
    if (code !== null) editor.append(at.file, code)
    editor.replace(at, `${operator.startsWith('!') ? '!' : ''}${name}(${bare(left)}, ${bare(right)})`)
  })
}

/** `(a ?? b)` needs no parentheses as an argument. */
function bare(side: string): string {
  return side.trim().replace(/^\(([^()]*)\)$/, '$1')
}
