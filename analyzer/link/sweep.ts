// The sweep: what no entry leads to is still read, with every arm of every condition, for rules about what is there.
import type { SourceFacts } from '../extract/facts.js'
import { instantiate } from './invoke.js'
import type { Scope } from '../model/model.js'
import { BudgetExhausted, type Machine } from './machine.js'
import { findMethod } from './members.js'
import { conventionalRoles, parameterName, symbolicParameter } from './roles.js'
import { summarise } from './summaries.js'
import type { ClassValue, FunctionValue, Value } from './value.js'

const SWEEP_STEPS = 300_000

/** Runs every function of `files` that has not run in full. The heap of the last entry stays; modules that no entry loaded are loaded. */
export function sweep(machine: Machine, files: readonly string[]): void {
  machine.phase = 'unreached'
  for (const file of files) if (!machine.modules.has(file)) bounded(machine, file, () => void machine.run.loadModule(machine, file))
  machine.queue.length = 0
  machine.isSweep = true
  for (const file of files) {
    const source = machine.world.sources.get(file)
    if (source === undefined) continue
    for (const id of orderedFunctions(source)) {
      const key = `${file}#${id}`
      if (machine.executed.has(key) && !machine.partial.has(key)) continue
      const fn = machine.functions.get(key) ?? methodValue(machine, source, id)
      if (fn !== null) summarise(machine, fn, conventionalRoles(fn.facts), 'unreached', argumentsOf(machine, fn))
    }
  }
  machine.isSweep = false
}

/** Symbolic arguments; what is declared as an application or a router, or conventionally named so, is one that nobody mounts. */
function argumentsOf(machine: Machine, fn: FunctionValue): readonly Value[] {
  const roles = conventionalRoles(fn.facts)
  return fn.facts.parameters.map((parameter, index) => {
    const type = parameter.type?.name.split('.').at(-1) ?? ''
    const name = parameterName(fn, index)
    const isApp = /^(?:Express|Application|Express\.Application)$/.test(type) || (parameter.type === null && /^(?:app|expressApp)$/.test(name))
    const isRouter = /^I?Router$/.test(type) || (parameter.type === null && name === 'router')
    if (!isApp && !isRouter) return symbolicParameter(fn, index, roles[index] ?? 'unknown')
    const at = { file: fn.source.file, fn: fn.facts.id, node: parameter.node }
    const scope: Scope = { id: machine.scopes.length, kind: isApp ? 'app' : 'router', framework: 'express', at, name, entries: [], settings: [], gaps: [], mounts: [] }
    machine.orphans.push(scope)
    return { kind: 'scope', at, scope, properties: new Map() }
  })
}

/** Parents before children: a nested function exists once its parent has run. */
function orderedFunctions(source: SourceFacts): readonly string[] {
  return Object.keys(source.functions).filter((id) => id !== '').sort((a, b) => depthOf(a) - depthOf(b) || a.localeCompare(b, 'en', { numeric: true }))
}

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
    const self = genericInstance(machine, owner)
    if (member.kind === 'method' && !member.isStatic && typeof member.key === 'string') return findMethod(machine, owner, self, member.key)
    const own = source.functions[id]
    if (own === undefined) return null
    return { kind: 'function', at: { file: source.file, fn: facts.owner, node: member.node }, source, facts: own, environment: owner.environment, self: member.isStatic ? owner : self, bound: [], owner, properties: new Map() }
  }
  return null
}

const instances = new WeakMap<ClassValue, Value>()

/** An instance made with arguments of which only the declared types are known. */
export function genericInstance(machine: Machine, target: ClassValue): Value {
  const known = instances.get(target)
  if (known !== undefined) return known
  let made: Value = { kind: 'unknown', at: target.at, why: 'instance' }
  bounded(machine, functionOwner(target), () => {
    made = instantiate(machine, { at: target.at, frame: frameOf(machine, target), argsAt: [], isAwaited: false }, target, constructorArguments(target))
  })
  instances.set(target, made)
  return made
}

function constructorArguments(target: ClassValue): readonly Value[] {
  const member = target.facts.members.find((one) => one.kind === 'constructor' && one.function !== null)
  const facts = member?.function == null ? undefined : target.source.functions[member.function]
  if (facts === undefined) return []
  const fn: FunctionValue = { kind: 'function', at: target.at, source: target.source, facts, environment: target.environment, self: null, bound: [], owner: target, properties: new Map() }
  return facts.parameters.map((_, index) => symbolicParameter(fn, index, conventionalRoles(facts)[index] ?? 'unknown'))
}

function frameOf(machine: Machine, target: ClassValue): { source: SourceFacts; facts: SourceFacts['functions'][string]; self: Value; fn: null; owner: null; args: []; returns: []; guardBase: number } {
  const facts = target.source.functions[target.facts.owner] as SourceFacts['functions'][string]
  return { source: target.source, facts, self: target, fn: null, owner: null, args: [], returns: [], guardBase: machine.guards.length }
}

function functionOwner(target: ClassValue): string {
  return `${target.source.file}#class ${target.facts.id}`
}

function bounded(machine: Machine, name: string, work: () => void): void {
  const { limit } = machine
  machine.limit = Math.min(limit, machine.steps + SWEEP_STEPS)
  try {
    work()
  } catch (error) {
    if (!(error instanceof BudgetExhausted) && !(error instanceof RangeError)) throw error
    machine.exhausted.add(name)
  } finally {
    machine.limit = limit
  }
}

