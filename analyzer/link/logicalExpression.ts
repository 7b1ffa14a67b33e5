// `&&`, `||` and `??`: paths of their own where the left side does not decide.
import type { Expression } from '../extract/facts.js'
import type { Location } from '../text/location.js'
import type { Environment } from './environment.js'
import { isSwept, type Frame, type Machine } from './machine.js'
import { decidedLogical, logical } from './operators.js'
import { forkExpression } from './paths.js'
import { locate } from './places.js'
import type { Value } from './value.js'
import { truthOf } from './truth.js'
import { operation, undefinedAt } from './values.js'

/** The value of `left operator right`. */
export function logicalExpression(
  machine: Machine,
  frame: Frame,
  environment: Environment,
  expression: Extract<Expression, readonly ['logical', ...unknown[]]>,
): Value {
  const [, node, operator, leftExpression, rightExpression] = expression
  const at = locate(frame, node)
  const left = machine.run.evaluate(machine, frame, environment, leftExpression)
  const decided = decidedLogical(operator, left)
  if (decided === 'right' && (!isSwept(machine) || machine.assumed.has(left)))
    return assumedLike(machine, machine.run.evaluate(machine, frame, environment, rightExpression), [left])
  const right = (): Value => machine.run.evaluate(machine, frame, environment, rightExpression)
  if (decided === 'left') {
    // The right side is read all the same where the environment decided, so that rules can say what is off.
    if (isSwept(machine) || machine.assumed.has(left))
      forkExpression(machine, at, left, operator === '&&' ? right : () => left, operator === '&&' ? () => left : right, (a) => a)
    return left
  }
  const value = otherSide(machine, at, operator, left, rightExpression, right)
  if (decided === 'right') return value
  const result = logical(at, operator, left, value)
  if (machine.assumed.has(value) && truthOf(result) !== 'unknown') machine.assumed.add(result)
  return result
}

/** What stands on the right where the left side does not decide: in a path of its own, since it runs or not. */
export function otherSide(
  machine: Machine,
  at: Location,
  operator: '&&' | '||' | '??',
  left: Value,
  expression: Expression,
  right: () => Value,
): Value {
  const isLeft = (): Value => left
  if (operator === '&&') return forkExpression(machine, at, left, right, isLeft, (value) => value)
  if (operator === '||') return forkExpression(machine, at, left, isLeft, right, (_, value) => value)
  // Most defaults are texts and numbers, which do nothing that a path could be asked about.
  if (/^(literal|undefined|name|member|function)$/.test(expression[0])) return right()
  return forkExpression(machine, at, operation(at, '!==', [left, undefinedAt(at)]), isLeft, right, (_, value) => value)
}

/** What follows from a literal of the assumed environment follows from that environment. */
export function assumedLike(machine: Machine, value: Value, operands: readonly Value[]): Value {
  if (value.kind === 'literal' && operands.some((operand) => machine.assumed.has(operand))) machine.assumed.add(value)
  return value
}
