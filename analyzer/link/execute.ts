// Statements: what they do, and how they end.
import type { Pattern, Statement } from '../extract/facts.js'
import { childEnvironment, type Environment } from './environment.js'
import { noteBinding } from './evaluate.js'
import { beginLog, type Completion, type Frame, joinPaths, locate, type Machine, NO_CHANGE, revertLog, step, write } from './machine.js'
import { tryBlock } from './missingModule.js'
import { entriesOf } from './modules.js'
import { binary } from './operators.js'
import { forkStatement, guarded } from './paths.js'
import { awaitValue } from './promises.js'
import type { Guard, ParameterValue, Value } from './value.js'
import { memberValue, truthOf, undefinedAt } from './values.js'

/** Runs statements in order; hoists function and class declarations first. */
export function execute(machine: Machine, frame: Frame, environment: Environment, statements: readonly Statement[]): Completion {
  hoist(machine, frame, environment, statements)
  for (const statement of statements) {
    const completion = executeOne(machine, frame, environment, statement)
    if (completion !== 'normal') return completion
  }
  return 'normal'
}

export function hoist(machine: Machine, frame: Frame, environment: Environment, statements: readonly Statement[]): void {
  for (const statement of statements) {
    if (statement[0] !== 'functionDeclaration') continue
    const facts = frame.source.functions[statement[2]]
    if (facts !== undefined && !environment.variables.has(facts.name)) {
      write(
        machine,
        environment.variables,
        facts.name,
        machine.run.makeFunction(machine, frame, environment, statement[2], locate(frame, statement[1])),
      )
    }
  }
}

export function executeOne(machine: Machine, frame: Frame, environment: Environment, statement: Statement): Completion {
  step(machine)
  const at = locate(frame, statement[1])
  const evaluate = (expression: Parameters<typeof machine.run.evaluate>[3]): Value =>
    machine.run.evaluate(machine, frame, environment, expression)
  const block = (statements: readonly Statement[]): Completion =>
    execute(machine, frame, blockEnvironment(environment, statements), statements)
  switch (statement[0]) {
    case 'expression':
      evaluate(statement[2])
      return 'normal'
    case 'declare': {
      const [, , kind, pattern, init] = statement
      const value = init === null ? undefinedAt(at) : evaluate(init)
      if (init !== null && pattern[0] === 'name') noteBinding(machine, pattern[2], value, at)
      if (init !== null || kind !== 'var') machine.run.bind(machine, frame, environment, pattern, value, kind === 'var' ? 'var' : 'let')
      return 'normal'
    }
    case 'functionDeclaration':
      return 'normal'
    case 'classDeclaration': {
      const facts = frame.source.classes[statement[2]]
      if (facts !== undefined)
        write(machine, environment.variables, facts.name, machine.run.makeClass(machine, frame, environment, statement[2], at))
      return 'normal'
    }
    case 'if': {
      const test = evaluate(statement[2])
      return forkStatement(
        machine,
        at,
        test,
        () => block(statement[3]),
        () => block(statement[4]),
      )
    }
    case 'forOf':
      return loopOver(
        machine,
        frame,
        environment,
        statement[2],
        awaited(machine, elementsOf(evaluate(statement[3]), at), statement[5]),
        statement[4],
        at,
      )
    case 'forIn':
      return loopOver(machine, frame, environment, statement[2], keysOf(machine, frame, evaluate(statement[3]), at), statement[4], at)
    case 'for': {
      const scope = childEnvironment(environment, 'block')
      for (const init of statement[2]) executeOne(machine, frame, scope, init)
      return loopWhile(machine, frame, scope, { test: statement[3], update: statement[4], body: statement[5], runsFirst: false }, at)
    }
    case 'while':
      return loopWhile(machine, frame, environment, { test: statement[2], update: null, body: statement[3], runsFirst: false }, at)
    case 'doWhile':
      return loopWhile(machine, frame, environment, { test: statement[2], update: null, body: statement[3], runsFirst: true }, at)
    case 'try':
      return tryStatement(machine, frame, environment, statement)
    case 'switch':
      return switchStatement(machine, frame, environment, statement)
    case 'return': {
      const value = statement[2] === null ? undefinedAt(at) : evaluate(statement[2])
      frame.returns.push({ value, guards: machine.guards.slice(frame.guardBase), at })
      return 'return'
    }
    case 'throw': {
      const value = evaluate(statement[2])
      machine.unit.throws.push({ value, guards: machine.guards.slice(), at, isCaught: machine.tryDepth > 0 })
      return 'throw'
    }
    case 'break':
      return 'break'
    case 'continue':
      return 'continue'
    case 'block':
      return block(statement[2])
    case 'labeled': {
      const completion = block(statement[3])
      return completion === 'break' || completion === 'continue' ? 'normal' : completion
    }
    case 'importModule':
      machine.run.requireModule(machine, { at, frame, argsAt: [], isAwaited: false }, statement[2])
      return 'normal'
    case 'exportAssignment': {
      const module = machine.modules.get(frame.source.file)
      const value = evaluate(statement[2])
      if (module !== undefined) write(machine, module.module.properties, 'exports', value)
      return 'normal'
    }
  }
}

