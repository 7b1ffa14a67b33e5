// Replaces what is left for a view of an error, `res.locals.message = err.message`: the code that fixes of several rules write.
import { firstTuple, nodeOf } from '../../extract/factTuples.js'
import { FixRefused, type Editor } from '../../fix/fix.js'
import type { Location } from '../../text/location.js'
import type { ErrorLeak } from './errorLeaks.js'
import { operand, statusText } from './errorLogFix.js'
import type { ProjectModel } from '../model.js'

/** Messages of 4xx errors still reach the page where the status is written out, which the answer is often given only afterwards. */
export function rewriteLocal(editor: Editor, model: ProjectModel, leak: ErrorLeak, generic: string): void {
  const value = assignedTo(model, leak.at)
  if (value === null) throw new FixRefused('not known what is left for the view')
  const text = editor.text(value)
  const other = viewText(leak, text, generic)
  const status = leak.status === 'any' && leak.part === 'message' && leak.shownAs === null ? statusText(editor, model, leak) : null
  editor.replace(value, status === null ? other : `${operand(status)} < 500 ? ${text} : ${other}`)
}

/** A template that asks an error for properties gets an object. A stack leaves nothing behind, but a name that is missing makes most engines throw. */
function viewText({ part, shownAs }: ErrorLeak, text: string, generic: string): string {
  if (/\.stack$/.test(text)) return "''"
  if (part === 'stack' || (shownAs === 'property' && part !== 'message')) return '{}'
  return shownAs === 'property' ? `{ message: ${generic} }` : generic
}

/** Where the value stands that is assigned to a member; null where it is assigned in another way. */
function assignedTo(model: ProjectModel, target: Location): Location | null {
  const facts = model.files.get(target.file)
  const body = facts?.kind === 'source' ? facts.functions[target.fn]?.body : undefined
  const assignment = firstTuple(body, ([kind, , operator, to]) => kind === 'assign' && operator === '=' && nodeOf(to) === target.node)
  const node = nodeOf(assignment?.[4])
  return node === null ? null : { ...target, node }
}
