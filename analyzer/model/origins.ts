// Where a value comes from: the package or global behind a callee, and the call that made a value.
import { withoutInterop } from '../frameworks/knownPackages.js'
import type { CallRecord, Value } from '../link/value.js'
import { possibleValues } from './values.js'

export interface PackagePath {
  readonly package: string
  /** Without `default` and `*`. */
  readonly path: readonly string[]
}

export interface Origin extends PackagePath {
  /** The calls on the way, the last one first. In `path` each stands as `()`. */
  readonly calls: readonly CallRecord[]
}

/**
 * The package export that a value is: `jwt.sign` → `{ package: 'jsonwebtoken', path: ['sign'] }`. Follows members of packages, default interop,
 * `promisify` and the first option of a choice that is one. Not through results: for `winston.createLogger().info` see `originOf`.
 */
export function packageOf(value: Value | null): PackagePath | null {
  const origin = originOf(value)
  return origin === null || origin.calls.length > 0 ? null : { package: origin.package, path: origin.path }
}

// Members and results never change once the boot is over, and several questions ask for the origin of each.
const origins = new WeakMap<Value, Origin | null>()

/** As `packageOf`, and also through results of calls and instances of classes that extend one of the package. */
export function originOf(value: Value | null): Origin | null {
  if (value === null || !mayHaveOrigin(value)) return null
  if (value.kind !== 'member' && value.kind !== 'result') return normalised(rawOrigin(value, 0))
  let origin = origins.get(value)
  if (origin === undefined) origins.set(value, (origin = normalised(rawOrigin(value, 0))))
  return origin
}

/** False for most values: what they are a member of, or what gave them, is of no package. */
function mayHaveOrigin(value: Value): boolean {
  let root = value
  while (root.kind === 'member' || root.kind === 'result') root = root.kind === 'member' ? root.object : root.call.callee
  if (root.kind === 'object') return root.external !== null
  if (root.kind === 'class') return root.superClass !== null
  return root.kind === 'package' || root.kind === 'choice' || root.kind === 'promise'
}

function normalised(found: Origin | null): Origin | null {
  return found === null ? null : { package: found.package, path: withoutInterop(found.path), calls: found.calls }
}

// Each link of a chain of calls is asked for by the next one.
const results = new WeakMap<Value, Origin>()

function rawOrigin(value: Value | null, depth: number): Origin | null {
  if (value === null || depth > 40) return null
  switch (value.kind) {
    case 'package':
      return { package: value.package, path: value.path, calls: [] }
    case 'member': {
      const object = rawOrigin(value.object, depth + 1)
      return object === null ? null : { package: object.package, path: object.path.concat(value.name), calls: object.calls }
    }
    case 'result': {
      let found = results.get(value)
      if (found === undefined) {
        const callee = rawOrigin(value.call.callee, depth + 1)
        if (callee === null) return null
        if (callee.package === 'util' && callee.path.at(-1) === 'promisify') return rawOrigin(value.call.args[0] ?? null, depth + 1)
        found = { package: callee.package, path: callee.path.concat('()'), calls: [value.call].concat(callee.calls) }
        results.set(value, found)
      }
      return found
    }
    case 'choice':
      return firstOf(possibleValues(value), depth)
    case 'promise':
      return rawOrigin(value.result, depth + 1)
    case 'object': {
      if (value.external === null) return null
      const parent = rawOrigin(value.external, depth + 1)
      return parent === null || value.external.kind === 'result' ? parent : { ...parent, path: parent.path.concat('()') }
    }
    case 'class':
      return rawOrigin(value.superClass, depth + 1)
    default:
      return null
  }
}

function firstOf(values: readonly Value[], depth: number): Origin | null {
  for (const value of values) {
    const origin = value.kind === 'choice' ? null : rawOrigin(value, depth + 1)
    if (origin !== null) return origin
  }
  return null
}

/** The dotted name of a global: `console.log`, `Object.assign`. null for anything else. */
export function globalOf(value: Value | null): string | null {
  if (value?.kind === 'global') return value.name
  if (value?.kind === 'choice')
    return (
      possibleValues(value)
        .map(globalOf)
        .find((name) => name !== null) ?? null
    )
  if (value?.kind !== 'member') return null
  const object = globalOf(value.object)
  return object === null ? null : `${object}.${value.name}`
}

/** The call to a package that made the value, also behind a chain of methods on the result. `path` narrows it to one export. */
export function callOf(value: Value | null, packageName: string, path?: readonly string[]): CallRecord | null {
  for (const one of possibleValues(value)) {
    for (const call of originOf(one)?.calls ?? []) if (isCallTo(call, packageName, path)) return call
  }
  return null
}

/** True when the record calls that export of the package directly. */
export function isCallTo(call: CallRecord, packageName: string, path?: readonly string[]): boolean {
  const callee = packageOf(call.callee)
  return callee !== null && callee.package === packageName && (path === undefined || callee.path.join('.') === path.join('.'))
}

/** The last name in a callee: `res.status(500).json` → `json`. */
export function methodName(callee: Value): string | null {
  if (callee.kind === 'member') return callee.name
  if (callee.kind === 'package') return callee.path.at(-1) ?? null
  if (callee.kind === 'global') return callee.name
  if (callee.kind === 'function') return callee.facts.name || null
  if (callee.kind === 'choice') return callee.options.map(methodName).find((name) => name !== null) ?? null
  return null
}
