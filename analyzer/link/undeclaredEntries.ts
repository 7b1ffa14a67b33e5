// Entries that nothing declares: modules that nobody imports and that boot an application, and functions that a command framework calls.
import type { Expression, SourceFacts } from '../extract/facts.js'
import type { Location } from '../text/location.js'
import type { Machine, World } from './machine.js'
import { exportedValue } from './modules.js'
import type { FileRole } from './pathRoles.js'
import { placeOf } from './places.js'
import { genericInstance } from './instances.js'
import { conventionalRoles, symbolicArguments } from './roles.js'
import { findMethod } from './classMembers.js'

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

const APPLICATION_PACKAGES = new Set(['express'])

/** Boots candidates until every call of a framework's factory in server code has run: roots by themselves, then what roots export, then the rest. */
export function undeclaredEntries({ world, roles, loaded, isVisited, boot }: Search): void {
  const makers = new Map<string, readonly Location[]>()
  for (const source of world.sources.values()) {
    if (source.language === 'json' || !isServer(roles, source.file)) continue
    const creations = creationsIn(source)
    if (creations.length > 0) makers.set(source.file, creations)
  }
  const openMakers = (): readonly string[] =>
    [...makers].filter(([, creations]) => creations.some((at) => !isVisited(at))).map(([file]) => file)
  let open = openMakers()
  if (open.length === 0) return
  const importers = reverse(importGraph(world))
  let upward = closure(open, importers)
  const advance = (): void => {
    open = openMakers()
    upward = closure(open, importers)
  }
  const candidates = [...upward].filter((file) => isServer(roles, file))
  const roots = candidates.filter((file) => ![...(importers.get(file) ?? [])].some((from) => isServer(roles, from)))
  for (const file of roots) {
    if (loaded().has(file) || !upward.has(file)) continue
    boot({ file, why: 'nobody imports it' })
    advance()
  }
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

/** The calls of the framework's factory in a file. */
function creationsIn(source: SourceFacts): readonly Location[] {
  const locals = new Set(
    source.imports
      .filter((one) => !one.isType && APPLICATION_PACKAGES.has(one.specifier) && one.imported !== 'Router')
      .map((one) => one.local),
  )
  for (const statement of source.functions['']?.body ?? []) {
    if (statement[0] === 'declare' && statement[3][0] === 'name' && statement[4] !== null && isFrameworkRequire(statement[4]))
      locals.add(statement[3][2])
  }
  return Object.values(source.functions).flatMap((facts) => {
    const members = Object.values(source.classes)
      .filter((one) => one.owner === facts.id)
      .map((one) => one.members)
    return factoryCalls([facts.parameters, facts.body, members], locals).map((node) => placeOf(source.file, facts, node))
  })
}

function isFrameworkRequire(expression: Expression): boolean {
  if (expression[0] !== 'call' || expression[2][0] !== 'name' || expression[2][2] !== 'require') return false
  const specifier = expression[3][0]
  return specifier?.[0] === 'literal' && APPLICATION_PACKAGES.has(String(specifier[2]))
}

function factoryCalls(tree: unknown, locals: ReadonlySet<string>, found: number[] = []): readonly number[] {
  if (typeof tree !== 'object' || tree === null) return found
  if (Array.isArray(tree) && tree[0] === 'call' && typeof tree[1] === 'number') {
    const [, node, callee] = tree as unknown as Extract<Expression, readonly ['call', ...unknown[]]>
    if (isFrameworkRequire(callee) || (callee[0] === 'name' && locals.has(callee[2]))) found.push(node)
  }
  for (const part of Array.isArray(tree) ? tree : Object.values(tree)) if (typeof part === 'object') factoryCalls(part, locals, found)
  return found
}

interface Callable {
  readonly name: string
  readonly work: (machine: Machine) => void
}

/** What a framework could call from outside: exported functions, and methods of exported classes. */
function callables(world: World, file: string): readonly Callable[] {
  const source = world.sources.get(file)
  if (source === undefined) return []
  const classMethods = Object.values(source.classes).flatMap((one) =>
    one.members
      .filter((member) => member.kind === 'method' && typeof member.key === 'string' && member.function !== null)
      .map((member) => ({ owner: one.id, member })),
  )
  const methods = classMethods.map(({ owner, member }) => ({
    name: String(member.key),
    work: (machine: Machine): void => {
      const target = machine.classes.get(`${file}#${owner}`)
      if (target === undefined) return
      const self = member.isStatic ? target : genericInstance(machine, target)
      const method = member.isStatic ? target.properties.get(String(member.key)) : findMethod(machine, target, self, String(member.key))
      if (method?.kind === 'function')
        machine.run.call(machine, siteIn(machine, file), method, self, symbolicArguments(method, conventionalRoles(method.facts)))
    },
  }))
  const names = new Set([
    ...source.exports.flatMap((one) => (one.kind === 'local' ? [one.exported] : [])),
    ...(source.hasModuleSyntax ? [] : ['default', ...commonNames(source)]),
  ])
  const functions = [...names].map((name) => ({
    name,
    work: (machine: Machine): void => {
      const value = exportedValue(machine, siteIn(machine, file), file, name)
      if (value?.kind === 'function')
        machine.run.call(machine, siteIn(machine, file), value, null, symbolicArguments(value, conventionalRoles(value.facts)))
    },
  }))
  const order = ['run', 'start', 'bootstrap', 'main', 'default', 'handler', 'init', 'createApp', 'createServer', 'app']
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length)
  return [...methods, ...functions].toSorted((a, b) => rank(a.name) - rank(b.name))
}

