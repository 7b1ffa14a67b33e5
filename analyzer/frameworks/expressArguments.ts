// What Express makes of the arguments of use, route and the HTTP methods: paths first, then handlers in nested arrays.
import type { Guard, Value } from '../link/value.js'
import type { Location } from '../text/location.js'

/** The first argument of `use` is a path unless it can only be middleware. */
export function isPathLike(value: Value, count: number): boolean {
  return mayBePath(value, count, 0)
}

/** Lists within lists that deep are neither paths nor handlers any more. */
const DEEPEST_LIST = 4

function mayBePath(value: Value, count: number, depth: number): boolean {
  switch (value.kind) {
    case 'literal':
      return typeof value.value === 'string'
    case 'template':
    case 'regex':
    case 'environment':
      return true
    case 'array':
      return value.elements.length > 0 && depth < DEEPEST_LIST && value.elements.every((element) => mayBePath(element, 1, depth + 1))
    case 'choice':
      // `process.env.LIMITED && rateLimit()` is the last of them where it is anything to register.
      if (value.operator === '&&') return mayBePath(value.options.at(-1) as Value, count, depth)
      return (
        value.options.some((option) => mayBePath(option, count, depth)) &&
        !value.options.some((option) => option.kind === 'function' || option.kind === 'scope' || (option.kind === 'result' && count === 1))
      )
    case 'operation':
      return value.operator === '+'
    case 'member':
    case 'parameter':
    case 'typed':
    case 'unknown':
      return count > 1 && !/middleware|handler|limiter|router|guard/i.test('name' in value ? value.name : '')
    default:
      return false
  }
}

/** The paths of an argument; null for one that is not known. A regular expression keeps its slashes. */
export function pathsOf(value: Value | undefined): readonly (string | null)[] {
  return value === undefined ? [''] : pathsWithin(value, 0)
}

function pathsWithin(value: Value, depth: number): readonly (string | null)[] {
  switch (value.kind) {
    case 'literal':
      return [String(value.value)]
    case 'regex':
      return [`/${value.pattern}/`]
    case 'array':
      return depth > DEEPEST_LIST ? [null] : [...new Set(value.elements.flatMap((element) => pathsWithin(element, depth + 1)))]
    case 'template':
      // A part that is not known may be any segment; the boot keeps what it can for the route table.
      return [value.parts.map((part) => (part.kind === 'literal' ? String(part.value) : '*')).join('')]
    case 'choice': {
      const paths = [...new Set(value.options.flatMap((option) => pathsWithin(option, depth + 1)))].filter((path) => path !== null)
      return paths.length === 0 ? [null] : paths.length === 1 ? paths : [paths.find((path) => path !== 'undefined') ?? null]
    }
    default:
      return [null]
  }
}

export interface Handler {
  readonly value: Value
  readonly at: Location
  readonly guard: Guard | null
}

/** Nested arrays flatten; nothing and false are passed over; of alternatives that hold a router each is a mount of its own. */
export function flattenHandlers(args: readonly Value[], argsAt: readonly Location[]): readonly Handler[] {
  return args.flatMap((arg, index) => flatten(arg, argsAt[index] ?? arg.at, null, 0))
}

function flatten(value: Value, at: Location, guard: Guard | null, depth: number): readonly Handler[] {
  if (value.kind === 'array' && depth < DEEPEST_LIST) return value.elements.flatMap((element) => flatten(element, at, guard, depth + 1))
  if (value.kind === 'literal') return []
  if (value.kind === 'promise') return value.result === null ? [{ value, at, guard }] : flatten(value.result, at, guard, depth)
  if (value.kind === 'object' && value.role === 'namespace') return [{ value, at, guard }]
  if (value.kind === 'choice' && value.options.some((option) => option.kind === 'scope' || option.kind === 'array')) {
    return value.options.flatMap((option, index) =>
      flatten(option, at, { at, value: value.test ?? value, holds: index === 0, kind: 'condition' }, depth + 1),
    )
  }
  return [{ value, at, guard }]
}
