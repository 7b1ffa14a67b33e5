// Expressions that change what they name: `=`, `+=`, `++`, `delete`.
import type { Expression, NodeId } from '../extract/facts.js'
import type { Location } from '../text/location.js'
import { countsAcrossRequests } from './counters.js'
import type { Environment } from './environment.js'
import { remove, write } from './heapLog.js'
import type { Frame, Machine } from './machine.js'
import { otherSide } from './logicalExpression.js'
import { binary, decidedLogical, logical } from './operators.js'
import { forkExpression } from './paths.js'
import { locate } from './places.js'
import type { Value } from './value.js'
import { literal, operation, undefinedAt } from './values.js'

/** `target = value`, and with an operator. */
export function assign(
  machine: Machine,
  frame: Frame,
  environment: Environment,
  expression: Extract<Expression, readonly ['assign', ...unknown[]]>,
): Value {
  const [, node, operator, target, right] = expression
  const at = locate(frame, node)
  const bound = (value: Value): Value => {
    machine.run.bind(machine, frame, environment, target, value, 'assign')
    return value
  }
  if (operator === '=') return bound(machine.run.evaluate(machine, frame, environment, right))
  const before = machine.run.evaluate(machine, frame, environment, target as Expression)
  const sign = operator.slice(0, -1)
  if (sign === '||' || sign === '&&' || sign === '??') {
    const decided = decidedLogical(sign, before)
    const evaluate = (): Value => machine.run.evaluate(machine, frame, environment, right)
    if (decided === 'left') {
      // `process.env.NODE_ENV ??= 'production'` is read all the same: what is assumed to stand there may be what it writes.
      const fill = (): Value => bound(evaluate())
      if (machine.assumed.has(before))
        forkExpression(machine, at, before, sign === '&&' ? fill : () => before, sign === '&&' ? () => before : fill, (a) => a)
      return before
    }
    const value = decided === 'right' ? evaluate() : otherSide(machine, at, sign, before, right, evaluate)
    return bound(decided === 'right' ? value : logical(at, sign, before, value))
  }
  const value = machine.run.evaluate(machine, frame, environment, right)
  const isCounter = before.kind === 'literal' && typeof before.value === 'number' && countsAcrossRequests(machine, environment, target)
  const after =
    sign === '+' && before.kind === 'array' ? before : binary(at, sign, isCounter ? operation(at, '+', [before]) : before, value)
  machine.run.bind(machine, frame, environment, target, after, 'assign')
  return after
}

/** `++target` and `target--`. */
export function update(
  machine: Machine,
  frame: Frame,
  environment: Environment,
  expression: Extract<Expression, readonly ['update', ...unknown[]]>,
): Value {
  const at = locate(frame, expression[1])
  const before = machine.run.evaluate(machine, frame, environment, expression[3])
  const isKnown =
    before.kind === 'literal' && typeof before.value !== 'string' && !countsAcrossRequests(machine, environment, expression[3])
  const after = binary(at, expression[2] === '++' ? '+' : '-', isKnown ? before : operation(at, '+', [before]), literal(at, 1))
  machine.run.bind(machine, frame, environment, expression[3] as never, after, 'assign')
  return isPrefix(frame, expression[1], expression[3][1]) ? after : before
}

/** `++count` starts before its operand does, `count++` with it. */
function isPrefix(frame: Frame, update: NodeId, operand: NodeId): boolean {
  return frame.facts.spans[2 * update] !== frame.facts.spans[2 * operand]
}

/** `delete object.name`: the property has no value any more. */
export function deleteProperty(machine: Machine, frame: Frame, environment: Environment, target: Expression, at: Location): Value {
  if (target[0] !== 'member' && target[0] !== 'index') return literal(at, true)
  const object = machine.run.evaluate(machine, frame, environment, target[2])
  const key = target[0] === 'member' ? literal(at, target[3]) : machine.run.evaluate(machine, frame, environment, target[3])
  return removeProperty(machine, object, key, at)
}

/** The same for what has been evaluated: `Reflect.deleteProperty(object, name)`. */
export function removeProperty(machine: Machine, object: Value, key: Value, at: Location): Value {
  if (object.kind !== 'object' || key.kind !== 'literal') return literal(at, true)
  if (machine.phase === 'boot') remove(machine, object.properties, String(key.value))
  else write(machine, object.properties, String(key.value), undefinedAt(at))
  return literal(at, true)
}
