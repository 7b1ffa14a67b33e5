// JavaScript and TypeScript to facts.
import type { ParsedSource, Parser } from '../syntax/parser.js'
import { lineStartsOf } from '../text/lineIndex.js'
import { directiveFacts } from './directives.js'
import { expressionFacts } from './expressions.js'
import type { DirectiveFacts, SourceFacts, UnparsedFacts } from './facts.js'
import { markSpan, moduleFrame, type Frame, type Walk } from './frame.js'
import { emptyDraft, finishSource } from './sourceFacts.js'
import { statementsFacts } from './statements.js'
import { unparsed } from './unparsed.js'

const WALK: Walk = { expression: expressionFacts, statements: statementsFacts }

/** The facts of a source file, or why there are none. */
export function extractSource(file: string, text: string, hash: string, parser: Parser): SourceFacts | UnparsedFacts {
  const lineStarts = lineStartsOf(text)
  const parsed = parser(file, text)
  if (parsed.kind === 'broken') return unparsed(file, hash, parsed.message, lineStarts, parsed.offset)
  try {
    const frame = moduleFrame(emptyDraft(), WALK)
    markSpan(frame, 0, text.length)
    const body = statementsFacts(frame, parsed.program.body)
    const directives = directivesOf(frame, text, lineStarts, parsed)
    const language = /\.[cm]?tsx?$/i.test(file) ? 'ts' : 'js'
    return finishSource({ file, hash, language, text, lineStarts, frame, body, directives })
  } catch (error) {
    // Only the depth of recursion is a limit that a text can reach.
    if (error instanceof RangeError) return unparsed(file, hash, 'nested too deeply', lineStarts, 0)
    throw error
  }
}

function directivesOf(frame: Frame, text: string, lineStarts: readonly number[], parsed: ParsedSource): DirectiveFacts[] {
  const directives: DirectiveFacts[] = []
  // Asking for the comments makes the native parser build them.
  if (!text.includes('parapet-')) return directives
  for (const comment of parsed.comments) {
    const directive = directiveFacts(text, lineStarts, comment.start, comment.end, (start, end) => markSpan(frame, start, end))
    if (directive) directives.push(directive)
  }
  return directives
}
