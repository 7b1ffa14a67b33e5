// Parses one file with the reference parser, keeping the tokens and comments that an edit has to respect.
import { parse } from '@typescript-eslint/typescript-estree'
import type { TSESTree } from '@typescript-eslint/typescript-estree'

export type { TSESTree }
export type SyntaxNode = TSESTree.Node
export type SyntaxToken = TSESTree.Token
export type SyntaxComment = TSESTree.Comment

/** One parsed file. Ranges are offsets in UTF-16 units, end exclusive. */
export interface ParsedText {
  readonly program: TSESTree.Program
  readonly tokens: readonly SyntaxToken[]
  readonly comments: readonly SyntaxComment[]
  readonly parents: ReadonlyMap<SyntaxNode, SyntaxNode>
}

/** null when the text does not parse. The file's name decides between JavaScript, TypeScript and their JSX forms. */
export function parseWithTokens(text: string, file: string): ParsedText | null {
  try {
    const program = parse(text, {
      range: true,
      tokens: true,
      comment: true,
      jsx: !/\.[cm]?ts$/.test(file),
      filePath: file,
      jsDocParsingMode: 'none',
      suppressDeprecatedPropertyWarnings: true,
    })
    return { program, tokens: program.tokens ?? [], comments: program.comments ?? [], parents: parentsOf(program) }
  } catch {
    return null
  }
}

/** The nodes directly below `node`, in source order. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = []
  for (const [key, value] of Object.entries(node)) {
    if (key === 'parent' || key === 'tokens' || key === 'comments') continue
    for (const item of Array.isArray(value) ? value : [value]) if (isNode(item)) children.push(item)
  }
  return children.sort((a, b) => a.range[0] - b.range[0])
}

function parentsOf(program: TSESTree.Program): Map<SyntaxNode, SyntaxNode> {
  const parents = new Map<SyntaxNode, SyntaxNode>()
  const waiting: SyntaxNode[] = [program]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const child of childrenOf(node)) {
      // A shorthand property holds its name twice; the first parent is the property either way.
      if (parents.has(child)) continue
      parents.set(child, node)
      waiting.push(child)
    }
  }
  return parents
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'range' in value
}
