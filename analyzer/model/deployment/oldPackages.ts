// Packages that were meant to protect a server and are deprecated, known to be flawed, or broken with the framework of the project.
import type { SourceFacts } from '../../extract/facts.js'
import { loadsInCode } from '../../link/requiredModules.js'
import type { Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { recordedByName, recordedOnce } from '../recorded.js'
import { packagesAbove, versionOf } from '../versions.js'

export interface OldPackage {
  readonly name: string
  readonly kind: 'deprecated' | 'outdated' | 'broken'
  /** What is wrong with it, as a sentence without its full stop. */
  readonly reason: string
  /** What to use in its place, as the end of a sentence that begins with "Use". */
  readonly instead: string
  /** Where server code loads it, in order. */
  readonly loads: readonly Location[]
}

interface Entry extends Pick<OldPackage, 'kind' | 'reason' | 'instead'> {
  /** The package whose version matters, with the first major version that is fine; or, for broken ones, the first that is not. */
  readonly before?: readonly [string, number]
  readonly from?: readonly [string, number]
}

const deprecated = (reason: string, instead: string): Entry => ({ kind: 'deprecated', reason, instead })
const outdated = (name: string, major: number, reason: string): Entry => {
  return { kind: 'outdated', reason, instead: `${name} ${major} or later`, before: [name, major] }
}
const renamed = (name: string): [string, Entry] => [
  `fastify-${name}`,
  deprecated(`It was renamed to @fastify/${name} in 2022 and gets no more fixes`, `@fastify/${name}`),
]
const unwritable = 'On Express 5 the query of a request cannot be replaced,'

const known: ReadonlyMap<string, readonly Entry[]> = new Map<string, readonly Entry[]>([
  [
    'csurf',
    [deprecated('It is archived, with flaws that are known and stay', 'csrf-csrf, or SameSite cookies with a check of the origin')],
  ],
  [
    'express-brute',
    [deprecated('Nobody maintains it, and parallel requests get past its counters', 'express-rate-limit or rate-limiter-flexible')],
  ],
  [
    'request',
    [deprecated('It gets no fixes since 2020, and can be led to addresses within the network by redirects', 'fetch, undici or got')],
  ],
  ['request-promise', [deprecated('It stands on request, which gets no fixes since 2020', 'fetch, undici or got')]],
  ['request-promise-native', [deprecated('It stands on request, which gets no fixes since 2020', 'fetch, undici or got')]],
  [
    'xss-clean',
    [
      deprecated(
        'It gets no fixes, and cleans requests in place of what is shown',
        'escaping where pages are made, and validation of what comes in',
      ),
    ],
  ],
  ['helmet', [outdated('helmet', 4, 'It sets no Content-Security-Policy by default, and is not maintained')]],
  [
    'jsonwebtoken',
    [outdated('jsonwebtoken', 9, 'It takes keys of any length and kind, by which tokens can be forged (CVE-2022-23540, CVE-2022-23541)')],
  ],
  ['express-jwt', [outdated('express-jwt', 6, 'It verifies without a list of algorithms, so that tokens can be forged (CVE-2020-15084)')]],
  [
    'express-mongo-sanitize',
    [
      {
        kind: 'broken',
        reason: `${unwritable} so that every request fails with 500`,
        instead: 'validation of what comes in, and sanitizeFilter of mongoose',
        from: ['express', 5],
      },
    ],
  ],
  [
    'hpp',
    [
      {
        kind: 'broken',
        reason: `${unwritable} so that it does nothing and says nothing`,
        instead: 'validation that refuses lists',
        from: ['express', 5],
      },
    ],
  ],
  ...[
    'helmet',
    'cors',
    'rate-limit',
    'jwt',
    'cookie',
    'session',
    'secure-session',
    'csrf',
    'auth',
    'basic-auth',
    'bearer-auth',
    'multipart',
  ].map((name): readonly [string, readonly Entry[]] => {
    const [unscoped, entry] = renamed(name === 'csrf' ? 'csrf-protection' : name)
    return [name === 'csrf' ? 'fastify-csrf' : unscoped, [entry]]
  }),
])

/** Each package once, in the order of the files that load it. Only what a server loads counts. */
export const oldPackages: (model: ProjectModel) => readonly OldPackage[] = recordedOnce((model) => {
  const found = new Map<string, OldPackage & { readonly loads: Location[] }>()
  for (const file of model.serverFiles) {
    if (!model.productionFiles.has(file)) continue
    for (const { name, at } of knownLoads(model, file)) {
      const entry = known.get(name)?.find((one) => fits(model, file, one))
      if (entry === undefined) continue
      const one = found.get(name) ?? { name, kind: entry.kind, reason: entry.reason, instead: entry.instead, loads: [] }
      one.loads.push(at)
      found.set(name, one)
    }
  }
  return [...found.values()]
})

function fits(model: ProjectModel, file: string, { before, from }: Entry): boolean {
  const [name, major] = before ?? from ?? []
  if (name === undefined || major === undefined) return true
  const owner = packagesAbove(model, file).find(({ dependencies, locked }) => (locked[name] ?? dependencies[name]) !== undefined)
  // A range without an upper end says nothing of what is installed.
  if (owner === undefined || (owner.locked[name] === undefined && !/^[\^~=v\d]/.test(owner.dependencies[name] ?? ''))) return false
  const version = versionOf(model, file, name)
  return version !== null && (before === undefined ? version.major >= major : version.major < major)
}

/** Most files load none of them, so that places are looked for in few. */
const knownLoads = recordedByName((model, file): readonly { readonly name: string; readonly at: Location }[] => {
  const facts = model.files.get(file)
  if (facts?.kind !== 'source' || !loadsInCode(facts).some((name) => known.has(name))) return []
  const imported = facts.imports.flatMap(({ isType, specifier, node }) =>
    !isType && known.has(specifier) ? [{ name: specifier, at: { file, fn: '', node } }] : [],
  )
  return [...imported, ...requiredIn(facts)].filter(({ name }, index, all) => all.findIndex((other) => other.name === name) === index)
})

/** `require('csurf')` and `import('csurf')` anywhere. */
function requiredIn(facts: SourceFacts): readonly { readonly name: string; readonly at: Location }[] {
  const found: { name: string; at: Location }[] = []
  for (const [fn, { body }] of Object.entries(facts.functions)) {
    const left: unknown[] = [...body].reverse()
    while (left.length > 0) {
      const node = left.pop()
      if (typeof node !== 'object' || node === null) continue
      const [kind, at, callee, args] = Array.isArray(node) ? (node as readonly unknown[]) : []
      const isRequire = kind === 'call' && Array.isArray(callee) && callee[0] === 'name' && callee[2] === 'require'
      const argument: unknown = isRequire && Array.isArray(args) ? args[0] : kind === 'import' ? callee : null
      const name: unknown = Array.isArray(argument) && argument[0] === 'literal' ? argument[2] : kind === 'importModule' ? callee : null
      if (typeof name === 'string' && typeof at === 'number' && known.has(name))
        found.push({ name, at: { file: facts.file, fn, node: at } })
      left.push(...Object.values(node).reverse())
    }
  }
  return found
}
