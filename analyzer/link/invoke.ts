// Calls: project functions are run with their arguments, constructors make instances, the rest is recorded.
import type { FunctionId } from '../extract/facts.js'
import type { Location } from '../text/location.js'
import { callGlobal } from './builtins/globals.js'
import { callBuiltin } from './builtins/index.js'
import { runCallbacks } from './callbacks.js'
import { applyDecorators } from './decorators.js'
import { childEnvironment, type Environment } from './environment.js'
import { noteBinding } from './namedValues.js'
import { executeOne } from './execute.js'
import { hoist } from './hoist.js'
import { type CallSite, type Frame, type Machine, noteMade } from './machine.js'
import { locate } from './places.js'
import { record } from './records.js'
import { write } from './heapLog.js'
import { forkStatement } from './paths.js'
import { asPromise, defer } from './promises.js'
import type { ClassValue, FunctionValue, ObjectValue, PromiseValue, Value } from './value.js'
import { arrayValue, choice, memberValue, objectValue, promiseOf, resultValue, undefinedAt, unknown } from './values.js'

/** Calls `callee` with a receiver. */
export function call(machine: Machine, site: CallSite, callee: Value, self: Value | null, args: readonly Value[]): Value {
  if (callee.kind === 'function') return callFunction(machine, site, callee, callee.self ?? self, [...callee.bound, ...args])
  if (callee.kind === 'choice') {
    return eachOption(machine, site, callee, (option) => call(machine, site, option, self, args))
  }
  if (callee.kind === 'global') {
    const builtin = callGlobal(machine, site, callee.name, args)
    if (builtin !== null) return builtin
  }
  if (callee.kind === 'member' && (self === null || self === callee.object)) {
    const builtin = callBuiltin(machine, site, callee.object, callee.name, args)
    if (builtin !== null) return builtin
  }
  return callOpaque(machine, site, callee, self, args, 'call')
}

/** `receiver.name(...args)`. */
export function callMethod(machine: Machine, site: CallSite, receiver: Value, name: string, args: readonly Value[]): Value {
  if (receiver.kind === 'choice') {
    const callable = receiver.options.filter((option) => option.kind !== 'literal' || typeof option.value === 'string')
    const narrowed: Value =
      callable.length === 1 ? (callable[0] as Value) : { ...receiver, options: callable.length === 0 ? receiver.options : callable }
    if (narrowed.kind === 'choice') return eachOption(machine, site, narrowed, (option) => callMethod(machine, site, option, name, args))
    return callMethod(machine, site, narrowed, name, args)
  }
  const builtin = callBuiltin(machine, site, receiver, name, args)
  if (builtin !== null) return builtin
  if (receiver.kind === 'scope' && !receiver.properties.has(name)) {
    for (const framework of machine.frameworks) {
      const answer = framework.callScope(machine, site, receiver, name, args)
      if (answer !== null) return answer
    }
  }
  const member = machine.run.getMember(machine, site, receiver, name)
  if (member.kind === 'literal' || member.kind === 'array')
    return callOpaque(machine, site, memberValue(site.at, receiver, name), receiver, args, 'call')
  return call(machine, site, member, receiver, args)
}

/** `new callee(...args)`. */
export function construct(machine: Machine, site: CallSite, callee: Value, args: readonly Value[]): Value {
  if (callee.kind === 'class') return instantiate(machine, site, callee, args)
  if (callee.kind === 'choice') return eachOption(machine, site, callee, (option) => construct(machine, site, option, args))
  if (callee.kind === 'function') {
    const self = objectValue(site.at, 'instance')
    const prototype = callee.properties.get('prototype')
    if (prototype?.kind === 'object') self.external = prototype
    const result = callFunction(machine, site, callee, self, args)
    return result.kind === 'object' || result.kind === 'scope' || result.kind === 'function' ? result : self
  }
  if (callee.kind === 'global') {
    const builtin = callBuiltin(machine, site, callee, 'new', args)
    if (builtin !== null) return builtin
  }
  return callOpaque(machine, site, callee, null, args, 'new')
}

