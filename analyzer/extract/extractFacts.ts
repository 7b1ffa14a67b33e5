// A file's text to its facts. This is all that the rest of the analyzer knows of a file.
import { parseSource, type Parser } from '../syntax/parse.js'
import { hashText } from '../text/hash.js'
import { extractSource, unparsed } from './extractSource.js'
import type { FileFacts } from './facts.js'

const SNIFFED = 1024

/** The facts of one file. They depend on its name and text alone. Never throws. */
export function extractFacts(file: string, text: string, parser: Parser = parseSource): FileFacts {
  const hash = hashText(text)
  if (text.slice(0, SNIFFED).includes('\0')) return unparsed(file, hash, 'binary file', [0], 0)
  return extractSource(file, text, hash, parser)
}
