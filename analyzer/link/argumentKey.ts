// Whether the arguments of a call matter for what the callee does, and a key under which equal calls share one run.
import type { Value } from './value.js'

/**
 * A key for an argument: equal keys mean that the callee does the same. `?` stands for anything opaque.
 * Null means that the call must be run with this very argument: it carries a response, an error, a function or an application,
 * and what is done with those is reported where the call stands.
 */
export function argumentKey(value: Value, depth = 0): string | null {
  switch (value.kind) {
    case 'literal':
      return typeof value.value === 'bigint' ? 'n' : JSON.stringify(value.value ?? null)
    case 'environment':
      return `env:${value.name}`
    case 'package':
      return `package:${value.package}.${value.path.join('.')}`
    case 'global':
      return `global:${value.name}`
    case 'class':
      return `class:${value.source.file}:${value.facts.id}`
    case 'function':
    case 'scope':
      return null
    case 'parameter':
      return value.role === 'unknown' ? '?' : value.role === 'request' ? 'request' : null
    case 'member':
      return memberKey(value)
    case 'promise':
      return value.result === null ? '?' : argumentKey(value.result, depth)
    case 'result':
      return carriesResponse(value) ? null : '?'
    case 'template':
      return all(value.parts, depth) === null ? null : '?'
    case 'operation':
      return all(value.operands, depth) === null ? null : '?'
    case 'choice':
      return all(value.options, depth)
    case 'array':
      return all(value.elements, depth)
    case 'object': {
      if (value.role === 'instance' || value.role === 'namespace' || value.role === 'exports') return `object:${value.at.file}#${value.at.fn}#${value.at.node}`
      const keys = [...value.properties].map(([key, one]) => {
        const part = depth > 2 ? '?' : argumentKey(one, depth + 1)
        return part === null ? null : `${key}:${part}`
      })
      return keys.includes(null) ? null : `{${keys.join(',')}}`
    }
    default:
      return '?'
  }
}

function all(values: readonly Value[], depth: number): string | null {
  if (depth > 2) return '?'
  const keys = values.map((value) => argumentKey(value, depth + 1))
  if (keys.includes(null)) return null
  // A list in which something is not known is some list: its length would only multiply the runs.
  return keys.length > 8 || keys.some((key) => key?.includes('?') === true) ? '?' : `[${keys.join(',')}]`
}

/** `err.message` matters, one `req.body` is like another, `req.body.email` is just some string. */
function memberKey(value: Extract<Value, { kind: 'member' }>): string | null {
  let length = 1
  let root: Value = value.object
  while (root.kind === 'member') {
    length++
    root = root.object
  }
  if (root.kind !== 'parameter' || root.role === 'unknown') return '?'
  if (root.role !== 'request') return null
  return length > 1 ? '?' : `request.${value.name}`
}

/** `res.status(400)` is still the response. */
function carriesResponse(value: Extract<Value, { kind: 'result' }>): boolean {
  const receiver = value.call.receiver
  if (receiver === null) return false
  if (receiver.kind === 'parameter') return receiver.role === 'response'
  return receiver.kind === 'result' && carriesResponse(receiver)
}