/** A new scope only where the block declares something. */
function blockEnvironment(environment: Environment, statements: readonly Statement[]): Environment {
  const declares = statements.some(
    (one) => (one[0] === 'declare' && one[2] !== 'var') || one[0] === 'functionDeclaration' || one[0] === 'classDeclaration',
  )
  return declares ? childEnvironment(environment, 'block') : environment
}

const MOST_ITERATIONS = 2_000
/** Loops with a condition: past this they are taken for loops that depend on data. */
const MOST_TURNS = 100

function loopOver(
  machine: Machine,
  frame: Frame,
  environment: Environment,
  binding: Pattern,
  items: Items,
  body: readonly Statement[],
  at: ReturnType<typeof locate>,
): Completion {
  const iteration = (item: Value): Completion => {
    const scope = childEnvironment(environment, 'block')
    machine.run.bind(machine, frame, scope, binding, item, binding[0] === 'name' || binding[0].endsWith('Pattern') ? 'let' : 'assign')
    return execute(machine, frame, scope, body)
  }
  const depth = machine.guards.length
  for (const item of items.known.slice(0, MOST_ITERATIONS)) {
    const completion = iteration(item)
    machine.guards.length = Math.min(machine.guards.length, depth)
    if (completion === 'break') break
    if (completion === 'return' || completion === 'throw') return completion
  }
  return items.rest === null ? 'normal' : once(machine, at, items.rest, () => iteration(items.rest as Value))
}

/** A body that runs an unknown number of times is run once, as a path that may not be taken. */
function once(machine: Machine, at: ReturnType<typeof locate>, test: Value, work: () => Completion): Completion {
  beginLog(machine)
  const depth = machine.guards.length
  try {
    guarded(machine, { at, value: test, holds: true, kind: 'loop' }, work)
  } finally {
    machine.guards.length = depth
    const end = revertLog(machine)
    joinPaths(machine, at, end, NO_CHANGE, null)
  }
  return 'normal'
}

interface Items {
  readonly known: readonly Value[]
  readonly rest: Value | null
}

function elementsOf(value: Value, at: ReturnType<typeof locate>): Items {
  if (value.kind === 'array')
    return { known: value.elements, rest: value.isOpen && value.elements.length === 0 ? memberValue(at, value, '*') : null }
  if (value.kind === 'object' && value.role === 'set')
    return { known: [...value.properties.values()], rest: value.isOpen ? memberValue(at, value, '*') : null }
  if (value.kind === 'object' && value.role === 'map') {
    return {
      known: [...value.properties].map(([key, one]) => ({
        kind: 'array',
        at,
        elements: [{ kind: 'literal', at, value: key }, one],
        isOpen: false,
      })),
      rest: value.isOpen ? memberValue(at, value, '*') : null,
    }
  }
  if (value.kind === 'choice') {
    const parts = value.options.map((option) => elementsOf(option, at))
    return { known: parts.flatMap((part) => part.known), rest: parts.find((part) => part.rest !== null)?.rest ?? null }
  }
  if (value.kind === 'literal')
    return {
      known: typeof value.value === 'string' ? [...value.value].map((one) => ({ kind: 'literal', at, value: one })) : [],
      rest: null,
    }
  return { known: [], rest: memberValue(at, value, '*') }
}

/** `for await` waits for each element. */
function awaited(machine: Machine, items: Items, isAwait: Extract<Statement, readonly ['forOf', ...unknown[]]>[5]): Items {
  return isAwait ? { ...items, known: items.known.map((item) => awaitValue(machine, item)) } : items
}

function keysOf(machine: Machine, frame: Frame, value: Value, at: ReturnType<typeof locate>): Items {
  if (value.kind === 'object' && !value.isOpen)
    return {
      known: entriesOf(machine, { at, frame, argsAt: [], isAwaited: false }, value).map(([key]) => ({ kind: 'literal', at, value: key })),
      rest: null,
    }
  if (value.kind === 'array')
    return { known: value.elements.map((_, index) => ({ kind: 'literal', at, value: String(index) })), rest: null }
  return { known: [], rest: memberValue(at, value, '*') }
}

interface Loop {
  readonly test: Parameters<Machine['run']['evaluate']>[3] | null
  readonly update: Parameters<Machine['run']['evaluate']>[3] | null
  readonly body: readonly Statement[]
  readonly runsFirst: boolean
}