export function instantiate(machine: Machine, site: CallSite, target: ClassValue, args: readonly Value[]): ObjectValue {
  const instance = objectValue(site.at, 'instance', target)
  runConstructor(machine, site, target, instance, args)
  return instance
}

/** `super(...args)` in a constructor. */
export function callSuper(machine: Machine, site: CallSite, args: readonly Value[]): Value {
  const { owner, self } = site.frame
  const parent = owner?.superClass ?? null
  if (owner === null || self.kind !== 'object') return undefinedAt(site.at)
  if (parent?.kind === 'class') runConstructor(machine, site, parent, self, args)
  else {
    record(machine, site.frame, {
      at: site.at,
      callee: parent ?? unknown(site.at, 'super'),
      receiver: null,
      args,
      argsAt: site.argsAt,
      isNew: true,
      isWrite: false,
      isAwaited: false,
    })
    self.external = parent
  }
  initialiseFields(machine, owner, self)
  return undefinedAt(site.at)
}

function runConstructor(machine: Machine, site: CallSite, target: ClassValue, instance: ObjectValue, args: readonly Value[]): void {
  const member = target.facts.members.find((one) => one.kind === 'constructor' && one.function !== null)
  const parent = target.superClass
  if (member?.function == null) {
    if (parent?.kind === 'class') runConstructor(machine, site, parent, instance, args)
    else if (parent !== null) instance.external = parent
    initialiseFields(machine, target, instance)
    return
  }
  if (parent === null) initialiseFields(machine, target, instance)
  const facts = target.source.functions[member.function]
  if (facts === undefined) return
  const fn: FunctionValue = {
    kind: 'function',
    at: { file: target.source.file, fn: target.facts.owner, node: member.node },
    source: target.source,
    facts,
    environment: target.environment,
    self: instance,
    bound: [],
    owner: target,
    properties: new Map(),
  }
  if (!isRunaway(machine, fn)) inline(machine, site, fn, instance, args)
}

function initialiseFields(machine: Machine, target: ClassValue, instance: ObjectValue): void {
  const owner = target.source.functions[target.facts.owner]
  if (owner === undefined) return
  const frame: Frame = {
    source: target.source,
    facts: owner,
    self: instance,
    fn: null,
    owner: target,
    args: [],
    returns: [],
    guardBase: machine.guards.length,
  }
  for (const member of target.facts.members) {
    if (member.kind !== 'field' || member.isStatic || typeof member.key !== 'string') continue
    if (member.value === null) continue
    const value = machine.run.evaluate(machine, frame, target.environment, member.value)
    noteBinding(machine, member.key, value, locate(frame, member.node))
    write(machine, instance.properties, member.key, value)
    instance.writtenAt.set(member.key, locate(frame, member.node))
  }
}

export function makeFunction(machine: Machine, frame: Frame, environment: Environment, id: FunctionId, at: Location): FunctionValue {
  const facts = frame.source.functions[id] ?? frame.facts
  const self = facts.kind === 'arrow' ? frame.self : null
  const fn: FunctionValue = {
    kind: 'function',
    at,
    source: frame.source,
    facts,
    environment,
    self,
    bound: [],
    owner: facts.kind === 'arrow' ? frame.owner : null,
    properties: new Map(),
  }
  const key = functionKey(fn)
  machine.unit.functions.set(key, fn)
  // What the boot makes is brought up to date when its text changes; what a handler makes belongs to that run.
  if (machine.unit.kind === 'boot' || machine.unit.kind === 'module') noteMade(machine, fn)
  else machine.unit.reads.add(key)
  return fn
}

/** Names a function over the whole project. */
export function functionKey(fn: FunctionValue): string {
  return `${fn.source.file}#${fn.facts.id}`
}

