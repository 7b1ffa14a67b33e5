// Statements: what they do, and how they end.
import type { Statement } from '../extract/facts.js'
import { step } from './budget.js'
import { childEnvironment, functionEnvironment, type Environment } from './environment.js'
import { write } from './heapLog.js'
import { hoist } from './hoist.js'
import { isLoop, loopStatement } from './loopStatement.js'
import type { Completion, Frame, Machine } from './machine.js'
import { noteBinding } from './namedValues.js'
import { forkStatement } from './paths.js'
import { locate } from './places.js'
import { snapshot } from './records.js'
import { switchStatement } from './switchStatement.js'
import { tryStatement } from './tryStatement.js'
import { addTo } from './units.js'
import type { Value } from './value.js'
import { undefinedAt } from './values.js'

/** Runs statements in order; hoists function and class declarations first. */
export function execute(machine: Machine, frame: Frame, environment: Environment, statements: readonly Statement[]): Completion {
  hoist(machine, frame, environment, statements)
  for (const statement of statements) {
    const completion = executeOne(machine, frame, environment, statement)
    if (completion !== 'normal') return completion
  }
  return 'normal'
}

export function executeOne(machine: Machine, frame: Frame, environment: Environment, statement: Statement): Completion {
  step(machine)
  // What most statements are comes first, without the closures that the rest needs.
  switch (statement[0]) {
    case 'expression':
      machine.run.evaluate(machine, frame, environment, statement[2])
      return 'normal'
    case 'declare':
      return declare(machine, frame, environment, statement)
    case 'functionDeclaration':
      return 'normal'
    case 'return': {
      const value =
        statement[2] === null ? undefinedAt(locate(frame, statement[1])) : machine.run.evaluate(machine, frame, environment, statement[2])
      frame.returns.push({ value, guards: machine.guards.slice(frame.guardBase), at: locate(frame, statement[1]) })
      return 'return'
    }
    default:
      return executeBlocks(machine, frame, environment, statement)
  }
}

function declare(
  machine: Machine,
  frame: Frame,
  environment: Environment,
  [, node, kind, pattern, init]: Extract<Statement, readonly ['declare', ...unknown[]]>,
): Completion {
  const at = locate(frame, node)
  const value = init === null ? undefinedAt(at) : machine.run.evaluate(machine, frame, environment, init)
  if (init !== null && pattern[0] === 'name') noteBinding(machine, pattern[2], value, at)
  // `var client` says nothing of what was written into it above, and leaves a variable without a value where nothing was.
  const isKept = init === null && kind === 'var' && (pattern[0] !== 'name' || isWritten(machine, environment, pattern[2]))
  if (!isKept) machine.run.bind(machine, frame, environment, pattern, value, kind === 'var' ? 'var' : 'let')
  return 'normal'
}

function isWritten(machine: Machine, environment: Environment, name: string): boolean {
  return functionEnvironment(environment).variables.has(name) || machine.globals.has(name)
}

type Compound = Exclude<Statement, readonly ['expression' | 'declare' | 'functionDeclaration' | 'return', ...unknown[]]>

function executeBlocks(machine: Machine, frame: Frame, environment: Environment, statement: Compound): Completion {
  const at = locate(frame, statement[1])
  const evaluate = (expression: Parameters<typeof machine.run.evaluate>[3]): Value =>
    machine.run.evaluate(machine, frame, environment, expression)
  const block = (statements: readonly Statement[]): Completion =>
    execute(machine, frame, blockEnvironment(environment, statements), statements)
  switch (statement[0]) {
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
    case 'forIn':
    case 'for':
    case 'while':
    case 'doWhile':
      return loopStatement(machine, frame, environment, statement, null)
    case 'try':
      return tryStatement(machine, frame, environment, statement)
    case 'switch':
      return switchStatement(machine, frame, environment, statement)
    case 'throw': {
      const value = evaluate(statement[2])
      addTo(machine.unit, 'throws', { value, guards: snapshot(machine.guards, 'guards', machine), at, isCaught: machine.tryDepth > 0 })
      return 'throw'
    }
    case 'break':
      return statement[2] === null ? 'break' : `break ${statement[2]}`
    case 'continue':
      return statement[2] === null ? 'continue' : `continue ${statement[2]}`
    case 'block':
      return block(statement[2])
    case 'labeled': {
      const [, , label, [body]] = statement
      const completion = body !== undefined && isLoop(body) ? loopStatement(machine, frame, environment, body, label) : block(statement[3])
      return completion === `break ${label}` ? 'normal' : completion
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
