// The recording memo: what a boot and its handlers did is kept with the functions that they read, and reused while those are unchanged.
import type { FileFacts, FunctionFacts, SourceFacts } from '../extract/facts.js'
import type { ProjectModel } from '../model/model.js'
import { assemble } from './projectModel.js'
import { boot, type Booted } from './projectBoot.js'
import { mayHandRequestOn } from './handingOn.js'
import type { LinkInput } from './linkInput.js'
import { resweep } from './sweepRuns.js'
import { factoriesIn } from './undeclaredEntries.js'
import { dropUnits, unitsReading } from './unitIndex.js'
import type { Unit } from './units.js'
import type { FunctionValue } from './value.js'

/** Links one state of a project after another. Each model equals what `link` gives for the same input. */
export interface Linker {
  /** The longest part of a first `link` by itself, so that something else may be done between the two. */
  readonly boot: (input: LinkInput) => void
  readonly link: (input: LinkInput) => ProjectModel
  /** How often the entries were booted anew. */
  readonly boots: () => number
}

export function createLinker(): Linker {
  let kept: { readonly booted: Booted; readonly files: Map<string, FileFacts> } | null = null
  let boots = 0
  return {
    boots: () => boots,
    boot(input) {
      if (kept !== null) return
      boots++
      kept = { booted: boot(input), files: new Map(input.files) }
    },
    link(input) {
      const booted = kept === null ? null : reuse(kept.booted, kept.files, input)
      if (kept !== null && booted !== null) kept = { booted, files: kept.files }
      else {
        boots++
        kept = { booted: boot(input), files: new Map(input.files) }
      }
      return assemble(kept.booted)
    },
  }
}

/** The boot with the runs that the change leaves valid, and the files that it now stands for; null where the boot itself read what changed. */
function reuse(booted: Booted, before: Map<string, FileFacts>, input: LinkInput): Booted | null {
  if (!sameSurroundings(booted.input, input) || before.size !== input.files.size) return null
  const changes: SourceChange[] = []
  for (const [file, facts] of input.files) {
    const known = before.get(file)
    if (known === facts) continue
    const current = booted.machine.world.sources.get(file)
    if (known?.kind !== 'source' || facts.kind !== 'source' || current === undefined) return null
    const change = changeOf(current, facts)
    if (change === null) return null
    changes.push(change)
  }
  const changed = new Set(changes.flatMap((change) => change.functions))
  const stale = unitsReading(booted.machine.units, changed)
  for (const unit of stale) if (!isReplaceable(unit)) return null
  const altered = new Set<FunctionValue>()
  let isOtherwise = false
  for (const change of changes) {
    isOtherwise = exchange(booted, change, altered) || isOtherwise
    before.set(change.file, input.files.get(change.file) as FileFacts)
  }
  forget(booted, stale, altered)
  // What is equal stays the same object, so that it is seen at a glance.
  const { packages, tsconfigs, settings, entries } = booted.input
  const edit = { version: {}, before: isOtherwise ? null : booted.edit.version, changed: altered }
  return { ...booted, input: { ...input, packages, tsconfigs, settings, entries }, edit }
}

function sameSurroundings(before: LinkInput, now: LinkInput): boolean {
  const isSame = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b)
  return (
    isSame(before.packages, now.packages) &&
    isSame(before.tsconfigs, now.tsconfigs) &&
    isSame(before.settings, now.settings) &&
    isSame(before.entries, now.entries)
  )
}

interface SourceChange {
  readonly file: string
  /** Functions that did not change keep their facts object, so that what is known of them stays known; their places are looked up in the newest facts. */
  readonly merged: SourceFacts
  /** Keys of functions whose structure changed. */
  readonly functions: readonly string[]
  readonly replaced: readonly FunctionFacts[]
}

