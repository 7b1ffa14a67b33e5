// The parser of bulk scans. Whoever wants another one hands it to extractFacts.
import { parseSync } from 'oxc-parser'
import { nativeParser } from './native.js'

/**
 * Parses source text with oxc. Never throws.
 * Choosing the reference parser here when no native binary loads would need `await` at top level, which a CommonJS bundle cannot hold;
 * oxc brings a WebAssembly build for such systems.
 */
export const parseSource = nativeParser(parseSync)
