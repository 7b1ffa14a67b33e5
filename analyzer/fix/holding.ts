// Holds what an expression gives in a constant, so that statements behind it can speak of it.
import type { SyntaxNode } from '../syntax/parseWithTokens.js'
import { FixRefused } from './fix.js'
import { addEdit } from './openFile.js'
import type { SourceFile } from './openFile.js'
import { restyleStatements } from './restyle.js'
import { insertAfter } from './statements.js'
import { commentsIn, endOfLineComments, statementPlace } from './statementPlace.js'
import { lineIndent } from './style.js'

/**
 * Declares `const name` for the expression, with `code` behind it. What was returned or exported by default is then the constant;
 * an arrow function that answers with the expression gets a body.
 */
export function holdAs(file: SourceFile, expression: SyntaxNode, name: string, code: string): void {
  const node = withListeners(file, expression)
  const place = statementPlace(file.parsed, node)
  const { statement } = place
  if (place.kind === 'arrow') {
    if (!isWhole(node, statement)) throw new FixRefused('the expression is a part of another')
    return openArrow(file, place.arrow, node, name, code)
  }
  if (statement.type === 'ExpressionStatement' && isWhole(node, statement.expression)) {
    addEdit(file, node.range[0], node.range[0], `const ${name} = `, { rank: 'opening' })
    return insertAfter(file, node, code)
  }
  const [held, before] =
    statement.type === 'ReturnStatement'
      ? [statement.argument, 'return']
      : statement.type === 'ExportDefaultDeclaration'
        ? [statement.declaration, 'export default']
        : [null, '']
  if (place.kind !== 'listed' || held === null || !isWhole(node, held)) throw new FixRefused('the expression is a part of another')
  if (commentsIn(file.parsed, statement.range[0], node.range[0]).length > 0) throw new FixRefused('a comment stands before the expression')
  const indent = lineIndent(file.text, statement.range[0])
  addEdit(file, statement.range[0], node.range[0], `const ${name} = `)
  const end = endOfLineComments(file.text, file.parsed, statement.range[1])
  addEdit(file, end, end, file.style.lineEnd + indent + restyleStatements(`${code}\n${before} ${name}`, file.style, indent))
}

/** `listen().on('error', …)`: what adds a listener to an emitter of Node gives the emitter back. */
function withListeners(file: SourceFile, node: SyntaxNode): SyntaxNode {
  const member = file.parsed.parents.get(node)
  const call = member === undefined ? undefined : file.parsed.parents.get(member)
  if (member?.type !== 'MemberExpression' || member.object !== node || member.property.type !== 'Identifier') return node
  if (call?.type !== 'CallExpression' || call.callee !== member || !/^(?:on|once|addListener)$/.test(member.property.name)) return node
  return withListeners(file, call)
}

function isWhole(node: SyntaxNode, held: SyntaxNode): boolean {
  return node.range[0] === held.range[0] && node.range[1] === held.range[1]
}

/** `() => listen()` becomes `() => { const server = listen(); code; return server }`. */
function openArrow(file: SourceFile, arrow: SyntaxNode, body: SyntaxNode, name: string, code: string): void {
  const outer = lineIndent(file.text, arrow.range[0])
  const inner = outer + file.style.indent
  const line = file.style.lineEnd + inner
  const end = file.style.semicolons ? ';' : ''
  if (commentsIn(file.parsed, arrow.range[0], body.range[0]).length > 0) throw new FixRefused('a comment stands before the body')
  addEdit(file, body.range[0], body.range[0], `{${line}const ${name} = `, { rank: 'opening' })
  const rest = restyleStatements(`${code}\nreturn ${name}`, file.style, inner)
  addEdit(file, arrow.range[1], arrow.range[1], `${end}${line}${rest}${file.style.lineEnd}${outer}}`)
}
