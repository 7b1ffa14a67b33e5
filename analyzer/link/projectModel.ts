// The model of a booted project: what its entries and handlers did, and what they left out.
import type { App, NamedValue, ProjectModel, Scope } from '../model/model.js'
import { partsOf } from './assemble.js'
import { callRoll } from './roll.js'
import { enter, runHandlers } from './boot.js'
import { deploymentOf } from './linkInput.js'
import type { Booted } from './projectBoot.js'
import { handlerRoles, symbolicArguments } from './roles.js'
import { seenOf, unreachedSites } from './seen.js'
import { runOnce } from './summaries.js'
import { sweep } from './sweep.js'
import { type Unit, visitUnits } from './units.js'
import type { CallRecord, FunctionValue } from './value.js'

/** Puts the model together: what the entries and handlers did, then the sweep over what they left out. */
export function assemble(booted: Booted): ProjectModel {
  const { input, machine, apps, entries, routes, roles } = booted
  const { served, swept } = booted.rolls
  const serving = entries.filter((one) => apps.some((app) => app.entry === one.file))
  const servingRuns = serving.flatMap((entry) => runHandlers(machine, entry, booted.handlerRuns))
  callRoll(served, [...entries.map((entry) => entry.unit), ...servingRuns.map((run) => run.unit)], new Set())
  const loadedLater = [...served.units].flatMap((unit) => unit.file ?? [])
  const serverFiles = new Set(
    [...serving.flatMap((one) => one.loaded), ...loadedLater].filter((file) => machine.world.sources.get(file)?.language !== 'json'),
  )
  const productionFiles = new Set([
    ...booted.plainFiles,
    ...[...serverFiles].filter((file) => !['generated', 'declaration'].includes(roles.get(file) ?? '')),
  ])
  const last = entries.at(-1)
  if (last !== undefined) enter(machine, last.process)
  const isIn = (counts: ReadonlyMap<string, number>, key: string): boolean => (counts.get(key) ?? 0) > 0
  const sweptRuns = sweep(
    machine,
    [...productionFiles],
    (key) => !isIn(served.runs, key) || isIn(served.partial, key),
    () => functionsIn(booted.modules, served.units),
    booted.sweepRuns,
  )
  callRoll(swept, [booted.modules, ...sweptRuns], served.units)
  const parts = partsOf(served, swept)
  const scopes = [...reachableScopes(apps)]
  nameScopes(parts.bindings, machine.scopes)
  const units = [...served.units, ...swept.units]
  const sweptScopes = units.flatMap((unit) => unit.scopes)
  const exhausted = new Set(units.flatMap((unit) => unit.exhausted))
  let calls: readonly CallRecord[] | null = null
  let bindings: readonly NamedValue[] | null = null
  let handovers: readonly CallRecord[] | null = null
  const unreached = unreachedSites([...machine.scopes, ...sweptScopes], new Set(scopes), machine.scopes)
  return {
    apps: apps.map((app) => ({ ...app, name: app.scope.name })),
    scopes,
    get calls() {
      return (calls ??= parts.calls.flat())
    },
    parts,
    edit: booted.edit,
    routes,
    files: input.files,
    deployment: deploymentOf(input),
    packages: input.packages,
    serverFiles,
    productionFiles,
    settings: input.settings,
    get handovers() {
      return (handovers ??= units.flatMap((unit) => unit.handovers))
    },
    get objects() {
      return parts.objects.flat()
    },
    get bindings() {
      return (bindings ??= parts.bindings.flat())
    },
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
    seen: seenOf(input, apps, scopes, routes, unreached, exhausted.size, machine.steps),
  }
}

/** The functions that units made, by key: of what served, else of the modules that no entry loads. */
function functionsIn(modules: Unit, served: Iterable<Unit>): Map<string, FunctionValue> {
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
  for (const unit of served) {
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

/** Scopes are known by the first name that holds them. */
function nameScopes(parts: ProjectModel['parts']['bindings'], scopes: readonly Scope[]): void {
  const wanted = new Set(scopes)
  for (const bindings of parts) {
    for (const { name, value } of bindings) {
      if (value.kind !== 'scope' || !wanted.has(value.scope) || name === '*default*') continue
      value.scope.name = name
      wanted.delete(value.scope)
    }
  }
}
