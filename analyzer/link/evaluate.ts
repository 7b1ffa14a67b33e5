// Expressions: what each kind of syntax tuple is worth.
import type { Expression, NodeId, PropertyFacts } from '../extract/facts.js'
import type { Location } from '../text/location.js'
import type { Environment } from './environment.js'
import { entriesOf } from './modules.js'
import { awaitValue } from './promises.js'
import { countsAcrossRequests } from './counters.js'
import { keepGetter } from './getters.js'
import type { CallSite, Frame, Machine } from './machine.js'
import { locate } from './places.js'
import { step } from './budget.js'
import { write } from './heapLog.js'
import { binary, concatenate, decidedLogical, logical, unary } from './operators.js'
import { forkExpression } from './paths.js'
import type { ArrayValue, ObjectValue, Value } from './value.js'
import {
  arrayValue,
  choice,
  globalValue,
  literal,
  memberValue,
  objectValue,
  operation,
  SPREAD,
  truthOf,
  undefinedAt,
  unknown,
} from './values.js'

/** The value of an expression in an environment. Never throws but for an exhausted budget. */
export function evaluate(machine: Machine, frame: Frame, environment: Environment, expression: Expression): Value {
  step(machine)
  const at = locate(frame, expression[1])
  const value = (inner: Expression): Value => evaluate(machine, frame, environment, inner)
  switch (expression[0]) {
    case 'literal':
      return literal(at, expression[2])
    case 'undefined':
      return undefinedAt(at)
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
    case 'name':
      return machine.run.readName(machine, frame, environment, expression[2], at)
    case 'this':
    case 'super':
      return frame.self
    case 'member':
      return member(machine, frame, environment, expression)
    case 'index':
      return index(machine, frame, value(expression[2]), value(expression[3]), expression[1])
    case 'call':
      return call(machine, frame, environment, expression, 'not-awaited')
    case 'new': {
      const { args, argsAt } = argumentsOf(machine, frame, environment, expression[3])
      return machine.run.construct(machine, siteOf(frame, expression[1], argsAt), value(expression[2]), args)
    }
    case 'spread':
      return value(expression[2])
    case 'array':
      return array(machine, frame, environment, expression[2], at)
    case 'object':
      return object(machine, frame, environment, expression[2], at)
    case 'function':
      return machine.run.makeFunction(machine, frame, environment, expression[2], at)
    case 'class':
      return machine.run.makeClass(machine, frame, environment, expression[2], at)
    case 'assign':
      return assign(machine, frame, environment, expression)
    case 'update': {
      const before = value(expression[3])
      const isKnown =
        before.kind === 'literal' && typeof before.value !== 'string' && !countsAcrossRequests(machine, environment, expression[3])
      const after = binary(at, expression[2] === '++' ? '+' : '-', isKnown ? before : operation(at, '+', [before]), literal(at, 1))
      machine.run.bind(machine, frame, environment, expression[3] as never, after, 'assign')
      return isPrefix(frame, expression[1], expression[3][1]) ? after : before
    }
    case 'unary': {
      if (expression[2] === 'delete') return deleteProperty(machine, frame, environment, expression[3], at)
      const operand = value(expression[3])
      return assumedLike(machine, unary(at, expression[2], operand), [operand])
    }
    case 'binary': {
      const left = value(expression[3])
      const right = value(expression[4])
      return assumedLike(machine, binary(at, expression[2], left, right), [left, right])
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
      if (expression[2] !== null) value(expression[2])
      return unknown(at, 'yield')
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

export function siteOf(frame: Frame, node: NodeId, argsAt: readonly Location[], mode: 'awaited' | 'not-awaited' = 'not-awaited'): CallSite {
  return { at: locate(frame, node), frame, argsAt, isAwaited: mode === 'awaited' }
}

/** Arguments with spreads of known arrays flattened. */
function argumentsOf(
  machine: Machine,
  frame: Frame,
  environment: Environment,
  expressions: readonly Expression[],
): { args: Value[]; argsAt: Location[] } {
  // Records keep these arrays, and `map` makes them no larger than they must be.
  if (expressions.every((expression) => expression[0] !== 'spread')) {
    const exact = expressions.map((expression) => evaluate(machine, frame, environment, expression))
    return { args: exact, argsAt: expressions.map((expression) => locate(frame, expression[1])) }
  }
  const args: Value[] = []
  const argsAt: Location[] = []
  for (const expression of expressions) {
    const value = evaluate(machine, frame, environment, expression)
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

function call(
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
    const receiver = callee[2][0] === 'super' ? frame.self : evaluate(machine, frame, environment, callee[2])
    if (handlesRejection) machine.tryDepth--
    const key = callee[0] === 'member' ? literal(locate(frame, callee[4]), callee[3]) : evaluate(machine, frame, environment, callee[3])
    const { args, argsAt } = argumentsOf(machine, frame, environment, expression[3])
    const site = siteOf(frame, expression[1], argsAt, mode)
    if (callee[2][0] === 'super' && key.kind === 'literal') {
      const method = superMember(machine, frame, site, String(key.value))
      return machine.run.call(machine, site, method, frame.self, args)
    }
    if (key.kind === 'literal') return machine.run.callMethod(machine, site, receiver, String(key.value), args)
    return machine.run.call(machine, site, index(machine, frame, receiver, key, callee[1]), receiver, args)
  }
  const target = evaluate(machine, frame, environment, callee)
  const { args, argsAt } = argumentsOf(machine, frame, environment, expression[3])
  return machine.run.call(machine, siteOf(frame, expression[1], argsAt, mode), target, null, args)
}

function superMember(machine: Machine, frame: Frame, site: CallSite, name: string): Value {
  const parent = frame.owner?.superClass ?? null
  if (parent?.kind !== 'class') return memberValue(site.at, parent ?? unknown(site.at, 'super'), name)
  return machine.run.getMember(machine, site, memberValue(site.at, parent, 'prototype'), name)
}

function member(
  machine: Machine,
  frame: Frame,
  environment: Environment,
  expression: Extract<Expression, readonly ['member', ...unknown[]]>,
): Value {
  const site = siteOf(frame, expression[1], [])
  if (expression[2][0] === 'super') return superMember(machine, frame, site, expression[3])
  return machine.run.getMember(machine, site, evaluate(machine, frame, environment, expression[2]), expression[3])
}

function index(machine: Machine, frame: Frame, object: Value, key: Value, node: NodeId): Value {
  const site = siteOf(frame, node, [])
  if (key.kind === 'literal') return machine.run.getMember(machine, site, object, String(key.value))
  if (key.kind === 'choice' && key.options.every((option) => option.kind === 'literal')) {
    return choice(
      site.at,
      'join',
      key.options.map((option) => machine.run.getMember(machine, site, object, String(option.kind === 'literal' ? option.value : ''))),
    )
  }
  if (object.kind === 'object' && object.properties.size > 0 && object.properties.size <= 8 && !object.isOpen)
    return choice(site.at, 'join', [...object.properties.values(), undefinedAt(site.at)])
  if (object.kind === 'array' && object.elements.length > 0 && object.elements.length <= 8) return choice(site.at, 'join', object.elements)
  return memberValue(site.at, object, '*')
}

function array(machine: Machine, frame: Frame, environment: Environment, items: readonly (Expression | null)[], at: Location): ArrayValue {
  const result = arrayValue(at, [])
  for (const item of items) {
    if (item === null) result.elements.push(undefinedAt(at))
    else if (item[0] !== 'spread') result.elements.push(evaluate(machine, frame, environment, item))
    else {
      const spread = evaluate(machine, frame, environment, item)
      if (spread.kind === 'array') {
        result.elements.push(...spread.elements)
        if (spread.isOpen) result.isOpen = true
      } else if (spread.kind === 'object' && spread.role === 'set') result.elements.push(...spread.properties.values())
      else {
        result.isOpen = true
        result.elements.push(memberValue(locate(frame, item[1]), spread, '*'))
      }
    }
  }
  return result
}

function object(machine: Machine, frame: Frame, environment: Environment, properties: readonly PropertyFacts[], at: Location): ObjectValue {
  const result = objectValue(at)
  machine.unit.objects.push(result)
  for (const property of properties) {
    const where = locate(frame, property.node)
    if (property.kind === 'spread') {
      spreadInto(machine, siteOf(frame, property.node, []), result, evaluate(machine, frame, environment, property.value))
      continue
    }
    const name = typeof property.key === 'string' ? literal(where, property.key) : evaluate(machine, frame, environment, property.key)
    const value = evaluate(machine, frame, environment, property.value)
    if (name.kind !== 'literal') {
      result.isOpen = true
      continue
    }
    const isGetter = property.kind === 'getter' && value.kind === 'function'
    const stored = isGetter ? machine.run.call(machine, siteOf(frame, property.node, []), value, result, []) : value
    if (isGetter) keepGetter(machine, result, String(name.value), value)
    result.properties.set(String(name.value), stored)
    result.writtenAt.set(String(name.value), where)
    noteBinding(machine, String(name.value), stored, where)
  }
  return result
}

/** `{ ...value }`: known properties are copied, alternatives joined, the rest leaves the object open. */
export function spreadInto(machine: Machine, site: CallSite, target: ObjectValue, value: Value): void {
  const { at } = site
  if (value.kind === 'object') {
    for (const [key, one] of entriesOf(machine, site, value)) {
      target.properties.set(key, one)
      target.writtenAt.set(key, value.writtenAt.get(key) ?? at)
    }
    if (value.isOpen) target.isOpen = true
    return
  }
  if (value.kind === 'literal') return
  if (value.kind === 'choice') {
    // `...(condition && { a })`: each option may or may not be there.
    for (const option of value.options) {
      if (option.kind !== 'object') continue
      for (const [key, one] of option.properties) {
        const before = target.properties.get(key) ?? undefinedAt(at)
        target.properties.set(key, value.options.length > 1 ? choice(at, '?:', [one, before], value.test) : one)
        target.writtenAt.set(key, option.writtenAt.get(key) ?? at)
      }
    }
    if (value.options.every((option) => option.kind === 'object' || truthOf(option) === 'no' || option === value.test)) return
  }
  target.isOpen = true
  target.properties.set(SPREAD, value)
}

function assign(
  machine: Machine,
  frame: Frame,
  environment: Environment,
  expression: Extract<Expression, readonly ['assign', ...unknown[]]>,
): Value {
  const [, node, operator, target, right] = expression
  const at = locate(frame, node)
  if (operator === '=') {
    const value = evaluate(machine, frame, environment, right)
    machine.run.bind(machine, frame, environment, target, value, 'assign')
    return value
  }
  const before = evaluate(machine, frame, environment, target as Expression)
  const sign = operator.slice(0, -1)
  if (sign === '||' || sign === '&&' || sign === '??') {
    const decided = decidedLogical(sign, before)
    if (decided === 'left') return before
    const value = evaluate(machine, frame, environment, right)
    const after = decided === 'right' ? value : logical(at, sign, before, value)
    machine.run.bind(machine, frame, environment, target, after, 'assign')
    return after
  }
  const value = evaluate(machine, frame, environment, right)
  const isCounter = before.kind === 'literal' && typeof before.value === 'number' && countsAcrossRequests(machine, environment, target)
  const after =
    sign === '+' && before.kind === 'array' ? before : binary(at, sign, isCounter ? operation(at, '+', [before]) : before, value)
  machine.run.bind(machine, frame, environment, target, after, 'assign')
  return after
}

function logicalExpression(
  machine: Machine,
  frame: Frame,
  environment: Environment,
  expression: Extract<Expression, readonly ['logical', ...unknown[]]>,
): Value {
  const [, node, operator, leftExpression, rightExpression] = expression
  const at = locate(frame, node)
  const left = evaluate(machine, frame, environment, leftExpression)
  const decided = decidedLogical(operator, left)
  if (decided === 'right' && (!machine.isSweep || machine.assumed.has(left)))
    return assumedLike(machine, evaluate(machine, frame, environment, rightExpression), [left])
  const right = (): Value => evaluate(machine, frame, environment, rightExpression)
  if (decided === 'left') {
    // The right side is read all the same where the environment decided, so that rules can say what is off.
    if (machine.isSweep || machine.assumed.has(left))
      forkExpression(machine, at, left, operator === '&&' ? right : () => left, operator === '&&' ? () => left : right, (a) => a)
    return left
  }
  const value =
    operator === '&&'
      ? forkExpression(
          machine,
          at,
          left,
          right,
          () => left,
          (a) => a,
        )
      : operator === '||'
        ? forkExpression(
            machine,
            at,
            left,
            () => left,
            right,
            (_, b) => b,
          )
        : right()
  if (decided === 'right') return value
  const result = logical(at, operator, left, value)
  if (machine.assumed.has(value) && truthOf(result) !== 'unknown') machine.assumed.add(result)
  return result
}

function assumedLike(machine: Machine, value: Value, operands: readonly Value[]): Value {
  if (value.kind === 'literal' && operands.some((operand) => machine.assumed.has(operand))) machine.assumed.add(value)
  return value
}

/** Keeps a named value for rules that look at names, once per place. */
export function noteBinding(machine: Machine, name: string, value: Value, at: Location): void {
  machine.unit.bindings.push({ name, value, at, isOff: machine.offDepth > 0 })
}

function toBigInt(text: string): bigint {
  try {
    return BigInt(text.replace(/n$/, '').replaceAll('_', ''))
  } catch {
    return 0n
  }
}

/** `++count` starts before its operand does, `count++` with it. */
function isPrefix(frame: Frame, update: NodeId, operand: NodeId): boolean {
  return frame.facts.spans[2 * update] !== frame.facts.spans[2 * operand]
}

/** `delete object.name`: the property has no value any more. */
function deleteProperty(machine: Machine, frame: Frame, environment: Environment, target: Expression, at: Location): Value {
  if (target[0] !== 'member' && target[0] !== 'index') return literal(at, true)
  const object = evaluate(machine, frame, environment, target[2])
  const key = target[0] === 'member' ? literal(at, target[3]) : evaluate(machine, frame, environment, target[3])
  if (object.kind === 'object' && key.kind === 'literal') write(machine, object.properties, String(key.value), undefinedAt(at))
  return literal(at, true)
}
