// The model of a booted project: what its entries and handlers did, and what they left out.
import type { App, ProjectModel, Scope } from '../model/model.js'
import { addSwept, addUnits, newAssembly } from './assemble.js'
import { enter, runHandlers } from './boot.js'
import { deploymentOf } from './linkInput.js'
import type { Booted } from './projectBoot.js'
import { handlerRoles, symbolicArguments } from './roles.js'
import { seenOf, unreachedSites } from './seen.js'
import { runOnce } from './summaries.js'
import { sweep } from './sweep.js'
import { type Unit, visitUnits } from './units.js'
import type { FunctionValue } from './value.js'

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
