// Linking: the facts of all files become the model of the project, by booting its entries over symbolic values.
import type { DeploymentFacts, FileFacts, SourceFacts } from '../extract/facts.js'
import type { App, ModelSettings, PackageFacts, ProjectModel, Route, Scope } from '../model/model.js'
import { applicationsOf } from './applications.js'
import { addSwept, addUnits, newAssembly } from './assemble.js'
import { bootEntry, type BootedEntry, enter, runHandlers } from './boot.js'
import { type DeclaredEntry, declaredEntries } from './declaredEntries.js'
import { listFolder } from './filePath.js'
import { fileRoles } from './fileRoles.js'
import type { Machine, World } from './machine.js'
import { newMachine } from './machines.js'
import type { FileRole } from './pathRoles.js'
import { createResolver, type TsconfigFacts } from './resolveModule.js'
import { handlerRoles, symbolicArguments } from './roles.js'
import { routesOf } from './routes.js'
import { scriptFiles } from './scriptFiles.js'
import { seenOf, unreachedSites } from './seen.js'
import { type Run, runOnce } from './summaries.js'
import { loadUnreached, sweep } from './sweep.js'
import { undeclaredEntries } from './undeclaredEntries.js'
import { type Unit, visitUnits } from './units.js'
import type { FunctionValue } from './value.js'

export interface LinkInput {
  readonly files: ReadonlyMap<string, FileFacts>
  readonly packages: readonly PackageFacts[]
  readonly tsconfigs: readonly TsconfigFacts[]
  readonly settings: ModelSettings
  /** Entries named by the configuration; they come before what is detected. */
  readonly entries: readonly string[]
}

/** Files of these roles are read for rules about what is there. */
const PRODUCTION: ReadonlySet<FileRole> = new Set<FileRole>(['server', 'config'])

/** Folds facts into a fresh model. Facts are never changed. */
export function link(input: LinkInput): ProjectModel {
  return assemble(boot(input))
}

/** A project that was booted, with the runs of its handlers and of its sweep. */
export interface Booted {
  readonly input: LinkInput
  readonly machine: Machine
  readonly declared: readonly DeclaredEntry[]
  readonly entries: readonly BootedEntry[]
  readonly apps: readonly App[]
  readonly roles: ReadonlyMap<string, FileRole>
  readonly routes: readonly Route[]
  readonly handlerRuns: Map<FunctionValue, Run>
  readonly sweepRuns: Map<string, Unit>
  /** Files of which rules about what is there speak, but for those that serving loads. */
  readonly plainFiles: readonly string[]
  /** The modules that no entry loads. */
  readonly modules: Unit
}

/** Boots every entry, and runs the handlers of those that make applications. */
export function boot(input: LinkInput): Booted {
  const sources = new Map<string, SourceFacts>()
  const deployment = deploymentOf(input)
  for (const [file, facts] of input.files) if (facts.kind === 'source') sources.set(file, facts)
  const known = new Set(input.files.keys())
  const resolve = createResolver(known, { packages: input.packages, tsconfigs: input.tsconfigs })
  const world: World = {
    sources,
    resolve,
    listFolder: (folder) => listFolder(known, folder),
    hasFile: (file) => known.has(file),
    packages: input.packages,
    settings: input.settings,
  }
  const declared = [
    ...input.entries.map((file) => ({ file, why: 'configuration', isProduction: true })),
    ...declaredEntries(input.files, input.packages, deployment, resolve),
  ]
  const roles = fileRoles(input.files, input.packages, declared, scriptFiles(input.files, input.packages, resolve))
  const machine = newMachine(world)
  const entries: BootedEntry[] = []
  const apps: App[] = []
  const handlerRuns = new Map<FunctionValue, Run>()

  const start = (file: string, why: string, work?: (target: Machine) => void): void => {
    const entry = bootEntry(machine, file, why, work === undefined ? undefined : () => work(machine))
    const found = applicationsOf(entry, new Set(apps.map((app) => app.scope)))
    // A second process that makes the same applications has nothing new to serve.
    if (found.length > 0) runHandlers(machine, entry, handlerRuns)
    entries.push(entry)
    apps.push(...found)
  }
  const isCandidate = (file: string): boolean =>
    sources.has(file) &&
    !['test', 'fixture', 'example', 'generated', 'declaration', 'client', 'story'].includes(roles.get(file) ?? 'server')
  const production = declared.filter((entry) => entry.isProduction)
  for (const entry of [...production, ...declared.filter((one) => !one.isProduction)]) {
    if (!isCandidate(entry.file) || entries.some((one) => one.loaded.includes(entry.file))) continue
    // How developers start a package counts only where nothing else starts it.
    if (!entry.isProduction && apps.some((app) => packageOf(app.entry, input.packages) === packageOf(entry.file, input.packages))) continue
    start(entry.file, entry.why)
  }
  undeclaredEntries({
    world,
    roles,
    loaded: () => new Set(entries.flatMap((one) => one.loaded)),
    isVisited: (at) => machine.visited.has(at),
    boot: (entry) => start(entry.file, entry.why, entry.work),
  })
  const plainFiles = [...sources.keys()].filter(
    (file) =>
      PRODUCTION.has(roles.get(file) ?? 'server') ||
      entries.some(
        (one) => one.scopes.length > 0 && one.process.modules.has(file) && !['generated', 'declaration'].includes(roles.get(file) ?? ''),
      ),
  )
  const modules = loadUnreached(machine, plainFiles, entries)
  return {
    input,
    machine,
    declared,
    entries,
    apps,
    roles,
    routes: apps.flatMap(routesOf),
    handlerRuns,
    sweepRuns: new Map(),
    plainFiles,
    modules,
  }
}

