// Expressions: what each kind of syntax tuple is worth.
import type { Expression } from '../extract/facts.js'
import { assign, deleteProperty, update } from './assignment.js'
import { step } from './budget.js'
import { argumentsOf, call } from './callExpression.js'
import { siteOf } from './callSites.js'
import { array, object } from './compositeLiterals.js'
import { comparedStage } from './deploymentStage.js'
import { type Environment, holderOf } from './environment.js'
import { assumedLike, logicalExpression } from './logicalExpression.js'
import type { Frame, Machine } from './machine.js'
import { membership } from './membership.js'
import { binary, concatenate, unary } from './operators.js'
import { forkExpression } from './paths.js'
import { locate } from './places.js'
import { awaitValue } from './promises.js'
import { index, member } from './propertyAccess.js'
import type { Value } from './value.js'
import { yieldValue } from './yields.js'
import { arrayValue, choice, globalValue, literal, undefinedAt, unknown } from './values.js'

/** The value of an expression in an environment. Never throws but for an exhausted budget. */
export function evaluate(machine: Machine, frame: Frame, environment: Environment, expression: Expression): Value {
  step(machine)
  // What most expressions are comes first, without the closure that the rest needs.
  switch (expression[0]) {
    case 'name':
      return (
        holderOf(environment, expression[2])?.variables.get(expression[2]) ??
        machine.run.readName(machine, frame, environment, expression[2], locate(frame, expression[1]))
      )
    case 'literal':
      return literal(locate(frame, expression[1]), expression[2])
    case 'member':
      return member(machine, frame, environment, expression)
    case 'call':
      return call(machine, frame, environment, expression, 'not-awaited')
    case 'this':
    case 'super':
      return frame.self
    case 'undefined':
      return undefinedAt(locate(frame, expression[1]))
    case 'function':
      return machine.run.makeFunction(machine, frame, environment, expression[2], locate(frame, expression[1]))
    case 'assign':
      return assign(machine, frame, environment, expression)
    case 'object':
      return object(machine, frame, environment, expression[2], locate(frame, expression[1]))
    case 'array':
      return array(machine, frame, environment, expression[2], locate(frame, expression[1]))
    default:
      return evaluateOperands(machine, frame, environment, expression)
  }
}

type WithOperands = Exclude<
  Expression,
  readonly [
    'name' | 'literal' | 'member' | 'call' | 'this' | 'super' | 'undefined' | 'function' | 'assign' | 'object' | 'array',
    ...unknown[],
  ]
>

function evaluateOperands(machine: Machine, frame: Frame, environment: Environment, expression: WithOperands): Value {
  const at = locate(frame, expression[1])
  const value = (inner: Expression): Value => evaluate(machine, frame, environment, inner)
  switch (expression[0]) {
    case 'bigint':
      return literal(at, toBigInt(expression[2]))
    case 'regex':
      return { kind: 'regex', at, pattern: expression[2], flags: expression[3] }
    case 'template':
      return concatenate(
        at,
        expression[2].flatMap((text, index) => [
          literal(at, text),
          ...(index < expression[3].length ? [value(expression[3][index] as Expression)] : []),
        ]),
      )
    case 'tagged': {
      const args = [
        arrayValue(
          at,
          expression[3].map((text) => literal(at, text)),
        ),
        ...expression[4].map(value),
      ]
      return machine.run.call(machine, siteOf(frame, expression[1], []), value(expression[2]), null, args)
    }
    case 'index':
      return index(machine, frame, value(expression[2]), value(expression[3]), expression[1])
    case 'new': {
      const { args, argsAt } = argumentsOf(machine, frame, environment, expression[3])
      return machine.run.construct(machine, siteOf(frame, expression[1], argsAt), value(expression[2]), args)
    }
    case 'spread':
      return value(expression[2])
    case 'class':
      return machine.run.makeClass(machine, frame, environment, expression[2], at)
    case 'update':
      return update(machine, frame, environment, expression)
    case 'unary': {
      if (expression[2] === 'delete') return deleteProperty(machine, frame, environment, expression[3], at)
      const operand = value(expression[3])
      return assumedLike(machine, unary(at, expression[2], operand), [operand])
    }
    case 'binary': {
      const left = value(expression[3])
      const right = value(expression[4])
      const known = membership(machine, at, expression[2], left, right) ?? comparedStage(machine, at, expression[2], left, right)
      return known ?? assumedLike(machine, binary(at, expression[2], left, right), [left, right])
    }
    case 'logical':
      return logicalExpression(machine, frame, environment, expression)
    case 'conditional': {
      const test = value(expression[2])
      return forkExpression(
        machine,
        at,
        test,
        () => value(expression[3]),
        () => value(expression[4]),
        (a, b) => choice(at, '?:', [a, b], test),
      )
    }
    case 'await':
      return awaitValue(
        machine,
        expression[2][0] === 'call' ? call(machine, frame, environment, expression[2], 'awaited') : value(expression[2]),
      )
    case 'yield':
      return yieldValue(machine, frame, expression[2] ?? ['nothing'], expression[2] && value(expression[2]), at)
    case 'sequence':
      return expression[2].map(value).at(-1) ?? undefinedAt(at)
    case 'import': {
      const wanted = value(expression[2])
      const specifier = wanted.kind === 'object' ? (wanted.properties.get('href') ?? wanted) : wanted
      if (specifier.kind !== 'literal') return unknown(at, 'import of a computed path')
      return machine.run.requireModule(machine, siteOf(frame, expression[1], []), String(specifier.value))
    }
    case 'meta':
      return globalValue(at, 'import.meta')
    case 'opaque':
      expression[2].forEach(value)
      return unknown(at, 'syntax outside the model')
  }
}

function toBigInt(text: string): bigint {
  try {
    return BigInt(text.replace(/n$/, '').replaceAll('_', ''))
  } catch {
    return 0n
  }
}
