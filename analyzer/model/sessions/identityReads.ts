// Where middleware and handlers learn who asks from what browsers send by themselves: sessions and cookies.
import type { Value } from '../../link/value.js'
import type { Conduct } from '../conduct.js'
import { isIdentityName } from './cookieWrites.js'
import { rememberedByName } from '../names.js'
import { isRequest } from '../requests.js'
import { valuesWithin } from '../search.js'
import { stringOf } from '../values.js'

export interface IdentityReads {
  /** Something in the session that says who it is: `req.session.userId`. */
  readonly session: boolean
  /** What passport.session() takes from the session: `req.user`, `req.isAuthenticated()`. */
  readonly user: boolean
  /** Names of cookies with a token: `req.cookies.token`. */
  readonly cookies: readonly string[]
}

/** What the function looks at, hands on or returns. What it writes into a session, and ending one, is no reading. */
export function identityReads(conduct: Conduct): IdentityReads {
  let found = reads.get(conduct)
  if (found === undefined) reads.set(conduct, (found = readsOf(conduct)))
  return found
}

// Conducts never change, and models of one session share them.
const reads = new WeakMap<Conduct, IdentityReads>()

function readsOf(conduct: Conduct): IdentityReads {
  const paths = [...pathsIn(valuesOf(conduct)), ...writtenPaths(conduct)]
  return {
    session: paths.some(([first, second]) => first === 'session' && second !== undefined && isIdentityProperty(second)),
    user: paths.some(([first]) => first === 'user' || first === 'isAuthenticated'),
    cookies: paths.flatMap(([first, second]) =>
      (first === 'cookies' || first === 'signedCookies') && second !== undefined && isIdentityName(second) ? [second] : [],
    ),
  }
}

const isIdentityProperty = rememberedByName(
  (name) =>
    /^(current_?|is_?)?(user|account|member|customer|admin|employee|staff|profile|principal)(s?_?(id|name))?$/i.test(name) ||
    /^(uid|login|passport|e?mail|roles?|jwt|token|access_?token|(is_?)?(logged_?in|auth|authed|authenticated|authorized))$/i.test(name),
)

function* valuesOf({ records, refusals, summary }: Conduct): Generator<Value> {
  for (const { callee, args, guards, isWrite } of records) {
    for (const guard of guards) yield guard.value
    yield* args
    if (!isWrite) yield callee
  }
  for (const { guards } of refusals) for (const guard of guards) yield guard.value
  for (const { value, guards } of summary.returns) {
    yield value
    for (const guard of guards) yield guard.value
  }
}

/** The names on the way from the request: `['session', 'userId']`. */
function* pathsIn(values: Iterable<Value>): Generator<readonly string[]> {
  const seen = new Set<Value>()
  for (const value of values)
    for (const one of valuesWithin(value, entersForReading, seen)) {
      const path = pathOf(one)
      if (path !== null && path.length > 0) yield path
    }
}

function entersForReading(value: Value): boolean {
  return value.kind !== 'object' || (value.role === 'plain' && value.properties.size <= 30)
}

/** What makes the context of a query gets the request in an object, `({ req }) => …`, where others get the request itself. */
function isHandedRequest(value: Value): boolean {
  return value.kind === 'member' && value.name === 'req' && value.object.kind === 'parameter'
}

/** `request.session.get('user')` is a name on the way as well. */
function pathOf(value: Value): readonly string[] | null {
  if (isHandedRequest(value) || isRequest(value)) return []
  if (value.kind === 'member') {
    const before = pathOf(value.object)
    return before === null ? null : [...before, value.name]
  }
  if (value.kind !== 'result' || value.call.callee.kind !== 'member') return null
  const name = value.call.callee.name === 'get' ? stringOf(value.call.args[0] ?? null) : null
  const before = pathOf(value.call.callee.object)
  return before === null ? null : [...before, ...(name === null ? [value.call.callee.name] : [name])]
}

/**
 * `req.cookies.token` as the function writes it down: what is handed to a function of the project is none of its values, since that runs for all its callers at once.
 * Assigning to it, and deleting it, are no reading.
 */
function writtenPaths({ fn, summary }: Conduct): readonly (readonly string[])[] {
  const requests = new Set(summary.parameters.flatMap((one) => (one.kind === 'parameter' && one.role === 'request' ? [one.name] : [])))
  const found: (readonly string[])[] = []
  const left: unknown[] = Object.values(fn.source.functions).flatMap(({ id, body }) =>
    id === fn.facts.id || id.startsWith(`${fn.facts.id}.`) ? [body] : [],
  )
  while (requests.size > 0 && left.length > 0) {
    const node = left.pop()
    if (!Array.isArray(node)) {
      if (typeof node === 'object' && node !== null) left.push(...Object.values(node))
      continue
    }
    const parts: readonly unknown[] = node
    const names = namesOn(parts, requests)
    if (names !== null && names.length > 0) found.push(names)
    else if (parts[0] === 'assign') left.push(parts[4])
    else if (parts[0] !== 'unary' || parts[2] !== 'delete') left.push(...parts)
  }
  return found
}

/** The names behind that of a request; null for any other expression. */
function namesOn(parts: readonly unknown[], requests: ReadonlySet<string>): readonly string[] | null {
  const [kind, , object, name] = parts
  if (kind === 'name') return typeof object === 'string' && requests.has(object) ? [] : null
  if (kind !== 'member' || !Array.isArray(object) || typeof name !== 'string') return null
  const before = namesOn(object as readonly unknown[], requests)
  return before === null ? null : [...before, name]
}
