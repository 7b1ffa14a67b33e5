// The parser of bulk scans. Whoever wants another one hands it to extractFacts.
import { parseSync } from 'oxc-parser'
import { nativeParser } from './native.js'

/**
 * Parses source text with oxc. Never throws.
 * Where no native binary loads, the hosts put the reference parser in its place when they are bundled (fallback.ts): choosing it here would mean
 * to load modules while running, which the engine has no means for.
 */
export const parseSource = nativeParser(parseSync)
