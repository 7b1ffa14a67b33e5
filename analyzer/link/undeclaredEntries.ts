// Entries that nothing declares: modules that nobody imports and that boot an application, and functions that a command framework calls.
import type { Expression, SourceFacts } from '../extract/facts.js'
import type { Location } from '../text/location.js'
import { callables } from './callables.js'
import { closure, importGraph, reverse } from './importGraph.js'
import type { Machine, World } from './machine.js'
import type { FileRole } from './pathRoles.js'
import { placeOf } from './places.js'
import { requiredModules } from './requiredModules.js'

export interface UndeclaredEntry {
  readonly file: string
  readonly why: string
  readonly work?: (machine: Machine) => void
}

export interface Search {
  readonly world: World
  readonly roles: ReadonlyMap<string, FileRole>
  /** Files that some entry loaded. */
  readonly loaded: () => ReadonlySet<string>
  /** Whether the call there has run. */
  readonly isVisited: (at: Location) => boolean
  /** Boots a candidate. */
  readonly boot: (entry: UndeclaredEntry) => void
}

const APPLICATION_PACKAGES = new Set(['express', 'fastify'])

/** Packages around a framework, by the name of what makes an application there. */
const APPLICATION_MAKERS: ReadonlyMap<string, string> = new Map([
  ['routing-controllers', 'createExpressServer'],
  ['express-zod-api', 'createServer'],
  ['@zodios/express', 'zodiosApp'],
  ['inversify-express-utils', 'InversifyExpressServer'],
])

const NEST_FACTORY = 'NestFactory'

/**
 * Boots candidates until every call of a framework's factory in server code has run: roots by themselves, then what roots export, then the rest.
 * The calls of a factory that services share have run with the first of them, so that every root which leads to what nothing declared has run is booted.
 */
export function undeclaredEntries({ world, roles, loaded, isVisited, boot }: Search): void {
  const makers = new Map<string, readonly Location[]>()
  for (const source of world.sources.values()) {
    if (source.language === 'json' || !isServer(roles, source.file)) continue
    const creations = creationsIn(source)
    if (creations.length > 0) makers.set(source.file, creations)
  }
  const openMakers = (): readonly string[] =>
    [...makers].filter(([, creations]) => creations.some((at) => !isVisited(at))).map(([file]) => file)
  const open = openMakers()
  if (open.length === 0) return
  const importers = reverse(importGraph(world))
  const candidates = [...closure(open, importers)].filter((file) => isServer(roles, file))
  // Servers go first: a script may make what they serve as well, to look at it.
  const unimported = candidates.filter((file) => ![...(importers.get(file) ?? [])].some((from) => isServer(roles, from)))
  const roots = [...new Set([...unimported.filter((file) => listens(world, file)), ...unimported])]
  for (const file of roots) if (!loaded().has(file)) boot({ file, why: 'nobody imports it' })
  let upward = closure(openMakers(), importers)
  const advance = (): void => {
    upward = closure(openMakers(), importers)
  }
  if (upward.size === 0) return
  for (const file of [...roots, ...candidates.filter((one) => !roots.includes(one))]) {
    for (const candidate of callables(world, file)) {
      if (!upward.has(file)) break
      boot({ file, why: `${candidate.name} is exported`, work: candidate.work })
      advance()
    }
  }
}

function isServer(roles: ReadonlyMap<string, FileRole>, file: string): boolean {
  const role = roles.get(file) ?? 'server'
  return role === 'server' || role === 'cli'
}

function listens({ sources }: World, file: string): boolean {
  return JSON.stringify(sources.get(file)?.functions).includes('"listen"')
}

/** The calls of the framework's factory in a file. */
function creationsIn(source: SourceFacts): readonly Location[] {
  // Who loads no framework calls no factory of one, and its code need not be walked.
  const loadsFramework = (one: string): boolean => APPLICATION_PACKAGES.has(one) || APPLICATION_MAKERS.has(one)
  if (!source.imports.some((one) => one.imported === NEST_FACTORY) && !requiredModules(source).some(loadsFramework)) return []
  const locals = factoriesIn(source)
  return Object.values(source.functions).flatMap((facts) => {
    const members = Object.values(source.classes)
      .filter((one) => one.owner === facts.id)
      .map((one) => one.members)
    return factoryCalls([facts.parameters, facts.body, members], locals).map((node) => placeOf(source.file, facts, node))
  })
}

/** What the factories of frameworks are called in a file: `name` or `name.member`. */
export function factoriesIn(source: SourceFacts): ReadonlySet<string> {
  const locals = new Set(
    source.imports
      .filter(({ isType, specifier, imported }) => {
        const isFactory = APPLICATION_PACKAGES.has(specifier) && imported !== 'Router'
        return !isType && (isFactory || APPLICATION_MAKERS.get(specifier) === imported)
      })
      .map((one) => one.local),
  )
  // Nest's factory is an object: `NestFactory.create(…)`, and for what answers messages alone `NestFactory.createMicroservice(…)`.
  for (const one of source.imports)
    if (!one.isType && one.imported === NEST_FACTORY)
      for (const method of ['create', 'createMicroservice']) locals.add(`${one.local}.${method}`)
  for (const statement of source.functions['']?.body ?? []) {
    if (statement[0] === 'declare' && statement[3][0] === 'name' && statement[4] !== null && isFrameworkRequire(statement[4]))
      locals.add(statement[3][2])
  }
  return locals
}

function isFrameworkRequire(expression: Expression): boolean {
  if (expression[0] !== 'call' || expression[2][0] !== 'name' || expression[2][2] !== 'require') return false
  const specifier = expression[3][0]
  return specifier?.[0] === 'literal' && APPLICATION_PACKAGES.has(String(specifier[2]))
}

function factoryCalls(tree: unknown, locals: ReadonlySet<string>, found: number[] = []): readonly number[] {
  if (typeof tree !== 'object' || tree === null) return found
  if (Array.isArray(tree) && (tree[0] === 'call' || tree[0] === 'new') && typeof tree[1] === 'number') {
    const [, node, callee] = tree as unknown as Extract<Expression, readonly ['call' | 'new', ...unknown[]]>
    if (isFrameworkRequire(callee) || locals.has(nameOf(callee))) found.push(node)
  }
  for (const part of Array.isArray(tree) ? tree : Object.values(tree)) if (typeof part === 'object') factoryCalls(part, locals, found)
  return found
}

/** `name` or `name.member`; '' for any other callee. */
function nameOf(callee: Expression): string {
  if (callee[0] === 'name') return callee[2]
  return callee[0] === 'member' && callee[2][0] === 'name' ? `${callee[2][2]}.${callee[3]}` : ''
}
