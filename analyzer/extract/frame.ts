// What extraction carries along: the file that is being filled, and the function in which it stands.
import type * as Tree from '../syntax/tree.js'
import type { ClassFacts, ClassId, ExportFacts, Expression, FunctionFacts, FunctionId, ImportFacts, NodeId, Statement } from './facts.js'

/** The facts of a file while they grow. */
export interface FileDraft {
  readonly functions: Record<FunctionId, FunctionFacts>
  readonly classes: Record<ClassId, ClassFacts>
  readonly imports: ImportFacts[]
  readonly exports: ExportFacts[]
  /** Evaluations of imported modules, which run before the rest of the body. */
  readonly importedModules: Statement[]
  hasModuleSyntax: boolean
}

/**
 * Facts of one function nest at most this deep; what lies deeper is opaque. So whoever reads facts may recurse:
 * the limit is far above what people write, and far below what a stack holds.
 */
export const DEEPEST = 500

/**
 * The two mutual recursions of the language: expressions hold functions, functions hold statements.
 * They are handed along so that no two files import each other.
 */
export interface Walk {
  /** `name` is what an anonymous function or class here is called by the language. */
  expression(frame: Frame, node: ExpressionNode, name?: string): Expression
  statements(frame: Frame, nodes: readonly StatementNode[]): Statement[]
}

export type ExpressionNode = Tree.Expression | Tree.PrivateIdentifier | Tree.SpreadElement
export type StatementNode = Tree.Statement | Tree.Directive

/** The function whose nodes are being numbered. */
export interface Frame {
  readonly id: FunctionId
  readonly file: FileDraft
  readonly walk: Walk
  /** Grows with room to spare: facts take a copy. */
  readonly spans: number[]
  functionCount: number
  classCount: number
  hasAwait: boolean
  /** Expressions and statements around the one that is being read. */
  depth: number
  /** Namespaces that the function has made so far: later parts of the same name fill them. */
  readonly namespaces: Set<string>
}

interface Spanned {
  readonly start: number
  readonly end: number
}

export function moduleFrame(file: FileDraft, walk: Walk): Frame {
  return { id: '', file, walk, spans: [], functionCount: 0, classCount: 0, hasAwait: false, depth: 0, namespaces: new Set() }
}

/** The frame of the next function inside `outer`. */
export function functionFrame(outer: Frame): Frame {
  const place = outer.functionCount++
  const id = outer.id === '' ? String(place) : `${outer.id}.${place}`
  return {
    id,
    file: outer.file,
    walk: outer.walk,
    spans: [],
    functionCount: 0,
    classCount: 0,
    hasAwait: false,
    depth: 0,
    namespaces: new Set(),
  }
}

/** Gives the next node number of the function to a stretch of text. */
export function mark(frame: Frame, node: Spanned): NodeId {
  return markSpan(frame, node.start, node.end)
}

export function markSpan(frame: Frame, start: number, end: number): NodeId {
  return frame.spans.push(start, end) / 2 - 1
}

/** The id of the next class inside this function. */
export function nextClassId(frame: Frame): ClassId {
  const place = frame.classCount++
  return frame.id === '' ? String(place) : `${frame.id}/${place}`
}
