// JavaScript and TypeScript to facts.
import type { ParsedSource, Parser } from '../syntax/parse.js'
import { lineStartsOf, positionAt } from '../text/lineIndex.js'
import { directiveFacts } from './directives.js'
import { expressionFacts } from './expressions.js'
import type { DirectiveFacts, SourceFacts, UnparsedFacts } from './facts.js'
import { markSpan, moduleFrame, type FileDraft, type Frame, type Walk } from './frame.js'
import { statementsFacts } from './statements.js'

const WALK: Walk = { expression: expressionFacts, statements: statementsFacts }

/** The facts of a source file, or why there are none. */
export function extractSource(file: string, text: string, hash: string, parser: Parser): SourceFacts | UnparsedFacts {
  const lineStarts = lineStartsOf(text)
  const parsed = parser(file, text)
  if (parsed.kind === 'broken') return unparsed(file, hash, parsed.message, lineStarts, parsed.offset)
  try {
    return sourceFacts(file, text, hash, lineStarts, parsed)
  } catch (error) {
    // Only the depth of recursion is a limit that a text can reach.
    if (error instanceof RangeError) return unparsed(file, hash, 'nested too deeply', lineStarts, 0)
    throw error
  }
}

export function unparsed(file: string, hash: string, message: string, lineStarts: readonly number[], offset: number): UnparsedFacts {
  return { kind: 'unparsed', file, hash, message, ...positionAt(lineStarts, offset) }
}

function sourceFacts(file: string, text: string, hash: string, lineStarts: readonly number[], parsed: ParsedSource): SourceFacts {
  const draft: FileDraft = { functions: {}, classes: {}, imports: [], exports: [], importedModules: [], hasModuleSyntax: false }
  const frame = moduleFrame(draft, WALK)
  markSpan(frame, 0, text.length)
  const statements = frame.walk.statements(frame, parsed.program.body)
  const directives = directivesOf(frame, text, lineStarts, parsed)
  draft.functions[''] = {
    id: '',
    name: '',
    kind: 'module',
    isAsync: false,
    isGenerator: false,
    parameters: [],
    arity: 0,
    returnType: null,
    body: [...draft.importedModules, ...statements],
    hasAwait: frame.hasAwait,
    spans: frame.spans,
  }
  return {
    kind: 'source',
    file,
    hash,
    language: /\.[cm]?tsx?$/i.test(file) ? 'ts' : 'js',
    functions: draft.functions,
    classes: draft.classes,
    imports: draft.imports,
    exports: draft.exports,
    hasModuleSyntax: draft.hasModuleSyntax,
    directives,
    lineStarts,
    length: text.length,
    hasShebang: text.startsWith('#!'),
  }
}

function directivesOf(frame: Frame, text: string, lineStarts: readonly number[], parsed: ParsedSource): DirectiveFacts[] {
  const directives: DirectiveFacts[] = []
  for (const comment of parsed.comments) {
    const directive = directiveFacts(text, lineStarts, comment.start, comment.end, (start, end) => markSpan(frame, start, end))
    if (directive) directives.push(directive)
  }
  return directives
}
