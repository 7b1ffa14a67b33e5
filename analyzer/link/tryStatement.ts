// `try`: what may be thrown, what the catch clause does with it, and what runs at the end.
import type { Statement } from '../extract/facts.js'
import { childEnvironment, type Environment } from './environment.js'
import type { Completion, Frame, Machine } from './machine.js'
import { tryBlock } from './missingModule.js'
import { guarded, possibly } from './paths.js'
import { locate } from './places.js'
import type { Guard, ParameterValue } from './value.js'

export function tryStatement(
  machine: Machine,
  frame: Frame,
  environment: Environment,
  statement: Extract<Statement, readonly ['try', ...unknown[]]>,
): Completion {
  const [, node, block, handler, finalizer] = statement
  const at = locate(frame, node)
  const depth = machine.guards.length
  if (handler !== null) machine.tryDepth++
  const run = (): Completion => machine.run.execute(machine, frame, childEnvironment(environment, 'block'), block)
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
      return machine.run.execute(machine, frame, scope, handler.body)
    })
    if (blockCompletion === 'normal') machine.guards.push(...after)
    if (blockCompletion === 'throw') completion = handled
    else if (blockCompletion !== 'normal' && handled === 'normal') {
      machine.guards.push({ at, value: error, holds: true, kind: 'catch' })
      completion = 'normal'
    }
  }
  if (finalizer !== null) {
    const final = machine.run.execute(machine, frame, childEnvironment(environment, 'block'), finalizer)
    if (final !== 'normal') return final
  }
  return completion
}

/** A catch clause may run or not. */
function catchClause(machine: Machine, guard: Guard, work: () => Completion): Completion {
  return possibly(machine, guard.at, () => guarded(machine, guard, work))
}