function siteIn(
  machine: Machine,
  file: string,
): { at: { file: string; fn: string; node: number }; frame: ReturnType<typeof frameIn>; argsAt: []; isAwaited: boolean } {
  return { at: { file, fn: '', node: 0 }, frame: frameIn(machine, file), argsAt: [], isAwaited: true }
}

function frameIn(machine: Machine, file: string): ReturnType<Machine['run']['loadModule']>['frame'] {
  return machine.run.loadModule(machine, file).frame
}

/** Names assigned to `exports` and `module.exports`. */
function commonNames(source: SourceFacts): readonly string[] {
  return Object.values(source.functions)
    .map((one) => one.name)
    .filter((name) => name !== '')
}

function requiresOf(source: SourceFacts): readonly string[] {
  const found: string[] = []
  const visit = (tree: unknown): void => {
    if (typeof tree !== 'object' || tree === null) return
    if (Array.isArray(tree) && (tree[0] === 'call' || tree[0] === 'import')) {
      const callee: unknown = tree[2]
      const isRequire = tree[0] === 'import' || (Array.isArray(callee) && callee[0] === 'name' && callee[2] === 'require')
      const specifier: unknown = tree[0] === 'import' ? callee : Array.isArray(tree[3]) ? tree[3][0] : null
      if (isRequire && Array.isArray(specifier) && specifier[0] === 'literal' && typeof specifier[2] === 'string') found.push(specifier[2])
    }
    for (const part of Array.isArray(tree) ? tree : Object.values(tree)) visit(part)
  }
  for (const facts of Object.values(source.functions)) visit(facts.body)
  return found
}

function importGraph(world: World): ReadonlyMap<string, ReadonlySet<string>> {
  const graph = new Map<string, Set<string>>()
  for (const [file, source] of world.sources) {
    const targets = new Set<string>()
    const specifiers = source.loads ?? [
      ...source.imports.filter((one) => !one.isType).map((one) => one.specifier),
      ...source.exports.flatMap((one) => (one.kind === 'local' ? [] : [one.specifier])),
      ...requiresOf(source),
    ]
    for (const specifier of specifiers) {
      const resolved = world.resolve(specifier, file)
      if (resolved.kind === 'file') targets.add(resolved.file)
    }
    graph.set(file, targets)
  }
  return graph
}

function reverse(graph: ReadonlyMap<string, ReadonlySet<string>>): ReadonlyMap<string, ReadonlySet<string>> {
  const reversed = new Map<string, Set<string>>()
  for (const [from, targets] of graph) {
    for (const to of targets) {
      const known = reversed.get(to) ?? new Set<string>()
      known.add(from)
      reversed.set(to, known)
    }
  }
  return reversed
}

function closure(start: readonly string[], graph: ReadonlyMap<string, ReadonlySet<string>>): ReadonlySet<string> {
  const seen = new Set(start)
  const open = [...start]
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    for (const next of graph.get(file) ?? []) {
      if (seen.has(next)) continue
      seen.add(next)
      open.push(next)
    }
  }
  return seen
}
