// Which parser reads the files: the native one where it loads, else the reference parser in its place. For hosts that can wait at their start.
import type { parseSync } from 'oxc-parser'

type Parse = typeof parseSync

/** `load` imports the native parser, and fails where its binary does not fit the machine. `onFallback` is told why. */
export async function chooseParse(load: () => Promise<{ readonly parseSync: Parse }>, onFallback: (why: string) => void): Promise<Parse> {
  try {
    return (await load()).parseSync
  } catch (error) {
    onFallback(error instanceof Error ? error.message : String(error))
    const { parseWithReference } = await import('./estree.js')
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
