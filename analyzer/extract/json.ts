// JSON (comments and trailing commas tolerated) to facts: one exported value.
import { parseTree, visit, type Node, type ParseError, printParseErrorCode } from 'jsonc-parser'
import { lineStartsOf } from '../text/lineIndex.js'
import { mayHoldSecrets } from '../text/secretShapes.js'
import { directiveFacts } from './directives.js'
import type { DirectiveFacts, Expression, SourceFacts, UnparsedFacts } from './facts.js'
import { mark, markSpan, moduleFrame, type Frame } from './frame.js'
import { emptyDraft, finishSource } from './sourceFacts.js'
import { unparsed } from './unparsed.js'

/** The facts of a JSON file: `exportAssignment` of its value. */
export function extractJson(file: string, text: string, hash: string): SourceFacts | UnparsedFacts {
  const lineStarts = lineStartsOf(text)
  // A byte order mark is no JSON, yet editors write it; a blank keeps the offsets.
  const plain = text.startsWith('\uFEFF') ? ' ' + text.slice(1) : text
  try {
    const faults: ParseError[] = []
    const root = parseTree(plain, faults, { allowTrailingComma: true })
    const fault = faults[0]
    if (!root || fault) return unparsed(file, hash, messageOf(fault), lineStarts, fault?.offset ?? 0)
    const draft = emptyDraft()
    const frame = moduleFrame(draft, { expression: refuse, statements: refuse })
    markSpan(frame, 0, text.length)
    const at = markNode(frame, root)
    const value = valueFacts(frame, root)
    const directives = directivesOf(frame, plain, lineStarts)
    const body = [['exportAssignment', at, value] as const]
    const facts = finishSource({ file, hash, language: 'json', text, lineStarts, frame, body, directives })
    return { ...facts, mayHoldSecrets: mayHoldSecrets(text) }
  } catch (error) {
    if (error instanceof RangeError) return unparsed(file, hash, 'nested too deeply', lineStarts, 0)
    throw error
  }
}

/** `ValueExpected` reads as `value expected`. */
function messageOf(fault: ParseError | undefined): string {
  const code = fault ? printParseErrorCode(fault.error) : 'ValueExpected'
  return code.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()
}

function refuse(): never {
  throw new TypeError('JSON holds no code')
}

function valueFacts(frame: Frame, node: Node): Expression {
  const at = markNode(frame, node)
  if (node.type === 'array') return ['array', at, (node.children ?? []).map((child) => valueFacts(frame, child))]
  if (node.type !== 'object') return ['literal', at, node.value as string | number | boolean | null]
  const properties = (node.children ?? []).flatMap((property) => {
    const [key, value] = property.children ?? []
    if (!key || !value) return []
    const place = markNode(frame, property)
    const keyNode = markNode(frame, key)
    return [{ kind: 'property' as const, node: place, key: String(key.value), keyNode, value: valueFacts(frame, value) }]
  })
  return ['object', at, properties]
}

function markNode(frame: Frame, node: Node): number {
  return mark(frame, { start: node.offset, end: node.offset + node.length })
}

function directivesOf(frame: Frame, text: string, lineStarts: readonly number[]): DirectiveFacts[] {
  const directives: DirectiveFacts[] = []
  if (!text.includes('parapet-')) return directives
  visit(text, {
    onComment: (start, length) => {
      const directive = directiveFacts(text, lineStarts, start, start + length, (from, to) => markSpan(frame, from, to))
      if (directive) directives.push(directive)
    },
  })
  return directives
}
