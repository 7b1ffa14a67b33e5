// The notation in which packages are described: what stands at which path of which package.
import type { Capability } from '../model/model.js'

/**
 * What the thing at a path of a package is.
 * `middleware factory` returns middleware when called, `middleware` is one itself, `wrapper` returns the function that it was given,
 * `runner` calls the last function that it is given at once and returns what that returns, `compose` returns a chain of its arguments, `limiter class` counts when its methods are called, `plugin` works on the app that it receives.
 */
export type PackageKind = 'middleware factory' | 'middleware' | (typeof thingKinds)[number]

/** Kinds of what is no middleware. Their capabilities are what they do to an app that they receive, or when their methods are called. */
export const thingKinds = [
  'wrapper',
  'runner',
  'compose',
  'limiter class',
  'plugin',
  'framework',
  'container',
  'logger',
  'schema',
  'env schema',
  'orm',
  'database',
  'cache',
  'hash',
  'token',
  'mail',
  'sms',
  'payment',
  'cloud',
  'queue',
  'http client',
  'crypto',
  'socket',
  'error',
  'template',
  'store',
  'child process',
  'file system',
  'media',
  'node',
  'none',
] as const

export interface PackageLine {
  readonly kind: PackageKind
  readonly capabilities: readonly Capability[]
  /** False for middleware that answers the request itself: documents, proxies, GraphQL. */
  readonly continues: boolean
}

export interface PackageEffect extends PackageLine {
  /** The path of the table's line, without `default`. `()` stands for the result of a call. */
  readonly path: readonly string[]
}

/** What stands at each path of a package; the package itself is `''`. */
export type PackageLines = ReadonlyMap<string, PackageLine>

/**
 * Reads a table. Each line is `<kind> <capabilities…>: <package>[#<path>] …`, and indented lines go on with the one before.
 * Kinds are written with hyphens; `factory` is a middleware factory, `answering-factory` and `answering` do not pass the request on.
 * A path is the way from the package's export: `express-brute#().prevent` is a member of what a call or `new` returned.
 */
export function readPackageTable(text: string): ReadonlyMap<string, PackageLines> {
  const table = new Map<string, Map<string, PackageLine>>()
  let line: PackageLine | null = null
  for (const row of text.split('\n')) {
    const heading = /^(\S[^:]*):(.*)$/.exec(row)
    if (heading !== null) line = readEffect(heading[1] ?? '')
    if (line === null) continue
    for (const name of (heading?.[2] ?? row).trim().split(/\s+/)) {
      if (name === '') continue
      const [packageName = '', path = ''] = name.split('#')
      const lines = table.get(packageName) ?? new Map<string, PackageLine>()
      lines.set(path, line)
      table.set(packageName, lines)
    }
  }
  return table
}

function readEffect(heading: string): PackageLine {
  const [word = '', ...capabilities] = heading.split(' ')
  const effect = { capabilities: capabilities as Capability[], continues: !word.startsWith('answering') }
  if (word === 'factory' || word === 'answering-factory') return { ...effect, kind: 'middleware factory' }
  if (word === 'middleware' || word === 'answering') return { ...effect, kind: 'middleware' }
  const kind = thingKinds.find((name) => name.replaceAll(' ', '-') === word)
  return { ...effect, kind: kind ?? 'none' }
}
