// Promises that are made by hand: `new Promise((resolve, reject) => …)`.
import type { SourceFacts } from '../../extract/facts.js'
import type { ProjectModel } from '../model.js'
import { recordedByName } from '../recorded.js'

/** True for `new Promise(…)` whose function uses what rejects it. */
export function mayReject(source: SourceFacts, expression: unknown): boolean {
  if (!Array.isArray(expression)) return false
  const id = executorOf(expression)
  if (id === null) return false
  const pattern = source.functions[id]?.parameters[1]?.pattern
  if (pattern?.[0] !== 'name') return false
  const name = pattern[2]
  return Object.values(source.functions).some((fn) => (fn.id === id || fn.id.startsWith(`${id}.`)) && mentions(fn.body, name))
}

/** The functions of a file that such promises are made with. */
export const executorsIn = recordedByName((model: ProjectModel, file: string): ReadonlySet<string> => {
  const facts = model.files.get(file)
  const found = new Set<string>()
  const left: unknown[] = facts?.kind === 'source' ? Object.values(facts.functions).map(({ body }) => body) : []
  while (left.length > 0) {
    const node = left.pop()
    if (typeof node !== 'object' || node === null) continue
    const id = Array.isArray(node) ? executorOf(node) : null
    if (id !== null) found.add(id)
    left.push(...(Object.values(node) as readonly unknown[]))
  }
  return found
})

function executorOf(expression: readonly unknown[]): string | null {
  const [kind, , callee, args] = expression
  const isPromise = kind === 'new' && Array.isArray(callee) && callee[0] === 'name' && callee[2] === 'Promise'
  const executor: unknown = isPromise && Array.isArray(args) ? args[0] : null
  const id: unknown = Array.isArray(executor) && executor[0] === 'function' ? executor[2] : null
  return typeof id === 'string' ? id : null
}

function mentions(facts: unknown, name: string): boolean {
  if (typeof facts !== 'object' || facts === null) return false
  if (!Array.isArray(facts)) return Object.values(facts).some((part) => mentions(part, name))
  const parts: readonly unknown[] = facts
  return (parts[0] === 'name' && parts[2] === name) || parts.some((part) => mentions(part, name))
}
