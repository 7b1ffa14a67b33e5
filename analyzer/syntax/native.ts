// The native parser, oxc.
import type { parseSync } from 'oxc-parser'
import { isTooDeep } from './nesting.js'
import { languageOf, type BrokenSource, type ParsedSource, type Parser } from './parser.js'

/** Parses as a module and then, where that fails, as a script: CommonJS may return at top level. */
export function nativeParser(parse: typeof parseSync): Parser {
  return (file, text) => {
    if (isTooDeep(text)) return { kind: 'broken', message: 'nested too deeply', offset: 0 }
    const asModule = attempt(parse, file, text, 'module')
    if (asModule.isFlawless) return asModule.source
    const asScript = attempt(parse, file, text, 'commonjs')
    if (asScript.isFlawless || asModule.source.kind === 'broken')
      return asScript.source.kind === 'parsed' ? asScript.source : asModule.source
    return asModule.source
  }
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
function attempt(parse: typeof parseSync, file: string, text: string, sourceType: 'module' | 'commonjs'): Attempt {
  try {
    const answer = parse(file, text, {
      lang: languageOf(file),
      sourceType,
      preserveParens: false,
    })
    const { program, errors } = answer
    const fault = errors.find((error) => error.severity === 'Error')
    const source: ParsedSource = {
      kind: 'parsed',
      program,
      get comments() {
        return answer.comments
      },
    }
    if (!fault) return { isFlawless: true, source }
    if (program.body.length > 0) return { isFlawless: false, source }
    return { isFlawless: false, source: { kind: 'broken', message: fault.message, offset: fault.labels[0]?.start ?? 0 } }
  } catch (error) {
    const message = error instanceof RangeError ? 'nested too deeply' : 'the parser failed'
    return { isFlawless: false, source: { kind: 'broken', message, offset: 0 } }
  }
}
