// Entries that nothing declares: modules that nobody imports and that boot an application, and functions that a command framework calls.
import type { SourceFacts } from '../extract/facts.js'
import { makesApplication } from './boot.js'
import type { Machine, World } from './machine.js'
import { newMachine } from './machines.js'
import { exportedValue } from './modules.js'
import type { FileRole } from './pathRoles.js'
import { genericInstance } from './sweep.js'
import { conventionalRoles, symbolicArguments } from './roles.js'
import { findMethod } from './members.js'

export interface UndeclaredEntry { readonly file: string; readonly why: string; readonly work?: (machine: Machine) => void }

const APPLICATION_PACKAGES = new Set(['express'])

/** Candidates in order: roots by themselves, then what roots export. Each is tried on a machine of its own; only those that make an application are given. */
export function* undeclaredEntries(world: World, roles: ReadonlyMap<string, FileRole>, loaded: () => ReadonlySet<string>, isVisited: (key: string) => boolean): Generator<UndeclaredEntry> {
  const makers = new Map<string, readonly string[]>()
  for (const source of world.sources.values()) {
    if (source.language !== 'json' && isServer(roles, source.file) && importsFramework(source)) makers.set(source.file, creationsIn(source))
  }
  /** Files with a creation that nothing has run; a file that only makes routers counts as done once it is loaded. */
  const openMakers = (): readonly string[] => {
    const known = loaded()
    return [...makers].filter(([file, creations]) => creations.some((key) => !isVisited(key)) || (creations.length === 0 && !known.has(file))).map(([file]) => file)
  }
  let open = openMakers()
  if (open.length === 0) return
  const importers = reverse(importGraph(world))
  let upward = closure(open, importers)
  const advance = (): void => {
    open = openMakers()
    upward = closure(open, importers)
  }
  const roots = [...upward].filter((file) => isServer(roles, file) && ![...(importers.get(file) ?? [])].some((from) => isServer(roles, from)))
  for (const file of roots) {
    if (loaded().has(file) || !upward.has(file) || !makesApplication(newMachine(world), file)) continue
    yield { file, why: 'nobody imports it and it makes an application' }
    advance()
  }
  // A router that nobody mounts is reported as such; only an application that nothing makes is worth looking for its caller.
  const candidates = [...upward]
  for (const file of [...roots, ...candidates.filter((one) => !roots.includes(one))]) {
    if (!open.some((maker) => (makers.get(maker)?.length ?? 0) > 0)) return
    if (!isServer(roles, file) || !upward.has(file)) continue
    for (const candidate of callables(world, file)) {
      if (!upward.has(file) || !makesApplication(...trial(world, file, candidate.work))) continue
      yield { file, why: `${candidate.name} is exported and makes an application`, work: candidate.work }
      advance()
    }
  }
}

function trial(world: World, file: string, work: (machine: Machine) => void): [Machine, string, () => void] {
  const scratch = newMachine(world)
  return [scratch, file, () => work(scratch)]
}

function isServer(roles: ReadonlyMap<string, FileRole>, file: string): boolean {
  const role = roles.get(file) ?? 'server'
  return role === 'server' || role === 'cli'
}

function importsFramework(source: SourceFacts): boolean {
  return source.imports.some((one) => !one.isType && APPLICATION_PACKAGES.has(one.specifier)) || requiresOf(source).some((specifier) => APPLICATION_PACKAGES.has(specifier))
}

/** The calls of the framework's factory in a file, by their keys. */
function creationsIn(source: SourceFacts): readonly string[] {
  const local = source.imports.find((one) => APPLICATION_PACKAGES.has(one.specifier) && (one.imported === 'default' || one.imported === '*'))?.local ?? 'express'
  return Object.entries(source.functions).flatMap(([id, facts]) => {
    const members = Object.values(source.classes).filter((one) => one.owner === id).map((one) => one.members)
    return factoryCalls([facts.parameters, facts.body, members], local).map((node) => `${source.file}#${id}#${node}`)
  })
}

function factoryCalls(tree: unknown, local: string, found: number[] = []): readonly number[] {
  if (Array.isArray(tree)) {
    const callee: unknown = tree[2]
    if (tree[0] === 'call' && Array.isArray(callee) && callee[0] === 'name' && callee[2] === local && typeof tree[1] === 'number') found.push(tree[1])
    for (const part of tree) if (typeof part === 'object' && part !== null) factoryCalls(part, local, found)
  } else if (typeof tree === 'object' && tree !== null) for (const part of Object.values(tree)) if (typeof part === 'object') factoryCalls(part, local, found)
  return found
}

interface Callable { readonly name: string; readonly work: (machine: Machine) => void }

/** What a framework could call from outside: exported functions, and methods of exported classes. */
function callables(world: World, file: string): readonly Callable[] {
  const source = world.sources.get(file)
  if (source === undefined) return []
  const classMethods = Object.values(source.classes).flatMap((one) => one.members.filter((member) => member.kind === 'method' && typeof member.key === 'string' && member.function !== null).map((member) => ({ owner: one.id, member })))
  const methods = classMethods.map(({ owner, member }) => ({
    name: String(member.key),
    work: (machine: Machine): void => {
      const target = machine.classes.get(`${file}#${owner}`)
      if (target === undefined) return
      const self = member.isStatic ? target : genericInstance(machine, target)
      const method = member.isStatic ? target.properties.get(String(member.key)) : findMethod(machine, target, self, String(member.key))
      if (method?.kind === 'function') machine.run.call(machine, siteIn(machine, file), method, self, symbolicArguments(method, conventionalRoles(method.facts)))
    },
  }))
  const names = new Set([...source.exports.flatMap((one) => (one.kind === 'local' ? [one.exported] : [])), ...(source.hasModuleSyntax ? [] : ['default', ...commonNames(source)])])
  const functions = [...names].map((name) => ({
    name,
    work: (machine: Machine): void => {
      const value = exportedValue(machine, siteIn(machine, file), file, name)
      if (value?.kind === 'function') machine.run.call(machine, siteIn(machine, file), value, null, symbolicArguments(value, conventionalRoles(value.facts)))
    },
  }))
  const order = ['run', 'start', 'bootstrap', 'main', 'default', 'handler', 'init', 'createApp', 'createServer', 'app']
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length)
  return [...methods, ...functions].toSorted((a, b) => rank(a.name) - rank(b.name))
}

function siteIn(machine: Machine, file: string): { at: { file: string; fn: string; node: number }; frame: ReturnType<typeof frameIn>; argsAt: []; isAwaited: boolean } {
  return { at: { file, fn: '', node: 0 }, frame: frameIn(machine, file), argsAt: [], isAwaited: true }
}

function frameIn(machine: Machine, file: string): ReturnType<Machine['run']['loadModule']>['frame'] {
  return machine.run.loadModule(machine, file).frame
}

/** Names assigned to `exports` and `module.exports`. */
function commonNames(source: SourceFacts): readonly string[] {
  return Object.values(source.functions).map((one) => one.name).filter((name) => name !== '')
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
    const specifiers = [...source.imports.filter((one) => !one.isType).map((one) => one.specifier), ...source.exports.flatMap((one) => (one.kind === 'local' ? [] : [one.specifier])), ...requiresOf(source)]
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
