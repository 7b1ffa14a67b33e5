// Turns source text into a syntax tree with the native parser.
import { parseSync } from 'oxc-parser'
import type * as Tree from './tree.js'

/** A parsed file: the program and its comments, with UTF-16 offsets. */
export interface ParsedSource {
  readonly kind: 'parsed'
  readonly program: Tree.Program
  readonly comments: readonly SourceComment[]
}

export interface SourceComment {
  readonly start: number
  readonly end: number
}

/** Why a text is no program, and where. */
export interface BrokenSource {
  readonly kind: 'broken'
  readonly message: string
  readonly offset: number
}

/** Every parser takes a file name (its extension chooses the language) and a text, and answers with offsets in UTF-16 units. It never throws. */
export type Parser = (file: string, text: string) => ParsedSource | BrokenSource

/** Parses with oxc, as a module and then, where that fails, as a script: CommonJS may return at top level. */
export const parseSource: Parser = (file, text) => {
  const lang = languageOf(file)
  const asModule = attempt(file, text, lang, 'module')
  if (asModule.kind === 'parsed') return asModule
  const asScript = attempt(file, text, lang, 'commonjs')
  return asScript.kind === 'parsed' ? asScript : asModule
}

/** JSX is no conflict in JavaScript, so every JavaScript file may hold it; in TypeScript it clashes with `<T>value`. */
export function languageOf(file: string): 'jsx' | 'ts' | 'tsx' {
  if (/\.tsx$/i.test(file)) return 'tsx'
  return /\.[cm]?ts$/i.test(file) ? 'ts' : 'jsx'
}

function attempt(file: string, text: string, lang: 'jsx' | 'ts' | 'tsx', sourceType: 'module' | 'commonjs'): ParsedSource | BrokenSource {
  try {
    const result = parseSync(file, text, { lang, sourceType, astType: 'ts', preserveParens: false })
    const fault = result.errors.find((error) => error.severity === 'Error')
    if (fault) return { kind: 'broken', message: fault.message, offset: fault.labels[0]?.start ?? 0 }
    return { kind: 'parsed', program: result.program, comments: result.comments }
  } catch (error) {
    return { kind: 'broken', message: error instanceof RangeError ? 'nested too deeply' : 'the parser failed', offset: 0 }
  }
}
