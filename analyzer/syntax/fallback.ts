// Which parser reads the files: the native one where it loads, else the reference parser in its place. For hosts that are bundled.
import type { parseSync } from 'oxc-parser'
import type { Parser } from './parser.js'

type Parse = typeof parseSync

/** `load` gives the native parser, and fails where its binary does not fit the machine; `reference` gives the other one. `onFallback` is told why. */
export function chooseParse(
  load: () => { readonly parseSync: Parse },
  reference: () => { readonly parseWithReference: Parser },
  onFallback: (why: string) => void,
): Parse {
  try {
    return load().parseSync
  } catch (error) {
    onFallback(error instanceof Error ? error.message : String(error))
    const { parseWithReference } = reference()
    const parse = (file: string, text: string): Answer => {
      const source = parseWithReference(file, text)
      if (source.kind === 'parsed') return { program: source.program, comments: source.comments, errors: [] }
      const fault = { severity: 'Error', message: source.message, labels: [{ start: source.offset }] }
      return { program: { type: 'Program', body: [] }, comments: [], errors: [fault] }
    }
    return parse as unknown as Parse
  }
}

/** What the native parser answers, as far as it is read. */
interface Answer {
  readonly program: unknown
  readonly comments: unknown
  readonly errors: readonly unknown[]
}