export function makeClass(machine: Machine, frame: Frame, environment: Environment, id: string, at: Location): ClassValue {
  const facts = frame.source.classes[id]
  if (facts === undefined) throw new Error(`class ${id} has no facts`)
  const superClass = facts.superClass === null ? null : machine.run.evaluate(machine, frame, environment, facts.superClass)
  const value: ClassValue = {
    kind: 'class',
    at,
    source: frame.source,
    facts,
    environment: childEnvironment(environment, 'block'),
    superClass,
    properties: new Map(),
  }
  value.environment.variables.set(facts.name, value)
  machine.classes.set(`${frame.source.file}#${id}`, value)
  noteMade(machine, value)
  const inner: Frame = { ...frame, self: value, owner: value }
  for (const member of facts.members) {
    if (!member.isStatic || typeof member.key !== 'string' || member.kind === 'staticBlock') {
      if (member.kind === 'staticBlock' && member.function !== null)
        call(
          machine,
          { at, frame, argsAt: [], isAwaited: false },
          { ...makeFunction(machine, inner, value.environment, member.function, at), self: value },
          value,
          [],
        )
      continue
    }
    if (member.kind === 'method' && member.function !== null) {
      const method: FunctionValue = { ...makeFunction(machine, inner, value.environment, member.function, at), self: value, owner: value }
      noteMade(machine, method)
      value.properties.set(member.key, method)
    }
    if (member.kind === 'field' && member.value !== null) {
      const made = machine.run.evaluate(machine, inner, value.environment, member.value)
      noteBinding(machine, member.key, made, locate(inner, member.node))
      value.properties.set(member.key, made)
    }
  }
  applyDecorators(machine, frame, value)
  return value
}

const MOST_OPTIONS_CALLED = 6

function eachOption(machine: Machine, site: CallSite, value: Extract<Value, { kind: 'choice' }>, work: (option: Value) => Value): Value {
  const results: Value[] = []
  const options = value.options.slice(0, MOST_OPTIONS_CALLED)
  const from = (index: number): void => {
    const option = options[index]
    if (option === undefined) return
    if (index === options.length - 1 && index === 0) {
      results.push(work(option))
      return
    }
    forkStatement(
      machine,
      site.at,
      index === 0 && value.test !== null ? value.test : { kind: 'unknown', at: site.at, why: 'one of several values' },
      () => {
        results.push(work(option))
        return 'normal'
      },
      () => {
        from(index + 1)
        return 'normal'
      },
    )
  }
  if (machine.isSweep || options.length === 1) for (const option of options) results.push(work(option))
  else from(0)
  return results.length === 0 ? undefinedAt(site.at) : choice(site.at, 'join', results, value.test)
}

const DEEPEST_CALL = 80
const MOST_REENTRIES = 3

function isRunaway(machine: Machine, fn: FunctionValue): boolean {
  if (machine.functionStack.length >= DEEPEST_CALL) return true
  let entries = 0
  for (const running of machine.functionStack) if (running.facts === fn.facts && ++entries >= MOST_REENTRIES) return true
  return false
}

/** Runs a project function. While serving, calls whose arguments do not matter share one run. */
function callFunction(machine: Machine, site: CallSite, fn: FunctionValue, self: Value | null, args: readonly Value[]): Value {
  if (isRunaway(machine, fn)) return unknown(site.at, 'recursion')
  const shared = machine.phase === 'boot' ? null : machine.run.callShared(machine, site, fn, self, args)
  return shared ?? inline(machine, site, fn, self ?? undefinedAt(site.at), args)
}

/** Runs the body with these arguments. */
export function inline(machine: Machine, site: CallSite, fn: FunctionValue, self: Value, args: readonly Value[]): Value {
  return runBody(machine, site, fn, self, args).result
}

/** Runs the body and gives the frame too, with every return by itself. */
export function runBody(
  machine: Machine,
  site: CallSite,
  fn: FunctionValue,
  self: Value,
  args: readonly Value[],
): { result: Value; frame: Frame } {
  const key = functionKey(fn)
  machine.unit.executed.add(key)
  machine.unit.reads.add(key)
  const environment = childEnvironment(fn.environment, 'function')
  const guardBase = machine.guards.length
  const frame: Frame = { source: fn.source, facts: fn.facts, self, fn, owner: fn.owner, args, returns: [], guardBase }
  const { tryDepth } = machine
  machine.functionStack.push(fn)
  machine.stack.push(site.at)
  try {
    bindParameters(machine, frame, environment, args)
    hoist(machine, frame, environment, fn.facts.body)
    const suspends = fn.facts.isAsync && fn.facts.hasAwait && !site.isAwaited && machine.phase === 'boot'
    let completion: ReturnType<typeof executeOne> = 'normal'
    for (const [index, statement] of fn.facts.body.entries()) {
      if (suspends && holdsAwait(statement)) return { result: suspend(machine, frame, environment, index), frame }
      completion = executeOne(machine, frame, environment, statement)
      if (completion !== 'normal') break
    }
    const result = resultOf(frame, completion, site.at)
    return { result: fn.facts.isAsync ? asPromise(result) : fn.facts.isGenerator ? arrayValue(site.at, [result], true) : result, frame }
  } finally {
    machine.stack.pop()
    machine.functionStack.pop()
    machine.guards.length = guardBase
    machine.tryDepth = tryDepth
  }
}

