// What extraction carries along: the file that is being filled, and the function in which it stands.
import type { ClassFacts, ClassId, ExportFacts, FunctionFacts, FunctionId, ImportFacts, NodeId, Statement } from './facts.js'

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

/** The function whose nodes are being numbered. */
export interface Frame {
  readonly id: FunctionId
  readonly file: FileDraft
  readonly spans: number[]
  functionCount: number
  classCount: number
  hasAwait: boolean
}

interface Spanned {
  readonly start: number
  readonly end: number
}

export function newFrame(file: FileDraft, id: FunctionId): Frame {
  return { id, file, spans: [], functionCount: 0, classCount: 0, hasAwait: false }
}

/** Gives the next node number of the function to a stretch of text. */
export function mark(frame: Frame, node: Spanned): NodeId {
  return markSpan(frame, node.start, node.end)
}

export function markSpan(frame: Frame, start: number, end: number): NodeId {
  return frame.spans.push(start, end) / 2 - 1
}

/** The id of the next function inside this one. */
export function nextFunctionId(frame: Frame): FunctionId {
  const place = frame.functionCount++
  return frame.id === '' ? String(place) : `${frame.id}.${place}`
}

/** The id of the next class inside this function. */
export function nextClassId(frame: Frame): ClassId {
  const place = frame.classCount++
  return frame.id === '' ? String(place) : `${frame.id}/${place}`
}
