// How a file is written: quotes, semicolons, indentation, line ends, trailing commas.
import { childrenOf } from '../syntax/parseWithTokens.js'
import type { ParsedText, SyntaxNode } from '../syntax/parseWithTokens.js'

export interface Style {
  readonly quote: "'" | '"'
  readonly semicolons: boolean
  /** One step of indentation; empty in a file whose blocks stand as far left as what is around them. */
  readonly indent: string
  readonly lineEnd: '\n' | '\r\n'
  /** Whether the last item of a list over several lines is followed by a comma. */
  readonly trailingComma: boolean
}

/** The style in which rules write their snippets. */
export const canonicalStyle: Style = { quote: "'", semicolons: false, indent: '  ', lineEnd: '\n', trailingComma: true }

/** Reads the style from what most of the file does; a tie falls to the canonical style. */
export function styleOf(text: string, parsed: ParsedText): Style {
  const votes = { single: 0, double: 0, ended: 0, open: 0, commas: 0, bare: 0 }
  const indents = new Map<string, number>()
  for (const token of parsed.tokens) {
    if (token.type !== 'String') continue
    if (token.value.startsWith("'")) votes.single += 1
    else if (token.value.startsWith('"')) votes.double += 1
  }
  for (const node of allNodes(parsed.program)) {
    if (endsWithSemicolon.has(node.type) && !isInHead(node, parsed)) {
      if (text[node.range[1] - 1] === ';') votes.ended += 1
      else votes.open += 1
    }
    const items = itemsOf(node)
    const first = items[0]
    const last = items.at(-1)
    if (first === undefined || last === undefined || !text.slice(node.range[0], first.range[0]).includes('\n')) continue
    const step = stepBetween(lineIndent(text, node.range[0]), lineIndent(text, first.range[0]))
    if (step !== null) indents.set(step, (indents.get(step) ?? 0) + 1)
    if (node.type !== 'ObjectExpression' && node.type !== 'ArrayExpression') continue
    if (text.slice(last.range[1], node.range[1]).trimStart().startsWith(',')) votes.commas += 1
    else votes.bare += 1
  }
  const common = [...indents].sort((a, b) => b[1] - a[1])[0]
  return {
    quote: votes.double > votes.single ? '"' : "'",
    semicolons: votes.ended > votes.open,
    indent: common?.[0] ?? canonicalStyle.indent,
    lineEnd: lineEndOf(text),
    trailingComma: votes.commas >= votes.bare,
  }
}

export function lineEndOf(text: string): Style['lineEnd'] {
  return text.includes('\r\n') ? '\r\n' : '\n'
}

/** Statements and class fields that the style of a file ends with a semicolon or not. */
export const endsWithSemicolon: ReadonlySet<string> = new Set([
  'ExpressionStatement',
  'VariableDeclaration',
  'ReturnStatement',
  'ThrowStatement',
  'BreakStatement',
  'ContinueStatement',
  'DebuggerStatement',
  'DoWhileStatement',
  'ImportDeclaration',
  'ExportAllDeclaration',
  'PropertyDefinition',
  'TSTypeAliasDeclaration',
  'TSImportEqualsDeclaration',
  'TSExportAssignment',
])

/** True for the declaration in the head of a loop, which is no statement of its own. */
export function isInHead(node: SyntaxNode, parsed: ParsedText): boolean {
  const parent = parsed.parents.get(node)
  if (node.type !== 'VariableDeclaration' || parent === undefined) return false
  return /^For/.test(parent.type) && 'body' in parent && parent.body !== node
}

/** The white space at the start of the line in which `offset` lies. */
export function lineIndent(text: string, offset: number): string {
  const start = lineStart(text, offset)
  return /^[ \t]*/.exec(text.slice(start, Math.max(start, offset)))?.[0] ?? ''
}

/** Offset of the first character of the line in which `offset` lies. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

export function allNodes(root: SyntaxNode): SyntaxNode[] {
  const nodes: SyntaxNode[] = [root]
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index]
    if (node !== undefined) nodes.push(...childrenOf(node))
  }
  return nodes
}

function itemsOf(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.type === 'BlockStatement' || node.type === 'ClassBody') return node.body
  if (node.type === 'ObjectExpression') return node.properties
  if (node.type === 'ArrayExpression') return node.elements.filter((element) => element !== null)
  return []
}

function stepBetween(outer: string, inner: string): string | null {
  return inner.startsWith(outer) ? inner.slice(outer.length) : null
}