/** The rest of an async function that nobody awaits here runs later, as it would. */
function suspend(machine: Machine, frame: Frame, environment: Environment, index: number): PromiseValue {
  const promise = promiseOf(locate(frame, 0), null)
  const fn = frame.fn
  defer(machine, () => {
    const guardBase = machine.guards.length
    if (fn !== null) machine.functionStack.push(fn)
    let completion: ReturnType<typeof executeOne> = 'normal'
    const rest: Frame = { ...frame, guardBase }
    for (const statement of frame.facts.body.slice(index)) {
      completion = executeOne(machine, rest, environment, statement)
      if (completion !== 'normal') break
    }
    promise.result = resultOf(rest, completion, promise.at)
    machine.guards.length = guardBase
  })
  return promise
}

function resultOf(frame: Frame, completion: string, at: Location): Value {
  const values = frame.returns.map((one) => one.value)
  if (completion === 'normal') values.push(undefinedAt(at))
  return values.length === 0
    ? undefinedAt(at)
    : choice(
        at,
        'join',
        values,
        null,
        frame.returns.map((one) => one.guards.filter((guard) => guard.kind !== 'loop' && guard.kind !== 'catch')),
      )
}

function bindParameters(machine: Machine, frame: Frame, environment: Environment, args: readonly Value[]): void {
  frame.facts.parameters.forEach((parameter, index) => {
    const pattern = parameter.pattern
    const value: Value =
      pattern[0] === 'rest'
        ? arrayValue(locate(frame, parameter.node), args.slice(index))
        : (args[index] ?? undefinedAt(locate(frame, parameter.node)))
    machine.run.bind(machine, frame, environment, pattern, value, 'let')
    if (parameter.isProperty && frame.self.kind === 'object') {
      const name = pattern[0] === 'name' ? pattern[2] : pattern[0] === 'default' && pattern[2][0] === 'name' ? pattern[2][2] : null
      if (name !== null) write(machine, frame.self.properties, name, environment.variables.get(name) ?? value)
    }
  })
}

/** True when an `await` stands in the statement outside nested functions. */
function holdsAwait(statement: unknown): boolean {
  if (!Array.isArray(statement)) return typeof statement === 'object' && statement !== null && Object.values(statement).some(holdsAwait)
  if (statement[0] === 'await' || (statement[0] === 'forOf' && statement[5] === true)) return true
  return statement.some((part) => typeof part === 'object' && part !== null && holdsAwait(part))
}

/** A call that leaves the project: recorded, its callbacks run, and what it returns stays symbolic. */
export function callOpaque(
  machine: Machine,
  site: CallSite,
  callee: Value,
  self: Value | null,
  args: readonly Value[],
  mode: 'call' | 'new',
): Value {
  if (callee.kind === 'package') {
    for (const framework of machine.frameworks) {
      const answer = framework.callPackage(machine, site, callee, args, mode)
      if (answer !== null) return answer
    }
  }
  const receiver = self ?? (callee.kind === 'member' ? callee.object : null)
  const call = record(machine, site.frame, {
    at: site.at,
    callee,
    receiver,
    args,
    argsAt: site.argsAt,
    isNew: mode === 'new',
    isWrite: false,
    isAwaited: site.isAwaited,
  })
  const result = resultValue(site.at, call)
  for (const framework of machine.frameworks) {
    const answer = framework.onOpaqueCall(machine, site, call)
    if (answer !== null) return answer
  }
  runCallbacks(machine, site, call, result)
  return result
}
