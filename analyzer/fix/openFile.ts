// A file while it is being edited: its text, its tree and the edits collected so far.
import { addToGroup } from '../grouped.js'
import type { ProjectModel } from '../model/model.js'
import { parseWithTokens } from '../syntax/parseWithTokens.js'
import type { ParsedText, SyntaxNode } from '../syntax/parseWithTokens.js'
import { hashText } from '../text/hash.js'
import { spanOf } from '../text/lineIndex.js'
import type { Location } from '../text/location.js'
import type { Span } from '../text/span.js'
import type { PlacedEdit } from './editList.js'
import { FixRefused } from './fix.js'
import { canonicalStyle, lineEndOf, styleOf } from './style.js'
import type { Style } from './style.js'

/** What fixes are computed from. `text` answers with the text that the facts were extracted from, also for files without facts; null for none. */
export interface FixContext {
  readonly model: ProjectModel
  text(file: string): string | null
}

export interface OpenFile {
  readonly name: string
  readonly text: string
  /** null for files that are not code. */
  readonly parsed: ParsedText | null
  readonly style: Style
  readonly edits: PlacedEdit[]
}

/** A file that is code. */
export interface SourceFile extends OpenFile {
  readonly parsed: ParsedText
}

const sourceName = /\.[cm]?[jt]sx?$/

/** Gives files for editing. The parse of a file is kept for as long as the opener is, the edits are each caller's own. */
export type Opener = (name: string) => OpenFile

/** Opens the files of one state of the project. Throws `FixRefused` for a file that is not there, does not parse, or has facts of another text. */
export function createOpener(context: FixContext): Opener {
  const known = new Map<string, Omit<OpenFile, 'edits'>>()
  return (name) => {
    const file = known.get(name) ?? readFile(context, name)
    known.set(name, file)
    return { ...file, edits: [] }
  }
}

function readFile(context: FixContext, name: string): Omit<OpenFile, 'edits'> {
  const text = context.text(name)
  if (text === null) throw new FixRefused(`${name} cannot be read`)
  const facts = context.model.files.get(name)
  if (facts !== undefined && facts.hash !== hashText(text)) throw new FixRefused(`${name} has changed since it was analysed`)
  // What Node is started with may have no ending: `bin/www`.
  if (!sourceName.test(name) && facts?.kind !== 'source')
    return { name, text, parsed: null, style: { ...canonicalStyle, lineEnd: lineEndOf(text) } }
  const parsed = parseWithTokens(text, name)
  if (parsed === null) throw new FixRefused(`${name} does not parse`)
  return { name, text, parsed, style: styleOf(text, parsed) }
}

/** Where a location stands in the file's text. */
export function spanIn(context: FixContext, at: Location): Span {
  const facts = context.model.files.get(at.file)
  const span = facts === undefined ? null : spanOf(facts, at)
  if (span === null) throw new FixRefused(`no such place in ${at.file}`)
  return span
}

export function addEdit(
  file: OpenFile,
  start: number,
  end: number,
  text: string,
  marks: Partial<Pick<PlacedEdit, 'binds' | 'countedIn' | 'rank' | 'sortedBy'>> = {},
): void {
  const edit: PlacedEdit = { start, end, text, rank: 'statement', ...marks }
  // Of two wraps around one expression the outer one, which opens first, closes last.
  if (edit.rank === 'closing') file.edits.unshift(edit)
  else file.edits.push(edit)
}

/** The nodes that cover exactly this span, outermost first. A place that covers none (a property's name and colon) has none. */
export function nodesAt(parsed: ParsedText, span: Span): SyntaxNode[] {
  const found: SyntaxNode[] = []
  for (const node of pathTo(parsed, span)) if (node.range[0] === span.start && node.range[1] === span.end) found.push(node)
  return found
}

/** The smallest node around this span. */
export function nodeAround(parsed: ParsedText, span: Span): SyntaxNode {
  return pathTo(parsed, span).at(-1) ?? parsed.program
}

/** The first of the nodes at a span that passes, seen through `await`, type assertions and optional chains. */
export function findAt<Found extends SyntaxNode>(parsed: ParsedText, span: Span, test: (node: SyntaxNode) => node is Found): Found | null {
  for (const outer of nodesAt(parsed, span)) {
    for (let node: SyntaxNode | null = outer; node !== null; node = inner(node)) if (test(node)) return node
  }
  return null
}

function inner(node: SyntaxNode): SyntaxNode | null {
  switch (node.type) {
    case 'ExpressionStatement':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'ChainExpression':
      return node.expression
    case 'AwaitExpression':
      return node.argument
    default:
      return null
  }
}

function pathTo(parsed: ParsedText, span: Span): SyntaxNode[] {
  const path: SyntaxNode[] = []
  const holds = (node: SyntaxNode): boolean => node.range[0] <= span.start && span.end <= node.range[1]
  for (let node: SyntaxNode | undefined = parsed.program; node !== undefined;) {
    path.push(node)
    node = childIn(node, holds, parsed)
  }
  return path
}

function childIn(node: SyntaxNode, holds: (node: SyntaxNode) => boolean, parsed: ParsedText): SyntaxNode | undefined {
  const children = (childrenByParent.get(parsed) ?? indexChildren(parsed)).get(node) ?? []
  return children.find(holds) ?? children.flatMap(decoratorsOf).find(holds)
}

/** Decorators in front of `export` stand outside of what they decorate. */
function decoratorsOf(node: SyntaxNode): readonly SyntaxNode[] {
  const inner = node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration' ? node.declaration : node
  return inner?.type === 'ClassDeclaration' ? inner.decorators : []
}

/** Children of each node, made once per parse. */
const childrenByParent = new WeakMap<ParsedText, Map<SyntaxNode, SyntaxNode[]>>()

function indexChildren(parsed: ParsedText): Map<SyntaxNode, SyntaxNode[]> {
  const children = new Map<SyntaxNode, SyntaxNode[]>()
  for (const [child, parent] of parsed.parents) {
    addToGroup(children, parent, child)
  }
  childrenByParent.set(parsed, children)
  return children
}
