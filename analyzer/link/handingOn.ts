// Functions that hand the request, the response and `next` to something else, as far as their text tells.
import type { FunctionFacts, SourceFacts } from '../extract/facts.js'

/** True for a function in which something is called with its first three parameters, in their order: `router(req, res, next)`, `router.handle(req, res, next)`. */
export function handsRequestOn(source: SourceFacts, facts: FunctionFacts): boolean {
  const names = facts.parameters.slice(0, 3).map(({ pattern }) => (pattern[0] === 'name' ? pattern[2] : ''))
  if (names.length < 3 || names.includes('')) return false
  const within = `${facts.id}.`
  return Object.values(source.functions).some(({ id, body }) => (id === facts.id || id.startsWith(within)) && calls(body, names))
}

/** True where an edit of the function may change what it, or a function around it, hands the request to. */
export function mayHandRequestOn(source: SourceFacts, { id }: FunctionFacts): boolean {
  return Object.values(source.functions).some(
    (around) => around.id !== '' && (around.id === id || id.startsWith(`${around.id}.`)) && handsRequestOn(source, around),
  )
}

/** Facts are tuples within tuples: a call is one that begins with its word. */
function calls(part: unknown, names: readonly string[]): boolean {
  if (typeof part !== 'object' || part === null) return false
  if (!Array.isArray(part)) return Object.values(part).some((one) => calls(one, names))
  const parts: readonly unknown[] = part
  const args = parts[0] === 'call' && Array.isArray(parts[3]) ? (parts[3] as readonly unknown[]) : []
  if (args.length === names.length && args.every((arg, index) => Array.isArray(arg) && arg[0] === 'name' && arg[2] === names[index]))
    return true
  return parts.some((one) => calls(one, names))
}
