// Sets and inserts arguments of calls.
import type { TSESTree } from '../syntax/parseWithTokens.js'
import { FixRefused } from './fix.js'
import { addEdit } from './openFile.js'
import type { SourceFile } from './openFile.js'
import { restyleExpression } from './restyle.js'
import { commentsIn, endOfLineComments, tokenAfter } from './statementPlace.js'
import { lineIndent } from './style.js'

export type CallNode = TSESTree.CallExpression | TSESTree.NewExpression

/** Replaces argument `index`, or adds it when it is the next one. */
export function setArgument(file: SourceFile, call: CallNode, index: number, code: string): void {
  const old = call.arguments[index]
  if (old === undefined) return insertArgument(file, call, index, code)
  const text = restyleExpression(code, file.style, lineIndent(file.text, old.range[0]))
  if (text === file.text.slice(...old.range)) return
  if (commentsIn(file.parsed, ...old.range).some((comment) => !text.includes(comment.value)))
    throw new FixRefused('the old argument holds a comment')
  addEdit(file, old.range[0], old.range[1], text)
}

/** Inserts an argument before number `index`; at the end when that is the next one. */
export function insertArgument(file: SourceFile, call: CallNode, index: number, code: string): void {
  const next = call.arguments[index]
  const last = call.arguments.at(-1)
  const text = restyleExpression(code, file.style, lineIndent(file.text, (next ?? last ?? call).range[0]))
  if (index > call.arguments.length || call.arguments.some((argument) => argument.type === 'SpreadElement' && argument !== next)) {
    throw new FixRefused('the arguments cannot be counted')
  }
  const countedIn = call.range[1]
  if (next !== undefined) {
    const isOwnLine = /\n[ \t]*$/.test(file.text.slice(0, next.range[0]))
    const gap = isOwnLine ? file.style.lineEnd + lineIndent(file.text, next.range[0]) : ' '
    addEdit(file, next.range[0], next.range[0], `${text},${gap}`, { countedIn })
  } else if (last !== undefined) append(file, last, text, countedIn)
  else fill(file, call, text)
}

function append(file: SourceFile, last: TSESTree.Node, text: string, countedIn: number): void {
  const following = tokenAfter(file.parsed, last.range[1])
  const isOwnLine = /\n[ \t]*$/.test(file.text.slice(0, last.range[0]))
  if (!isOwnLine) return addEdit(file, last.range[1], last.range[1], `, ${text}`, { countedIn })
  const hasComma = following?.value === ','
  if (!hasComma) addEdit(file, last.range[1], last.range[1], ',')
  const end = endOfLineComments(file.text, file.parsed, hasComma ? following.range[1] : last.range[1])
  addEdit(file, end, end, file.style.lineEnd + lineIndent(file.text, last.range[0]) + text + (hasComma ? ',' : ''), { countedIn })
}

/** The parentheses are written anew: two fixes that both fill them then collide, where two insertions would lack a comma. */
function fill(file: SourceFile, call: CallNode, text: string): void {
  const close = call.range[1] - 1
  const open = file.text.lastIndexOf('(', close)
  const isCalled =
    file.text[close] === ')' &&
    open > call.callee.range[0] &&
    file.text.slice(open + 1, close).trim() === '' &&
    open >= call.callee.range[1]
  if (isCalled) return addEdit(file, open, close + 1, `(${text})`)
  if (call.type === 'NewExpression' && file.text[close] !== ')') return addEdit(file, call.range[1], call.range[1], `(${text})`)
  throw new FixRefused('a comment stands among the arguments')
}