/** Puts the model together: what the entries and handlers did, then the sweep over what they left out. */
export function assemble(booted: Booted): ProjectModel {
  const { input, machine, apps, entries, routes, roles } = booted
  const assembly = newAssembly()
  const serving = entries.filter((one) => apps.some((app) => app.entry === one.file))
  const servingRuns = serving.flatMap((entry) => runHandlers(machine, entry, booted.handlerRuns))
  addUnits(assembly, [...entries.map((entry) => entry.unit), ...servingRuns.map((run) => run.unit)])
  const serverFiles = new Set(
    [...serving.flatMap((one) => one.loaded), ...assembly.loaded].filter((file) => machine.world.sources.get(file)?.language !== 'json'),
  )
  const productionFiles = new Set([
    ...booted.plainFiles,
    ...[...serverFiles].filter((file) => !['generated', 'declaration'].includes(roles.get(file) ?? '')),
  ])
  const { executed, partial } = assembly
  const last = entries.at(-1)
  if (last !== undefined) enter(machine, last.process)
  const swept = sweep(
    machine,
    [...productionFiles],
    (key) => !executed.has(key) || partial.has(key),
    new Map([...functionsOf(booted.modules), ...assembly.functions]),
    booted.sweepRuns,
  )
  addSwept(assembly, [booted.modules, ...swept])
  const scopes = [...reachableScopes(apps)]
  nameScopes(assembly.bindings, machine.scopes)
  const sweptScopes = [...assembly.units].flatMap((unit) => unit.scopes)
  const unreached = unreachedSites([...machine.scopes, ...sweptScopes], new Set(scopes), machine.scopes)
  return {
    apps: apps.map((app) => ({ ...app, name: app.scope.name })),
    scopes,
    calls: assembly.calls,
    routes,
    files: input.files,
    deployment: deploymentOf(input),
    packages: input.packages,
    serverFiles,
    productionFiles,
    settings: input.settings,
    objects: assembly.objects,
    bindings: assembly.bindings,
    summaryOf(fn) {
      let run = booted.handlerRuns.get(fn)
      if (run === undefined) booted.handlerRuns.set(fn, (run = runOnce(machine, fn, 'handler', symbolicArguments(fn, handlerRoles(fn)))))
      return run.summary
    },
    entries: entries
      .filter(
        (one) =>
          booted.declared.some((entry) => entry.file === one.file && entry.why === one.why) || apps.some((app) => app.entry === one.file),
      )
      .map((one) => ({ file: one.file, why: one.why })),
    unreached,
    seen: seenOf(input, apps, scopes, routes, unreached, assembly.exhausted.size, machine.steps),
  }
}

function functionsOf(root: Unit): readonly (readonly [string, FunctionValue])[] {
  const found: (readonly [string, FunctionValue])[] = []
  visitUnits(
    [root],
    new Set(),
    (unit) => found.push(...unit.functions),
    () => undefined,
  )
  return found
}

function deploymentOf(input: LinkInput): readonly DeploymentFacts[] {
  return [...input.files.values()].filter((facts) => facts.kind === 'deployment')
}

/** The folder of the nearest package.json. */
function packageOf(file: string, packages: readonly PackageFacts[]): string {
  return (
    packages
      .map((one) => one.folder)
      .filter((folder) => folder === '' || file.startsWith(`${folder}/`))
      .toSorted((a, b) => b.length - a.length)[0] ?? ''
  )
}

function reachableScopes(apps: readonly App[]): ReadonlySet<Scope> {
  const reachable = new Set<Scope>()
  const visit = (scope: Scope): void => {
    if (reachable.has(scope)) return
    reachable.add(scope)
    for (const entry of scope.entries) if (entry.mounted !== null && !entry.isOff) visit(entry.mounted)
  }
  for (const app of apps) visit(app.scope)
  return reachable
}

/** Scopes are known by the first name that holds them. */
function nameScopes(bindings: ProjectModel['bindings'], scopes: readonly Scope[]): void {
  const wanted = new Set(scopes)
  for (const { name, value } of bindings) {
    if (value.kind !== 'scope' || !wanted.has(value.scope) || name === '*default*') continue
    value.scope.name = name
    wanted.delete(value.scope)
  }
}
