// Replaces and wraps code in place.
import type { ParsedText, SyntaxNode } from '../syntax/parseWithTokens.js'
import type { Span } from '../text/span.js'
import { FixRefused } from './fix.js'
import type { TextEdit } from './fix.js'
import { addEdit, nodesAt } from './openFile.js'
import type { OpenFile, SourceFile } from './openFile.js'
import { parseExpression, restyleExpression, restyleStatements } from './restyle.js'
import { commentsIn, isListedIn } from './statementPlace.js'
import { lineIndent, lineStart } from './style.js'

/** Replaces the text at a span. Comments in it that the new code lacks move to lines before it. */
export function replaceSpan(file: OpenFile, span: Span, code: string): void {
  if (file.parsed === null) return addEdit(file, span.start, span.end, code.replace(/\r?\n/g, file.style.lineEnd))
  const source = { ...file, parsed: file.parsed, edits: file.edits }
  const inTemplate = templateText(source, span, code)
  if (inTemplate !== null) return addEdit(file, inTemplate.start, inTemplate.end, inTemplate.text)
  const text = newText(source, span, code)
  if (text === file.text.slice(span.start, span.end)) return
  const lost = commentsIn(file.parsed, span.start, span.end).filter((comment) => !text.includes(comment.value.trim()))
  addEdit(file, span.start, span.end, text)
  const indent = lineIndent(file.text, span.start)
  const first = lineStart(file.text, span.start)
  if (lost.length > 0 && isInsideTemplate(file.parsed, first)) throw new FixRefused('a comment would be lost')
  const kept = lost.map((comment) => indent + file.text.slice(...comment.range) + file.style.lineEnd).join('')
  if (kept !== '') addEdit(file, first, first, kept)
}

/** Adds lines before the one at `offset`, and before the comments that stand right above it. */
export function insertLines(file: OpenFile, offset: number, code: string): void {
  let start = lineStart(file.text, offset)
  for (let above = start; above > 0; start = above) {
    above = lineStart(file.text, above - 1)
    if (!/^[ \t]*#/.test(file.text.slice(above))) break
  }
  addEdit(file, start, start, code.replace(/\r?\n/g, file.style.lineEnd) + file.style.lineEnd)
}

/** A text within a template needs no `${'…'}` around it. */
function templateText(file: SourceFile, span: Span, code: string): TextEdit | null {
  const [, text] = /^'([^'`$\\\n]*)'$/.exec(code) ?? []
  const node = nodesAt(file.parsed, span)[0]
  const parent = node === undefined ? undefined : file.parsed.parents.get(node)
  if (text === undefined || parent?.type !== 'TemplateLiteral' || commentsIn(file.parsed, span.start, span.end).length > 0) return null
  const index = parent.expressions.findIndex((expression) => expression === node)
  const [before, after] = [parent.quasis[index], parent.quasis[index + 1]]
  // The signs around a hole belong to the texts beside it.
  const isBare = before?.range[1] === span.start && after?.range[0] === span.end
  const isTagged = file.parsed.parents.get(parent)?.type === 'TaggedTemplateExpression'
  return isBare && !isTagged ? { start: span.start - 2, end: span.end + 1, text } : null
}

/** Wraps the expression at a span: `before` + text + `after`. */
export function wrapSpan(file: SourceFile, span: Span, before: string, after: string): void {
  const hole = '__wrapped__'
  const indent = lineIndent(file.text, span.start)
  const code = before + hole + after
  // `const server = ` makes a statement of an expression. Where it does not, the result does not parse, and the fix is not offered.
  const [start, end] = (parseExpression(code) === null ? code : restyleExpression(code, file.style, indent)).split(hole)
  if (start === undefined || end === undefined) throw new FixRefused('nothing to wrap with')
  if (start !== '') addEdit(file, span.start, span.start, start, { rank: 'opening' })
  if (end !== '') addEdit(file, span.end, span.end, end, { rank: 'closing' })
}

function newText(file: SourceFile, span: Span, code: string): string {
  const indent = lineIndent(file.text, span.start)
  const nodes = nodesAt(file.parsed, span)
  const statement = nodes.find((node) => {
    const parent = file.parsed.parents.get(node)
    return parent !== undefined && isListedIn(parent, node)
  })
  const expression = parseExpression(code)
  const isEnded = file.text[span.end - 1] === ';'
  if (statement !== undefined && (expression === null || isEnded)) return restyleStatements(code, file.style, indent)
  if (expression === null) {
    const isMember = parseExpression(`{ ${code} }`) !== null
    return isMember ? restyleExpression(`{ ${code} }`, file.style, indent).slice(2, -2) : code.replace(/\n/g, file.style.lineEnd + indent)
  }
  const text = restyleExpression(code, file.style, indent)
  const inner = expression.program.body[0]
  const node = nodes.at(-1)
  const parent = node === undefined ? undefined : file.parsed.parents.get(node)
  const type = inner?.type === 'ExpressionStatement' ? inner.expression.type : null
  if (type === null || !loose.test(type) || node === undefined || parent === undefined) return text
  // `!same(a, b)` stands within `||` as it is.
  const isTight = type === 'UnaryExpression' && /^(Logical|Conditional|Unary)Expression$/.test(parent.type)
  return !isTight && bindsTightly(parent, node) ? `(${text})` : text
}

const loose = /^(Logical|Binary|Conditional|Assignment|Sequence|Yield|Await|ArrowFunction|Unary|TSAs|TSSatisfies)Expression$/

function bindsTightly(parent: SyntaxNode, node: SyntaxNode): boolean {
  switch (parent.type) {
    case 'MemberExpression':
      return parent.object === node
    case 'CallExpression':
    case 'NewExpression':
      return parent.callee === node
    case 'UnaryExpression':
    case 'BinaryExpression':
    case 'LogicalExpression':
    case 'AwaitExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TaggedTemplateExpression':
      return true
    case 'ConditionalExpression':
      return parent.test === node
    default:
      return false
  }
}

function isInsideTemplate(parsed: ParsedText, offset: number): boolean {
  return parsed.tokens.some((token) => token.type === 'Template' && token.range[0] < offset && offset < token.range[1])
}