function loopWhile(machine: Machine, frame: Frame, environment: Environment, loop: Loop, at: ReturnType<typeof locate>): Completion {
  const depth = machine.guards.length
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const test = loop.test === null || (loop.runsFirst && turn === 0) ? null : machine.run.evaluate(machine, frame, environment, loop.test)
    const truth = test === null ? (loop.test === null ? 'unknown' : 'yes') : truthOf(test)
    if (truth === 'no' && !(machine.isSweep && turn === 0)) return 'normal'
    const work = (): Completion => execute(machine, frame, childEnvironment(environment, 'block'), loop.body)
    if (truth === 'unknown' || machine.isSweep) {
      return once(machine, at, test ?? { kind: 'unknown', at, why: 'endless loop' }, () => {
        const completion = work()
        if (loop.update !== null) machine.run.evaluate(machine, frame, environment, loop.update)
        return completion
      })
    }
    const completion = work()
    machine.guards.length = Math.min(machine.guards.length, depth)
    if (completion === 'break') return 'normal'
    if (completion === 'return' || completion === 'throw') return completion
    if (loop.update !== null) machine.run.evaluate(machine, frame, environment, loop.update)
  }
  return 'normal'
}

function tryStatement(
  machine: Machine,
  frame: Frame,
  environment: Environment,
  statement: Extract<Statement, readonly ['try', ...unknown[]]>,
): Completion {
  const [, node, block, handler, finalizer] = statement
  const at = locate(frame, node)
  const depth = machine.guards.length
  if (handler !== null) machine.tryDepth++
  const run = (): Completion => execute(machine, frame, childEnvironment(environment, 'block'), block)
  const blockCompletion = handler === null ? run() : (tryBlock(frame, run) ?? 'throw')
  if (handler !== null) machine.tryDepth--
  let completion = blockCompletion
  if (handler !== null) {
    const after = machine.guards.splice(depth)
    const error: ParameterValue = {
      kind: 'parameter',
      at: handler.parameter === null ? at : locate(frame, handler.parameter[1]),
      name: handler.parameter?.[0] === 'name' ? handler.parameter[2] : 'error',
      index: 0,
      role: 'error',
      type: null,
      fn: { file: frame.source.file, fn: frame.facts.id, node: 0 },
    }
    const handled = catchClause(machine, { at, value: error, holds: true, kind: 'catch' }, () => {
      const scope = childEnvironment(environment, 'block')
      if (handler.parameter !== null) machine.run.bind(machine, frame, scope, handler.parameter, error, 'let')
      return execute(machine, frame, scope, handler.body)
    })
    if (blockCompletion === 'normal') machine.guards.push(...after)
    if (blockCompletion === 'throw') completion = handled
    else if (blockCompletion !== 'normal' && handled === 'normal') {
      machine.guards.push({ at, value: error, holds: true, kind: 'catch' })
      completion = 'normal'
    }
  }
  if (finalizer !== null) {
    const final = execute(machine, frame, childEnvironment(environment, 'block'), finalizer)
    if (final !== 'normal') return final
  }
  return completion
}

/** A catch clause may run or not: what it writes is joined with what stood there. */
function catchClause(machine: Machine, guard: Guard, work: () => Completion): Completion {
  beginLog(machine)
  try {
    return guarded(machine, guard, work)
  } finally {
    joinPaths(machine, guard.at, revertLog(machine), NO_CHANGE, null)
  }
}

function switchStatement(
  machine: Machine,
  frame: Frame,
  environment: Environment,
  statement: Extract<Statement, readonly ['switch', ...unknown[]]>,
): Completion {
  const [, node, discriminant, cases] = statement
  const at = locate(frame, node)
  const scope = childEnvironment(environment, 'block')
  for (const one of cases) hoist(machine, frame, scope, one.body)
  const subject = machine.run.evaluate(machine, frame, environment, discriminant)
  const arm = (index: number): Completion => {
    for (const one of cases.slice(index)) {
      const completion = execute(machine, frame, scope, one.body)
      if (completion === 'break') return 'normal'
      if (completion !== 'normal') return completion
    }
    return 'normal'
  }
  const from = (index: number): Completion => {
    const next = cases.findIndex((one, position) => position >= index && one.test !== null)
    const expected = cases[next]?.test ?? null
    if (expected === null) {
      const fallback = cases.findIndex((one) => one.test === null)
      return fallback === -1 ? 'normal' : arm(fallback)
    }
    const test = binary(at, '===', subject, machine.run.evaluate(machine, frame, scope, expected))
    if (machine.assumed.has(subject)) machine.assumed.add(test)
    return forkStatement(
      machine,
      at,
      test,
      () => arm(next),
      () => from(next + 1),
    )
  }
  return from(0)
}
