// Linking: the facts of all files become the model of the project, by booting its entries over symbolic values.
import type { DeploymentFacts, FileFacts, SourceFacts } from '../extract/facts.js'
import type { App, ModelSettings, PackageFacts, ProjectModel, Scope, Summary } from '../model/model.js'
import { applicationsOf } from './applications.js'
import { bootEntry, type BootedEntry, runHandlers } from './boot.js'
import { declaredEntries } from './declaredEntries.js'
import { undeclaredEntries } from './undeclaredEntries.js'
import { listFolder } from './filePath.js'
import { fileRoles } from './fileRoles.js'
import type { World } from './machine.js'
import { newMachine } from './machines.js'
import type { FileRole } from './pathRoles.js'
import { createResolver, type TsconfigFacts } from './resolveModule.js'
import { handlerRoles } from './roles.js'
import { routesOf } from './routes.js'
import { scriptFiles } from './scriptFiles.js'
import { seenOf, unreachedSites } from './seen.js'
import { summarise } from './summaries.js'
import { sweep } from './sweep.js'
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
  const sources = new Map<string, SourceFacts>()
  const deployment: DeploymentFacts[] = []
  for (const [file, facts] of input.files) {
    if (facts.kind === 'source') sources.set(file, facts)
    else if (facts.kind === 'deployment') deployment.push(facts)
  }
  const known = new Set(input.files.keys())
  const resolve = createResolver(known, { packages: input.packages, tsconfigs: input.tsconfigs })
  const world: World = { sources, resolve, listFolder: (folder) => listFolder(known, folder), hasFile: (file) => known.has(file), packages: input.packages, settings: input.settings }
  const declared = [...input.entries.map((file) => ({ file, why: 'configuration', isProduction: true })), ...declaredEntries(input.files, input.packages, deployment, resolve)]
  const roles = fileRoles(input.files, input.packages, declared, scriptFiles(input.files, input.packages, resolve))
  const machine = newMachine(world)
  const booted: BootedEntry[] = []
  const apps: App[] = []
  const summaries = new Map<FunctionValue, Summary>()

  const boot = (file: string, why: string, work?: (target: typeof machine) => void): void => {
    const firstCall = machine.calls.length
    const entry = bootEntry(machine, file, why, work === undefined ? undefined : () => work(machine))
    const found = applicationsOf(entry, machine.calls.slice(firstCall), new Set(apps.map((app) => app.scope)))
    // A second process that makes the same applications has nothing new to serve.
    if (found.length > 0) runHandlers(machine, entry.scopes, summaries)
    booted.push({ ...entry, loaded: [...machine.modules.keys()] })
    apps.push(...found)
  }
  const isCandidate = (file: string): boolean => sources.has(file) && !['test', 'fixture', 'example', 'generated', 'declaration', 'client', 'story'].includes(roles.get(file) ?? 'server')
  const production = declared.filter((entry) => entry.isProduction)
  for (const entry of [...production, ...declared.filter((one) => !one.isProduction)]) {
    if (!isCandidate(entry.file) || booted.some((one) => one.loaded.includes(entry.file))) continue
    // How developers start a package counts only where nothing else starts it.
    if (!entry.isProduction && apps.some((app) => packageOf(app.entry, input.packages) === packageOf(entry.file, input.packages))) continue
    boot(entry.file, entry.why)
  }
  undeclaredEntries({
    world, roles, loaded: () => new Set(booted.flatMap((one) => one.loaded)), isVisited: (at) => machine.callsPerSite.has(at),
    boot: (entry) => { boot(entry.file, entry.why, entry.work); return apps.length },
  })

  const productionFiles = [...sources.keys()].filter((file) => PRODUCTION.has(roles.get(file) ?? 'server') || booted.some((one) => one.scopes.length > 0 && one.loaded.includes(file) && !['generated', 'declaration'].includes(roles.get(file) ?? '')))
  const reachable = reachableScopes(apps)
  const serving = booted.filter((one) => apps.some((app) => app.entry === one.file))
  const bootScopes = machine.scopes.slice()
  sweep(machine, productionFiles)
  nameScopes(machine.bindings, machine.scopes)
  const routes = apps.flatMap(routesOf)
  const scopes = [...reachable]
  const unreached = unreachedSites([...machine.scopes, ...machine.orphans], reachable, bootScopes)
  return {
    apps: apps.map((app) => ({ ...app, name: app.scope.name })), scopes, calls: machine.calls, routes, files: input.files, deployment, packages: input.packages,
    serverFiles: new Set(serving.flatMap((one) => one.loaded).filter((file) => sources.get(file)?.language !== 'json')), productionFiles: new Set(productionFiles), settings: input.settings, objects: machine.objects, bindings: machine.bindings,
    summaryOf(fn) {
      let summary = summaries.get(fn)
      if (summary === undefined) summaries.set(fn, (summary = summarise(machine, fn, handlerRoles(fn), 'handler')))
      return summary
    },
    entries: booted.filter((one) => declared.some((entry) => entry.file === one.file && entry.why === one.why) || apps.some((app) => app.entry === one.file)).map((one) => ({ file: one.file, why: one.why })), unreached,
    seen: seenOf(input, apps, scopes, routes, unreached, machine),
  }
}

/** The folder of the nearest package.json. */
function packageOf(file: string, packages: readonly PackageFacts[]): string {
  return packages.map((one) => one.folder).filter((folder) => folder === '' || file.startsWith(`${folder}/`)).toSorted((a, b) => b.length - a.length)[0] ?? ''
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