/** What changed between two versions of a file; null where it is more than bodies of functions. */
function changeOf(before: SourceFacts, now: SourceFacts): SourceChange | null {
  const outside = (source: SourceFacts): string =>
    JSON.stringify([source.language, source.imports, source.exports, source.classes, source.hasModuleSyntax, source.hasShebang])
  if (outside(before) !== outside(now)) return null
  const functions: Record<string, FunctionFacts> = {}
  const changed: string[] = []
  const replaced: FunctionFacts[] = []
  const factories = [...factoriesIn(now)].map((name) => name.split('.')[0] ?? name)
  for (const [id, facts] of Object.entries(now.functions)) {
    const known = before.functions[id]
    if (known !== undefined && structureOf(known) === structureOf(facts)) {
      functions[id] = known
      continue
    }
    functions[id] = facts
    changed.push(id)
    if (known !== undefined) replaced.push(known)
    if ([facts, ...(known === undefined ? [] : [known])].some((one) => mayLoadOrMakeApplications(one, factories))) return null
    if (mayHandRequestOn(now, facts) || (known !== undefined && mayHandRequestOn(before, known))) return null
    if (known !== undefined && parameterDecorators(known) !== parameterDecorators(facts)) return null
  }
  for (const [id, known] of Object.entries(before.functions)) {
    if (now.functions[id] !== undefined) continue
    changed.push(id)
    if (mayLoadOrMakeApplications(known, factories) || mayHandRequestOn(before, known)) return null
  }
  if (changed.includes('')) return null
  return { file: now.file, merged: { ...now, functions }, functions: changed.map((id) => `${now.file}#${id}`), replaced }
}

function structureOf(facts: FunctionFacts): string {
  return JSON.stringify([
    facts.name,
    facts.kind,
    facts.isSelfNamed,
    facts.isAsync,
    facts.isGenerator,
    facts.parameters,
    facts.arity,
    facts.returnType,
    facts.body,
  ])
}

/** What is seen of a function without a look inside. */
function faceOf({ name, kind, isSelfNamed, isAsync, isGenerator, parameters, arity, returnType }: FunctionFacts): string {
  return JSON.stringify([name, kind, isSelfNamed, isAsync, isGenerator, parameters, arity, returnType])
}

/** What decorators of parameters bring is registered at start: pipes of Nest. */
function parameterDecorators(facts: FunctionFacts): string {
  return JSON.stringify(facts.parameters.map((parameter) => parameter.decorators))
}

/** Functions that load modules or make applications decide what is a server and who starts it. */
function mayLoadOrMakeApplications(facts: FunctionFacts, factories: readonly string[]): boolean {
  const code = JSON.stringify(facts.body)
  return /"(?:require|import|express|[fF]astify|NestFactory|Router)"/.test(code) || factories.some((name) => code.includes(`"${name}"`))
}

/** The boot and the modules hold the heap, and instances stand in for others: they are made anew together. */
function isReplaceable(unit: Unit): boolean {
  if (unit.kind !== 'handler' && unit.kind !== 'shared' && unit.kind !== 'sweep') return false
  return ![...unit.uses].some((used) => used.kind === 'module')
}

/** Values of the heap refer to the facts of their function: exchanges them for the new ones. True where one of them is called otherwise than before. */
function exchange({ machine, entries }: Booted, { file, merged, replaced }: SourceChange, altered: Set<FunctionValue>): boolean {
  let isOtherwise = false
  ;(machine.world.sources as Map<string, SourceFacts>).set(file, merged)
  for (const value of machine.made.get(file) ?? []) {
    const facts = value.kind === 'function' ? merged.functions[value.facts.id] : undefined
    if (value.kind === 'function' && facts !== value.facts) {
      altered.add(value)
      if (facts === undefined || faceOf(facts) !== faceOf(value.facts)) isOtherwise = true
    }
    Object.assign(value, facts === undefined ? { source: merged } : { source: merged, facts })
  }
  for (const { process } of entries) {
    const state = process.modules.get(file)
    if (state !== undefined) Object.assign(state.frame, { source: merged })
  }
  for (const facts of replaced) machine.memo.delete(facts)
  return isOtherwise
}

function forget({ machine, handlerRuns, sweepRuns }: Booted, stale: ReadonlySet<Unit>, altered: Set<FunctionValue>): void {
  for (const { home } of stale) {
    if (home?.kind === 'handler') {
      handlerRuns.delete(home.fn)
      altered.add(home.fn)
    }
    if (home?.kind === 'sweep') {
      sweepRuns.byFunction.delete(home.key)
      resweep(sweepRuns, [home.key])
    }
    if (home?.kind === 'shared') {
      const runs = machine.memo.get(home.facts)
      runs?.delete(home.key)
      if (runs?.size === 0) machine.memo.delete(home.facts)
    }
  }
  dropUnits(machine.units, stale)
}
