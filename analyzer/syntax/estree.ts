// The reference parser: slower than the native one and heavy to load, so only what needs it imports this file.
import { parse } from '@typescript-eslint/typescript-estree'
import { languageOf, type BrokenSource, type ParsedSource, type Parser } from './parser.js'
import type * as Tree from './tree.js'

/** Parses with typescript-estree. Answers with the same tree shape as the native parser. */
export const parseWithReference: Parser = (file, text) => {
  try {
    const program = parse(text, {
      comment: true,
      range: true,
      jsx: languageOf(file).endsWith('x'),
      filePath: file,
      jsDocParsingMode: 'none',
      suppressDeprecatedPropertyWarnings: true,
    })
    const comments = (program.comments ?? []).map(({ range: [start, end] }) => ({ start, end }))
    setOffsets(program)
    return { kind: 'parsed', program: program as unknown as Tree.Program, comments } satisfies ParsedSource
  } catch (error) {
    return brokenBy(error)
  }
}

/** The native parser writes `start` and `end`, this one a `range`. */
function setOffsets(root: object): void {
  const waiting: object[] = [root]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if ('range' in node && Array.isArray(node.range)) Object.assign(node, { start: node.range[0], end: node.range[1] })
    for (const [key, value] of Object.entries(node) as [string, unknown][]) {
      if (key !== 'parent' && typeof value === 'object' && value !== null) waiting.push(value)
    }
  }
}

function brokenBy(error: unknown): BrokenSource {
  if (error instanceof RangeError) return { kind: 'broken', message: 'nested too deeply', offset: 0 }
  const offset = error instanceof Error && 'index' in error && typeof error.index === 'number' ? error.index : 0
  return { kind: 'broken', message: error instanceof Error ? error.message : 'the parser failed', offset }
}
