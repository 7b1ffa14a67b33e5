// The sweep: what no entry leads to is still read, with every arm of every condition, for rules about what is there.
import type { SourceFacts } from '../extract/facts.js'
import { compareFunctions } from '../text/location.js'
import type { BootedEntry } from './boot.js'
import { genericInstance } from './instances.js'
import type { Machine } from './machine.js'
import { withinSteps } from './budget.js'
import { findMethod, memberFunction } from './classMembers.js'
import { takenApart } from './registrations.js'
import { isSilentData } from './silentData.js'
import { runOnce } from './summaries.js'
import type { SweepRuns } from './sweepRuns.js'
import { noteUnit } from './unitIndex.js'
import { sweptArguments } from './sweptArguments.js'
import { addTo, newUnit, type Unit, inUnit } from './units.js'
import type { FunctionValue } from './value.js'

const SWEEP_STEPS = 300_000

/** Loads the modules of `files` that no entry loaded, each as a unit, into the heap of the last process. Data that says nothing is left alone. */
export function loadUnreached(machine: Machine, files: readonly string[], entries: readonly BootedEntry[]): Unit {
  const root = newUnit('sweep')
  noteUnit(machine, root)
  const loaded = new Set(entries.flatMap((entry) => [...entry.process.modules.keys()]))
  inUnit(machine, root, 'unreached', () => {
    for (const file of files)
      if (!loaded.has(file) && !isSilentData(machine.world.sources.get(file)))
        withinSteps(machine, SWEEP_STEPS, root, file, () => void machine.run.loadModule(machine, file))
  })
  machine.queue.length = 0
  return root
}

/** Runs every function of `files` that `wants` names, with every arm of every condition; gives the runs in order. Runs that are kept in `runs` are reused. */
export function sweep(
  machine: Machine,
  files: Iterable<string>,
  wants: (key: string) => boolean,
  functionsBefore: () => Map<string, FunctionValue>,
  runs: SweepRuns,
): readonly Unit[] {
  const found: Unit[] = []
  let functions: Map<string, FunctionValue> | null = null
  const addMade = (known: Map<string, FunctionValue>, unit: Unit): void => {
    for (const [made, fn] of unit.functions) if (!known.has(made)) known.set(made, fn)
  }
  // Where all runs are kept nobody asks.
  const knownFunctions = (): Map<string, FunctionValue> => {
    if (functions === null) {
      functions = functionsBefore()
      for (const unit of found) addMade(functions, unit)
    }
    return functions
  }
  const runOf = (source: SourceFacts, key: string): Unit | null => {
    const known = runs.byFunction.get(key)
    if (known !== undefined) return known
    const fn = knownFunctions().get(key) ?? methodValue(machine, source, key.slice(source.file.length + 1))
    if (fn === null) return null
    machine.sweepDepth = 1
    const unit = sweepOnce(machine, fn)
    machine.sweepDepth = 0
    unit.home = { kind: 'sweep', key }
    runs.byFunction.set(key, unit)
    return unit
  }
  for (const file of files) {
    const source = machine.world.sources.get(file)
    // Data has no functions, and to ask for them would extract what nobody has looked into.
    if (source === undefined || source.language === 'json') continue
    const known = runs.byFile.get(file)
    if (known?.functions === source.functions) {
      for (const unit of known.units) {
        found.push(unit)
        if (functions !== null) addMade(functions, unit)
      }
      continue
    }
    const units: Unit[] = []
    // A callback that the function around it ran has been read with every arm, and with what it is given.
    const executed = new Set<string>()
    for (const key of orderedFunctions(source)) {
      const unit = wants(key) && !executed.has(key) ? runOf(source, key) : null
      if (unit === null) continue
      units.push(unit)
      for (const one of unit.executed) executed.add(one)
      found.push(unit)
      if (functions !== null) addMade(functions, unit)
    }
    runs.byFile.set(file, { functions: source.functions, units })
  }
  return found
}

function sweepOnce(machine: Machine, fn: FunctionValue): Unit {
  const before = machine.scopes.length
  const parameters = sweptArguments(machine, fn)
  machine.grown.clear()
  const { unit } = runOnce(machine, fn, 'sweep', parameters, isUnchosen(machine, fn) ? 'off' : 'on')
  // A scope that only a sweep makes belongs to no entry.
  const made = machine.scopes.splice(before)
  for (const parameter of parameters) if (parameter.kind === 'scope') made.push(parameter.scope)
  for (const scope of [...made, ...takenApart(machine, (one) => made.includes(one))]) addTo(unit, 'scopes', scope)
  return unit
}

/** Whether the function, or one around it, is for other environments. */
function isUnchosen(machine: Machine, fn: FunctionValue): boolean {
  if (machine.unchosen.size === 0) return false
  const parts = fn.facts.id.split('.')
  return parts.some((_, index) => machine.unchosen.has(`${fn.source.file}#${parts.slice(0, index + 1).join('.')}`))
}

/** Keys of functions, parents before children: a nested function exists once its parent has run. */
function orderedFunctions(source: SourceFacts): readonly string[] {
  let keys = ordered.get(source.functions)
  if (keys === undefined) {
    keys = Object.keys(source.functions)
      .filter((id) => id !== '')
      .map((id) => ({ id, depth: depthOf(id) }))
      .sort((a, b) => a.depth - b.depth || compareFunctions(a.id, b.id))
      .map(({ id }) => `${source.file}#${id}`)
    ordered.set(source.functions, keys)
  }
  return keys
}

// Facts never change.
const ordered = new WeakMap<SourceFacts['functions'], readonly string[]>()

function depthOf(id: string): number {
  return id.split('.').length
}

/** A method that nobody called, on an instance of which nothing is known. */
function methodValue(machine: Machine, source: SourceFacts, id: string): FunctionValue | null {
  for (const facts of Object.values(source.classes)) {
    const member = facts.members.find((one) => one.function === id)
    if (member === undefined) continue
    const owner = machine.classes.get(`${source.file}#${facts.id}`)
    if (owner === undefined) return null
    const self = inUnit(machine, newUnit('sweep'), 'unreached', () => genericInstance(machine, owner))
    if (member.kind === 'method' && !member.isStatic && typeof member.key === 'string') return findMethod(machine, owner, self, member.key)
    const own = source.functions[id]
    return own === undefined ? null : memberFunction(owner, member, own, member.isStatic ? owner : self)
  }
  return null
}
