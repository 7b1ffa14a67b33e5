// Finds the statement around a place, and what kind of list it stands in.
import type { ParsedText, SyntaxComment, SyntaxNode, SyntaxToken } from '../syntax/parseWithTokens.js'
import { FixRefused } from './fix.js'

export type StatementPlace =
  /** One of several statements: of a block, a module, a case. */
  | { readonly kind: 'listed'; readonly statement: SyntaxNode }
  /** The only statement of `if (x) statement`, without braces. */
  | { readonly kind: 'bare'; readonly statement: SyntaxNode }
  /** The expression that an arrow function returns. */
  | { readonly kind: 'arrow'; readonly statement: SyntaxNode; readonly arrow: SyntaxNode }
  /** The initialiser of a class field. */
  | { readonly kind: 'field'; readonly statement: SyntaxNode }

/** The innermost statement that holds `node`. Throws `FixRefused` when none does. */
export function statementPlace(parsed: ParsedText, node: SyntaxNode): StatementPlace {
  let current = node
  for (let parent = parsed.parents.get(current); parent !== undefined; current = parent, parent = parsed.parents.get(current)) {
    if (isListedIn(parent, current)) return { kind: 'listed', statement: current }
    if (parent.type === 'ArrowFunctionExpression' && parent.body === current) return { kind: 'arrow', statement: current, arrow: parent }
    if (isBodyOf(parent, current)) return { kind: 'bare', statement: current }
    if (parent.type === 'PropertyDefinition' && parent.value === current) return { kind: 'field', statement: parent }
  }
  throw new FixRefused('no statement holds this place')
}

/** Where a statement begins: decorators of an exported class stand before the word that exports it. */
export function startOf(statement: SyntaxNode): number {
  const isExport = statement.type === 'ExportNamedDeclaration' || statement.type === 'ExportDefaultDeclaration'
  const declared = isExport ? statement.declaration : null
  const decorators = declared?.type === 'ClassDeclaration' ? declared.decorators : []
  return Math.min(statement.range[0], ...decorators.map(({ range }) => range[0]))
}

/** True where the statement is one of a list of statements. */
export function isListedIn(parent: SyntaxNode, node: SyntaxNode): boolean {
  switch (parent.type) {
    case 'Program':
    case 'BlockStatement':
    case 'StaticBlock':
    case 'TSModuleBlock':
      return true
    case 'SwitchCase':
      return parent.test !== node
    default:
      return false
  }
}

function isBodyOf(parent: SyntaxNode, node: SyntaxNode): boolean {
  if (node.type === 'BlockStatement') return false
  switch (parent.type) {
    case 'IfStatement':
      return parent.consequent === node || parent.alternate === node
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
    case 'WithStatement':
      return parent.body === node
    default:
      return false
  }
}

export function tokenBefore(parsed: ParsedText, offset: number): SyntaxToken | undefined {
  return parsed.tokens.findLast((token) => token.range[1] <= offset)
}

/** The first token that starts at `offset` or later. */
export function tokenAfter(parsed: ParsedText, offset: number): SyntaxToken | undefined {
  return parsed.tokens.find((token) => token.range[0] >= offset)
}

/** Comments that lie inside the span. */
export function commentsIn(parsed: ParsedText, start: number, end: number): SyntaxComment[] {
  return parsed.comments.filter((comment) => start <= comment.range[0] && comment.range[1] <= end)
}

/** Where the comments begin that stand right above a statement and speak of it, as those of JSDoc do across blank lines too. What heads the file speaks of the file, unless it is a directive. */
export function startWithComments(text: string, parsed: ParsedText, start: number): number {
  let first = start
  for (const comment of parsed.comments.toReversed()) {
    const [begin, end] = comment.range
    if (end > first) continue
    const gap = text.startsWith('/**', begin) ? /^\s*$/ : /^[ \t]*\r?\n[ \t]*$/
    const isAbove = gap.test(text.slice(end, first)) && /(^|\n)[ \t]*$/.test(text.slice(0, begin))
    if (!isAbove) break
    const isHead = tokenBefore(parsed, begin) === undefined && !DIRECTIVE.test(comment.value)
    if (isHead) break
    first = begin
  }
  return first
}

const DIRECTIVE = /^\s*(eslint-|@ts-|prettier-ignore|parapet-ignore|istanbul |c8 |v8 |biome-ignore)/

/** The end of the comments that follow `offset` on its line; `offset` itself when other code follows first. */
export function endOfLineComments(text: string, parsed: ParsedText, offset: number): number {
  const next = tokenAfter(parsed, offset)
  if (next !== undefined && !text.slice(offset, next.range[0]).includes('\n')) return offset
  let end = offset
  for (const comment of parsed.comments) {
    if (comment.range[0] < end || (next !== undefined && comment.range[0] > next.range[0])) continue
    if (text.slice(end, comment.range[0]).includes('\n')) break
    end = comment.range[1]
  }
  return end
}
