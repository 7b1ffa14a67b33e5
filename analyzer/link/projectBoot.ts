// The boot of a project: every entry that starts something, and the handlers of those that make applications.
import type { DeploymentFacts, SourceFacts } from '../extract/facts.js'
import type { App, Edit, PackageFacts, Route } from '../model/model.js'
import { applicationsOf } from './applications.js'

import { bootEntry, type BootedEntry, runHandlers, servedBy } from './boot.js'
import { type DeclaredEntry, declaredEntries } from './declaredEntries.js'
import { listFolder } from './filePath.js'
import { fastifyCliFiles } from './fastifyCli.js'
import { fileRoles } from './fileRoles.js'
import { type Lasting, newLasting } from './lasting.js'
import { deploymentOf, type LinkInput } from './linkInput.js'
import type { Machine, World } from './machine.js'
import { newMachine } from './machines.js'
import type { FileRole } from './pathRoles.js'
import { createResolver } from './resolveModule.js'
import { newRoll, type Roll } from './roll.js'
import { routesOf } from './routes.js'
import { scriptFiles } from './scriptFiles.js'
import type { Run } from './summaries.js'
import { loadUnreached } from './sweep.js'
import { newSweepRuns, type SweepRuns } from './sweepRuns.js'
import { undeclaredEntries } from './undeclaredEntries.js'
import type { Unit } from './units.js'
import type { FunctionValue } from './value.js'

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
  const cliPlugins = fastifyCliFiles(input.packages, resolve)
  const machine = newMachine(world)
  const entries: BootedEntry[] = []
  const apps: App[] = []
  const serving: BootedEntry[] = []
  const handlerRuns = new Map<FunctionValue, Run>()

  const start = (file: string, why: string, work?: (target: Machine) => void, isDeclared = true): void => {
    const entry = bootEntry(machine, file, why, work === undefined ? undefined : () => work(machine))
    const found = applicationsOf(
      entry,
      apps.map((app) => app.scope),
      isDeclared ? [] : entries.flatMap(({ scopes }) => scopes),
    )
    // A second process that makes the same applications has nothing new to serve.
    if (found.length > 0) {
      serving.push(entry)
      runHandlers(machine, servedBy(entry), handlerRuns)
    }
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
    start(
      entry.file,
      entry.why,
      cliPlugins.has(entry.file)
        ? (target) => target.frameworks.forEach((framework) => framework.startFile?.(target, entry.file))
        : undefined,
    )
  }
  undeclaredEntries({
    world,
    roles,
    loaded: () => new Set(entries.flatMap((one) => one.loaded)),
    isVisited: (at) => machine.visited.has(at),
    boot: (entry) => start(entry.file, entry.why, entry.work, false),
  })
  const plainFiles = [...sources.keys()].filter(
    (file) =>
      PRODUCTION.has(roles.get(file) ?? 'server') ||
      entries.some(
        (one) => one.scopes.length > 0 && one.process.modules.has(file) && !['generated', 'declaration'].includes(roles.get(file) ?? ''),
      ),
  )
  const modules = loadUnreached(machine, plainFiles, entries)
  for (const framework of machine.frameworks) framework.unreached?.(machine)
  return {
    input,
    machine,
    declared,
    entries,
    serving,
    apps,
    roles,
    routes: apps.flatMap(routesOf),
    handlerRuns,
    sweepRuns: newSweepRuns(),
    edit: { version: {}, before: null, changed: new Set() },
    rolls: { served: newRoll('served'), swept: newRoll('swept') },
    lasting: newLasting(),
    deployment,
    plainFiles,
    modules,
  }
}

/** A project that was booted, with the runs of its handlers and of its sweep. */
export interface Booted {
  readonly input: LinkInput
  readonly machine: Machine
  readonly declared: readonly DeclaredEntry[]
  readonly entries: readonly BootedEntry[]
  /** Those that made the applications. A file may be started more than once: as it stands, and by a function that it exports. */
  readonly serving: readonly BootedEntry[]
  readonly apps: readonly App[]
  readonly roles: ReadonlyMap<string, FileRole>
  readonly routes: readonly Route[]
  readonly handlerRuns: Map<FunctionValue, Run>
  readonly sweepRuns: SweepRuns
  readonly edit: Edit
  /** Which units served, and which only the sweep ran. */
  readonly rolls: { readonly served: Roll; readonly swept: Roll }
  readonly lasting: Lasting
  readonly deployment: readonly DeploymentFacts[]
  /** Files of which rules about what is there speak, but for those that serving loads. */
  readonly plainFiles: readonly string[]
  /** The modules that no entry loads. */
  readonly modules: Unit
}

/** Files of these roles are read for rules about what is there. */
const PRODUCTION: ReadonlySet<FileRole> = new Set<FileRole>(['server', 'config'])

/** The folder of the nearest package.json. */
function packageOf(file: string, packages: readonly PackageFacts[]): string {
  return (
    packages
      .map((one) => one.folder)
      .filter((folder) => folder === '' || file.startsWith(`${folder}/`))
      .toSorted((a, b) => b.length - a.length)[0] ?? ''
  )
}
