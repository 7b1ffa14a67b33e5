// Calls and what is passed to them.
import type { Expression } from '../extract/facts.js'
import type { Location } from '../text/location.js'
import { siteOf } from './callSites.js'
import type { Environment } from './environment.js'
import type { Frame, Machine } from './machine.js'
import { locate } from './places.js'
import { holdsSymbols, symbolName } from './propertyKeys.js'
import { index, superMember } from './propertyAccess.js'
import type { Value } from './value.js'
import { isNullish } from './truth.js'
import { memberValue, undefinedAt } from './values.js'

/** `callee(…)`; what handles rejections counts as a `try` around its receiver. */
export function call(
  machine: Machine,
  frame: Frame,
  environment: Environment,
  expression: Extract<Expression, readonly ['call', ...unknown[]]>,
  mode: 'awaited' | 'not-awaited',
): Value {
  const callee = expression[2]
  if (callee[0] === 'super') {
    const { args, argsAt } = argumentsOf(machine, frame, environment, expression[3])
    return machine.run.callSuper(machine, siteOf(frame, expression[1], argsAt), args)
  }
  if (callee[0] === 'member' || callee[0] === 'index') {
    const handlesRejection = callee[0] === 'member' && (callee[3] === 'catch' || (callee[3] === 'then' && expression[3].length === 2))
    if (handlesRejection) machine.tryDepth++
    const receiver = callee[2][0] === 'super' ? frame.self : machine.run.evaluate(machine, frame, environment, callee[2])
    if (handlesRejection) machine.tryDepth--
    // `module.layers?.forEach(add)` of a module that has none.
    if (callee[0] === 'member' && callee[5] === true && machine.phase === 'boot' && isNullish(receiver) === 'yes')
      return undefinedAt(locate(frame, expression[1]))
    const key = callee[0] === 'member' ? callee[3] : machine.run.evaluate(machine, frame, environment, callee[3])
    const { args, argsAt } = argumentsOf(machine, frame, environment, expression[3])
    const site = siteOf(frame, expression[1], argsAt, mode)
    const name =
      typeof key === 'string' ? key : key.kind === 'literal' ? String(key.value) : holdsSymbols(receiver) ? symbolName(key) : null
    if (callee[2][0] === 'super' && name !== null)
      return machine.run.call(machine, site, superMember(machine, frame, site, name), frame.self, args)
    if (name !== null) {
      const result = machine.run.callMethod(machine, site, receiver, name, args)
      const mayBeAbsent = callee[0] === 'member' && callee[5] === true && receiver.kind === 'environment' && result.kind === 'result'
      return mayBeAbsent ? { ...result, mayBeAbsent } : result
    }
    return machine.run.call(machine, site, index(machine, frame, receiver, key as Value, callee[1]), receiver, args)
  }
  const target = machine.run.evaluate(machine, frame, environment, callee)
  const { args, argsAt } = argumentsOf(machine, frame, environment, expression[3])
  return machine.run.call(machine, siteOf(frame, expression[1], argsAt, mode), target, null, args)
}

function holdsSpread(expressions: readonly Expression[]): boolean {
  for (const expression of expressions) if (expression[0] === 'spread') return true
  return false
}

/** Arguments with spreads of known arrays flattened. */
export function argumentsOf(
  machine: Machine,
  frame: Frame,
  environment: Environment,
  expressions: readonly Expression[],
): { args: Value[]; argsAt: Location[] } {
  if (!holdsSpread(expressions)) {
    // Records keep these arrays, which are therefore made no larger than they must be.
    const exact = new Array<Value>(expressions.length)
    const exactAt = new Array<Location>(expressions.length)
    for (const [index, expression] of expressions.entries()) {
      exact[index] = machine.run.evaluate(machine, frame, environment, expression)
      exactAt[index] = locate(frame, expression[1])
    }
    return { args: exact, argsAt: exactAt }
  }
  const args: Value[] = []
  const argsAt: Location[] = []
  for (const expression of expressions) {
    const value = machine.run.evaluate(machine, frame, environment, expression)
    const at = locate(frame, expression[1])
    const values =
      expression[0] !== 'spread'
        ? [value]
        : value.kind === 'array' && (!value.isOpen || value.elements.length > 0)
          ? value.elements
          : [memberValue(at, value, '*')]
    for (const one of values) {
      args.push(one)
      argsAt.push(at)
    }
  }
  return { args, argsAt }
}
