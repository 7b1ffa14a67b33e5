// The line at which the engine that runs JavaScript sees a call: that of the method's name, not of the start of a chain.
import type { FileFacts, SourceFacts } from '../../analyzer/extract/facts.js'
import { positionAt, spanOf } from '../../analyzer/text/lineIndex.js'
import type { Location } from '../../analyzer/text/location.js'

/** Line of the method's name of the call at this place; of the place itself where it is no method call. */
export function callPlace(files: ReadonlyMap<string, FileFacts>, at: Location): number {
  const facts = files.get(at.file)
  const property = facts?.kind === 'source' ? propertyNode(facts, at) : null
  return lineOf(files, property === null ? at : { ...at, node: property })
}

/** Line of the start of a place, 0 where it is not known. */
export function lineOf(files: ReadonlyMap<string, FileFacts>, at: Location): number {
  const facts = files.get(at.file)
  const span = facts ? spanOf(facts, at) : null
  return facts?.kind === 'source' && span ? positionAt(facts.lineStarts, span.start).line : 0
}

function propertyNode(facts: SourceFacts, at: Location): number | null {
  const call = findCall(facts.functions[at.fn]?.body, at.node)
  const callee = call?.[2]
  if (!Array.isArray(callee)) return null
  return callee[0] === 'member' ? (callee[4] as number) : null
}

/** Tuples nest freely, so they are searched as what they are: arrays. */
function findCall(part: unknown, node: number): readonly unknown[] | null {
  if (part === null || typeof part !== 'object') return null
  if (Array.isArray(part) && part[0] === 'call' && part[1] === node) return part
  for (const child of Object.values(part)) {
    const found = findCall(child, node)
    if (found) return found
  }
  return null
}
