// A file's text to its facts. This is all that the rest of the analyzer knows of a file.
import { parseSource } from '../syntax/parse.js'
import type { Parser } from '../syntax/parser.js'
import { hashText } from '../text/hash.js'
import { deepFreeze } from './deepFreeze.js'
import { extractDeployment } from './deployment.js'
import { deploymentFormat } from './deploymentFormat.js'
import { extractSource } from './extractSource.js'
import type { FileFacts } from './facts.js'
import { extractJson } from './json.js'
import { unparsed } from './unparsed.js'

/** A zero within this many characters means that the file is no text. */
const SNIFFED = 1024

/**
 * The facts of one file, frozen. They depend on its name and text alone; what has no format of its own by name is read as JavaScript.
 * Never throws.
 */
export function extractFacts(file: string, text: string, parser: Parser = parseSource): FileFacts {
  return deepFreeze(factsOf(file, text, parser))
}

function factsOf(file: string, text: string, parser: Parser): FileFacts {
  const hash = hashText(text)
  if (text.slice(0, SNIFFED).includes('\0')) return unparsed(file, hash, 'binary file', [0], 0)
  if (/\.jsonc?$/i.test(file)) return extractJson(file, text, hash)
  const format = deploymentFormat(file)
  const isNode = format === 'shell' && /^#!.*\b(node|bun|tsx|ts-node|deno)\b/.test(text)
  return format && !isNode ? extractDeployment(file, text, hash, format) : extractSource(file, text, hash, parser)
}
