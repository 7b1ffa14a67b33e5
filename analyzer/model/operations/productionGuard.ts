// Puts a statement behind a condition that production does not meet.
import type { Expression, NodeId, Statement } from '../../extract/facts.js'
import { FixRefused, type Editor } from '../../fix/fix.js'
import type { Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'

/** What a fix writes where production is to be left out. */
export const OUTSIDE_PRODUCTION = "process.env.NODE_ENV !== 'production'"

/** `call()` → `if (process.env.NODE_ENV !== 'production') call()`. Refuses where the statement does more than that call. */
export function guardStatement(editor: Editor, model: ProjectModel, call: Location): void {
  const statement = statementOf(model, call)
  if (statement === null) throw new FixRefused('the call is not a statement of its own')
  editor.wrap(statement, `if (${OUTSIDE_PRODUCTION}) `, '')
}

/** The statement that is this call, awaited or not. */
function statementOf(model: ProjectModel, { file, fn, node }: Location): Location | null {
  const facts = model.files.get(file)
  const body = facts?.kind === 'source' ? facts.functions[fn]?.body : undefined
  const found = body === undefined ? null : findIn(body, node)
  return found === null ? null : { file, fn, node: found }
}

function findIn(statements: readonly Statement[], wanted: NodeId): NodeId | null {
  for (const statement of statements) {
    const found = statement[0] === 'expression' ? (isCall(statement[2], wanted) ? statement[1] : null) : findIn(within(statement), wanted)
    if (found !== null) return found
  }
  return null
}

/** Not behind another call, which would be left out with it: `app.use(helmet()).use('/docs', …)`. */
function isCall(expression: Expression, wanted: NodeId): boolean {
  if (expression[0] === 'await') return isCall(expression[2], wanted)
  return expression[0] === 'call' && expression[1] === wanted && !(expression[2][0] === 'member' && expression[2][2][0] === 'call')
}

function within(statement: Statement): readonly Statement[] {
  switch (statement[0]) {
    case 'if':
      return [...statement[3], ...statement[4]]
    case 'block':
      return statement[2]
    case 'try':
      return [...statement[2], ...(statement[3]?.body ?? []), ...(statement[4] ?? [])]
    default:
      return []
  }
}
