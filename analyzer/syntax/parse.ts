// Turns source text into a syntax tree with the native parser.
import { parseSync } from 'oxc-parser'
import { isTooDeep } from './nesting.js'
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
  if (isTooDeep(text)) return { kind: 'broken', message: 'nested too deeply', offset: 0 }
  const asModule = attempt(file, text, 'module')
  if (asModule.isFlawless) return asModule.source
  const asScript = attempt(file, text, 'commonjs')
  if (asScript.isFlawless || asModule.source.kind === 'broken') return asScript.source.kind === 'parsed' ? asScript.source : asModule.source
  return asModule.source
}

/** JSX is no conflict in JavaScript, so every JavaScript file may hold it; in TypeScript it clashes with `<T>value`. */
export function languageOf(file: string): 'jsx' | 'ts' | 'tsx' | 'dts' {
  if (/\.d\.([^.]+\.)?[cm]?ts$/i.test(file)) return 'dts'
  if (/\.tsx$/i.test(file)) return 'tsx'
  return /\.[cm]?ts$/i.test(file) ? 'ts' : 'jsx'
}

interface Attempt {
  readonly isFlawless: boolean
  readonly source: ParsedSource | BrokenSource
}

/**
 * In JavaScript the tree comes without the fields that only TypeScript fills, which makes it a fifth cheaper to build.
 * A text that cannot be read gives an empty program. One that can be read but breaks a rule of the language (a `const` without value, `await`
 * outside an async function) gives a whole program beside its errors, and that is good enough for facts.
 */
function attempt(file: string, text: string, sourceType: 'module' | 'commonjs'): Attempt {
  try {
    const { program, comments, errors } = parseSync(file, text, {
      lang: languageOf(file),
      sourceType,
      preserveParens: false,
    })
    const fault = errors.find((error) => error.severity === 'Error')
    const source: ParsedSource = { kind: 'parsed', program, comments }
    if (!fault) return { isFlawless: true, source }
    if (program.body.length > 0) return { isFlawless: false, source }
    return { isFlawless: false, source: { kind: 'broken', message: fault.message, offset: fault.labels[0]?.start ?? 0 } }
  } catch (error) {
    const message = error instanceof RangeError ? 'nested too deeply' : 'the parser failed'
    return { isFlawless: false, source: { kind: 'broken', message, offset: 0 } }
  }
}
