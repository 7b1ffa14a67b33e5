// The facts of a file that could not be read.
import { positionAt } from '../text/lineIndex.js'
import type { UnparsedFacts } from './facts.js'

export function unparsed(file: string, hash: string, message: string, lineStarts: readonly number[], offset: number): UnparsedFacts {
  return { kind: 'unparsed', file, hash, message, ...positionAt(lineStarts, offset) }
}
