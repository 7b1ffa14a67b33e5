// The model of a booted project: what its entries and handlers did, and what they left out.
import type { App, Crossing, NamedValue, ProjectModel, Scope } from '../model/model.js'
import { answersMessagesOnly } from './applications.js'
import { partsOf } from './assemble.js'
import { type BootedEntry, enter, enterAround, runHandlers, servedBy } from './boot.js'
import type { Lasting } from './lasting.js'
import type { Booted } from './projectBoot.js'
import { handlerRoles, passedArguments } from './roles.js'
import { callRoll } from './callRoll.js'
import type { Roll } from './roll.js'
import { nameScopes } from './scopeNames.js'
import { seenOf, unreachedSites } from './seen.js'
import { runOnce } from './summaries.js'
import { sweep } from './sweep.js'
import { resweep } from './sweepRuns.js'
import { type Unit, visitUnits } from './units.js'
import type { CallRecord, FunctionValue } from './value.js'

/** Puts the model together: what the entries and handlers did, then the sweep over what they left out. */
export function assemble(booted: Booted): ProjectModel {
  const { input, machine, apps, entries, serving, routes, deployment, lasting } = booted
  const { served, swept } = booted.rolls
  const handlers = lasting.handlers.from([], () => serving.flatMap(servedBy))
  const servingRuns = runHandlers(machine, handlers, booted.handlerRuns)
  callRoll(served, [...entries.map((entry) => entry.unit), ...servingRuns.map((run) => run.unit)], null)
  const { serverFiles, productionFiles } = filesOf(booted, serving)
  const last = entries.at(-1)
  if (last !== undefined) enter(machine, last.process)
  resweep(booted.sweepRuns, served.touched)
  const sweptRuns = sweep(
    machine,
    productionFiles,
    (key) => !served.runs.has(key) || (served.partial.get(key) ?? 0) > 0,
    () => functionsIn(booted.modules, served),
    booted.sweepRuns,
  )
  callRoll(swept, [booted.modules, ...sweptRuns], served)
  const parts = partsOf(served, swept)
  const reachable = [...reachableScopes(apps)]
  const scopes = lasting.scopes.from(reachable, () => reachable)
  const members = [...served.members, ...swept.members]
  nameScopes(members, machine.scopes)
  const sweptScopes: Scope[] = []
  const exhausted = new Set<string>()
  const handovers: CallRecord[] = []
  // The lists, and not the members: these would keep all that the boot noted for as long as the model stands.
  const crossed: (readonly Crossing[])[] = []
  for (const { unit } of members) {
    if (unit.crossings.length > 0) crossed.push(unit.crossings)
    if (unit.scopes.length > 0) sweptScopes.push(...unit.scopes)
    if (unit.handovers.length > 0) handovers.push(...unit.handovers)
    if (unit.exhausted.length > 0) for (const name of unit.exhausted) exhausted.add(name)
  }
  let calls: readonly CallRecord[] | null = null
  let bindings: readonly NamedValue[] | null = null
  let objects: ProjectModel['objects'] | null = null
  let crossings: readonly Crossing[] | null = null
  const { unreached, seen } = sitesOf(booted, scopes, sweptScopes)
  const answering = apps.filter(({ scope }) => !answersMessagesOnly(scope))
  return {
    apps: lasting.apps.from(
      answering.flatMap((app) => [app, app.scope.name]),
      () => answering.map((app) => ({ ...app, name: app.scope.name })),
    ),
    scopes,
    get calls() {
      return (calls ??= parts.calls.flat())
    },
    parts,
    edit: booted.edit,
    routes,
    files: input.files,
    deployment,
    packages: input.packages,
    serverFiles,
    productionFiles,
    settings: input.settings,
    handovers,
    get crossings() {
      return (crossings ??= crossed.flat())
    },
    get objects() {
      return (objects ??= parts.objects.flat())
    },
    get bindings() {
      return (bindings ??= parts.bindings.flat())
    },
    summaryOf(fn) {
      let run = booted.handlerRuns.get(fn)
      if (run === undefined) {
        enterAround(machine, entries, fn)
        run = runOnce(machine, fn, 'handler', passedArguments(fn, handlerRoles(fn)))
        run.unit.home = { kind: 'handler', fn }
        booted.handlerRuns.set(fn, run)
      }
      return run.summary
    },
    entries: lasting.entries.from([...entries, ...apps], () =>
      entries
        .filter(
          (one) =>
            booted.declared.some((entry) => entry.file === one.file && entry.why === one.why) || apps.some((app) => app.entry === one.file),
        )
        .map((one) => ({ file: one.file, why: one.why, loads: one.loaded })),
    ),
    unreached,
    seen: { ...seen, exhaustedBudgets: exhausted.size, exhaustedFiles: filesNamedBy(exhausted), steps: machine.steps },
  }
}

/** `src/rules.js` of `src/rules.js#parse`. */
function filesNamedBy(names: Iterable<string>): readonly string[] {
  return [...new Set([...names].map((name) => name.split('#', 1)[0] ?? name))].sort()
}

/** The files that serve, with those that serving loads. */
function filesOf(
  { machine, rolls, roles, plainFiles, lasting }: Booted,
  serving: readonly BootedEntry[],
): ReturnType<Lasting['files']['from']> {
  const loadedLater: string[] = []
  for (const { unit } of rolls.served.members) if (unit.file !== null) loadedLater.push(unit.file)
  return lasting.files.from(loadedLater, () => {
    const loaded = [...serving.flatMap((one) => one.loaded), ...loadedLater]
    const serverFiles = new Set(loaded.filter((file) => machine.world.sources.get(file)?.language !== 'json'))
    const written = [...serverFiles].filter((file) => !['generated', 'declaration'].includes(roles.get(file) ?? ''))
    return { serverFiles, productionFiles: new Set([...plainFiles, ...written]) }
  })
}

/** What was reached and what was not. The sweep may add to scopes of the boot. */
function sitesOf(
  { input, machine, apps, routes, lasting }: Booted,
  scopes: readonly Scope[],
  swept: readonly Scope[],
): ReturnType<Lasting['sites']['from']> {
  const all = [...machine.scopes, ...swept]
  const parts = [scopes, ...all, ...all.flatMap(({ name, entries }) => [name, entries.length])]
  return lasting.sites.from(parts, () => {
    const unreached = unreachedSites(all, new Set(scopes), machine.scopes)
    return { unreached, seen: seenOf(input, apps, scopes, routes, unreached) }
  })
}

/** The functions that units made, by key: of what served, else of the modules that no entry loads. */
function functionsIn(modules: Unit, served: Roll): Map<string, FunctionValue> {
  const found = new Map<string, FunctionValue>()
  visitUnits(
    [modules],
    new Set(),
    (unit) => {
      for (const [key, fn] of unit.functions) found.set(key, fn)
    },
    () => undefined,
  )
  const met = new Set<string>()
  for (const { unit } of served.members) {
    for (const [key, fn] of unit.functions) {
      if (met.has(key)) continue
      met.add(key)
      found.set(key, fn)
    }
  }
  return found
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
