// Chooses the parser: the native one, or the reference parser on systems for which there is no native binary.
import { nativeParser } from './native.js'
import type { Parser } from './parser.js'

/** Parses source text. Never throws. */
export const parseSource: Parser = await import('oxc-parser').then(
  ({ parseSync }) => nativeParser(parseSync),
  async () => (await import('./estree.js')).parseWithReference,
)
