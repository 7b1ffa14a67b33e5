// Promises that are made by hand: `new Promise((resolve, reject) => …)`.
import type { SourceFacts } from '../../extract/facts.js'

/** True for `new Promise(…)` whose function uses what rejects it. */
export function mayReject(source: SourceFacts, expression: unknown): boolean {
  if (!Array.isArray(expression)) return false
  const [kind, , callee, args] = expression as readonly unknown[]
  const isPromise = kind === 'new' && Array.isArray(callee) && callee[0] === 'name' && callee[2] === 'Promise'
  const executor: unknown = isPromise && Array.isArray(args) ? args[0] : null
  const id: unknown = Array.isArray(executor) && executor[0] === 'function' ? executor[2] : null
  if (typeof id !== 'string') return false
  const pattern = source.functions[id]?.parameters[1]?.pattern
  if (pattern?.[0] !== 'name') return false
  const name = pattern[2]
  return Object.values(source.functions).some((fn) => (fn.id === id || fn.id.startsWith(`${id}.`)) && mentions(fn.body, name))
}

function mentions(facts: unknown, name: string): boolean {
  if (typeof facts !== 'object' || facts === null) return false
  if (!Array.isArray(facts)) return Object.values(facts).some((part) => mentions(part, name))
  const parts: readonly unknown[] = facts
  return (parts[0] === 'name' && parts[2] === name) || parts.some((part) => mentions(part, name))
}
