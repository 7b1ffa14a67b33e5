// Facts without places, for tests about what is read and not where it stands.
import { extractFacts } from '../analyzer/extract/extractFacts.js'
import type { SourceFacts } from '../analyzer/extract/facts.js'

/** The facts of a source text; fails the test when it does not parse. */
export function factsOf(text: string, file = 'a.ts'): SourceFacts {
  const facts = extractFacts(file, text)
  if (facts.kind !== 'source') throw new Error(facts.kind === 'unparsed' ? `${facts.message} in line ${facts.line}` : facts.kind)
  return facts
}

/** A copy of facts in which tuples have no node numbers and objects no places. */
export function shapeOf(facts: unknown): unknown {
  if (Array.isArray(facts)) {
    const isTuple = typeof facts[0] === 'string' && typeof facts[1] === 'number'
    if (!isTuple) return facts.map(shapeOf)
    const parts = facts[0] === 'member' ? [facts[0], facts[2], facts[3], ...facts.slice(5)] : [facts[0], ...facts.slice(2)]
    return parts.map(shapeOf)
  }
  if (typeof facts !== 'object' || facts === null) return facts
  const kept = Object.entries(facts).filter(([key]) => key !== 'node' && key !== 'keyNode' && key !== 'spans')
  return Object.fromEntries(kept.map(([key, value]) => [key, shapeOf(value)]))
}

/** The shape of the only expression of a text. */
export function expressionShape(text: string, file = 'a.ts'): unknown {
  const [statement] = statementShapes(`(${text}\n)`, file)
  return (statement as readonly unknown[])[1]
}

/** The shapes of the statements of a module. */
export function statementShapes(text: string, file = 'a.ts'): readonly unknown[] {
  return shapeOf(factsOf(text, file).functions['']?.body) as readonly unknown[]
}
