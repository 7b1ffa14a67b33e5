// Operators on values that are known; anything else stays an operation.
import type { Location } from '../text/location.js'
import type { LiteralValue, Value } from './value.js'
import { isPrototype } from './propertyKeys.js'
import { isNullish, truthOf } from './truth.js'
import { choice, literal, operation, sameValue, unknown } from './values.js'

type Primitive = LiteralValue['value']

/** Folds a binary operator. Strings and templates concatenate to templates. */
export function binary(at: Location, operator: string, left: Value, right: Value): Value {
  if (left.kind === 'literal' && right.kind === 'literal') {
    const folded = foldBinary(operator, left.value, right.value)
    return folded === NOT_FOLDED ? operation(at, operator, [left, right]) : literal(at, folded)
  }
  if (operator === '+' && (isText(left) || isText(right))) return concatenate(at, [left, right])
  const equality = EQUALITY[operator]
  if (equality !== undefined) {
    const same = equal(left, right)
    if (same !== 'unknown') return literal(at, (same === 'yes') === equality)
  }
  return operation(at, operator, [left, right])
}

/** Parts of a text that are told apart, and letters of one that is known: what doubles itself in a loop ends there. */
const MOST_PARTS = 400
const LONGEST_TEXT = 1_000_000

/** A string made of parts: a literal where all are known, else a template. How a text goes on that is too long is not known. */
export function concatenate(at: Location, values: readonly Value[]): Value {
  const parts: Value[] = []
  let length = 0
  for (const value of values) {
    for (const part of value.kind === 'template' ? value.parts : [value]) {
      length += part.kind === 'literal' ? textOf(part.value).length : 0
      if (parts.length >= MOST_PARTS || length > LONGEST_TEXT)
        return { kind: 'template', at, parts: [...parts, unknown(at, 'a long text')] }
      const last = parts.at(-1)
      if (last?.kind === 'literal' && part.kind === 'literal')
        parts[parts.length - 1] = literal(last.at, textOf(last.value) + textOf(part.value))
      else parts.push(part)
    }
  }
  const only = parts[0]
  if (parts.length === 0) return literal(at, '')
  if (parts.length === 1 && only?.kind === 'literal') return literal(at, textOf(only.value))
  return { kind: 'template', at, parts }
}

export function unary(at: Location, operator: string, operand: Value): Value {
  if (operator === '!') {
    const truth = truthOf(operand)
    return truth === 'unknown' ? operation(at, '!', [operand]) : literal(at, truth === 'no')
  }
  if (operator === 'void') return literal(at, undefined)
  if (operator === 'typeof') {
    const type = typeOf(operand)
    return type === null ? operation(at, 'typeof', [operand]) : literal(at, type)
  }
  if (operand.kind === 'literal' && operand.value !== null && typeof operand.value !== 'bigint') {
    if (operator === '-') return literal(at, -Number(operand.value))
    if (operator === '+') return literal(at, Number(operand.value))
    if (operator === '~') return literal(at, ~Number(operand.value))
  }
  return operation(at, operator, [operand])
}

/** `a || b`, `a && b`, `a ?? b` with a left side that is known to decide; null where both sides count. */
export function decidedLogical(operator: '&&' | '||' | '??', left: Value): 'left' | 'right' | null {
  const truth = operator === '??' ? isNullish(left) : truthOf(left)
  if (truth === 'unknown') return null
  if (operator === '||') return truth === 'yes' ? 'left' : 'right'
  return truth === 'yes' ? 'right' : 'left'
}

export function logical(at: Location, operator: '&&' | '||' | '??', left: Value, right: Value): Value {
  return choice(at, operator, [left, right], left)
}

/** The text that a value has inside a string. */
export function textOf(value: Primitive): string {
  return String(value)
}

const EQUALITY: Readonly<Record<string, boolean>> = { '===': true, '==': true, '!==': false, '!=': false }
const NOT_FOLDED = Symbol('not folded')

function isText(value: Value): boolean {
  return value.kind === 'template' || (value.kind === 'literal' && typeof value.value === 'string')
}

function equal(left: Value, right: Value): 'yes' | 'no' | 'unknown' {
  if (left.kind === 'choice' || right.kind === 'choice') {
    const pairs = optionsOf(left).flatMap((a) => optionsOf(right).map((b) => equal(a, b)))
    if (pairs.every((answer) => answer === 'no')) return 'no'
    return 'unknown'
  }
  if (isHeap(left) && isHeap(right)) return sameValue(left, right) ? 'yes' : 'no'
  if (isPrototypeOfAll(left) || isPrototypeOfAll(right)) {
    const [one, other] = isPrototypeOfAll(left) ? [left, right] : [right, left]
    if (isPrototypeOfAll(other)) return nameOf(one) === nameOf(other) ? 'yes' : 'no'
    if (isHeap(other) || other.kind === 'literal' || isPrototype(other)) return 'no'
  }
  if ((isHeap(left) && right.kind === 'literal') || (isHeap(right) && left.kind === 'literal')) return 'no'
  return left.kind === 'literal' && right.kind === 'literal' ? (Object.is(left.value, right.value) ? 'yes' : 'no') : 'unknown'
}

/** `Object.prototype` and `Function.prototype`, at which walks along prototypes end. */
function isPrototypeOfAll(value: Value): boolean {
  return value.kind === 'member' && value.name === 'prototype' && value.object.kind === 'global'
}

function nameOf(value: Value): string | null {
  return value.kind === 'member' && value.object.kind === 'global' ? value.object.name : null
}

function optionsOf(value: Value): readonly Value[] {
  return value.kind === 'choice' ? value.options : [value]
}

function isHeap(value: Value): boolean {
  return value.kind === 'object' || value.kind === 'array' || value.kind === 'function' || value.kind === 'class' || value.kind === 'scope'
}

function typeOf(value: Value): string | null {
  switch (value.kind) {
    case 'literal':
      return typeof value.value
    case 'template':
      return 'string'
    case 'function':
    case 'class':
    case 'scope':
      return 'function'
    case 'object':
    case 'array':
    case 'regex':
    case 'promise':
      return 'object'
    default:
      return null
  }
}

function foldBinary(operator: string, left: Primitive, right: Primitive): Primitive | typeof NOT_FOLDED {
  if (operator === '===') return Object.is(left, right) || left === right
  if (operator === '!==') return left !== right
  // Loose equality is wanted here: the fold must answer what the program would.
  // eslint-disable-next-line eqeqeq
  if (operator === '==') return left == right
  // eslint-disable-next-line eqeqeq
  if (operator === '!=') return left != right
  if (operator === '+' && (typeof left === 'string' || typeof right === 'string')) return textOf(left) + textOf(right)
  if (typeof left === 'bigint' || typeof right === 'bigint') return NOT_FOLDED
  const a = Number(left)
  const b = Number(right)
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '%':
      return a % b
    case '**':
      return a ** b
    case '<':
      return typeof left === 'string' && typeof right === 'string' ? left < right : a < b
    case '>':
      return typeof left === 'string' && typeof right === 'string' ? left > right : a > b
    case '<=':
      return typeof left === 'string' && typeof right === 'string' ? left <= right : a <= b
    case '>=':
      return typeof left === 'string' && typeof right === 'string' ? left >= right : a >= b
    case '|':
      return a | b
    case '&':
      return a & b
    case '^':
      return a ^ b
    case '<<':
      return a << b
    case '>>':
      return a >> b
    case '>>>':
      return a >>> b
    default:
      return NOT_FOLDED
  }
}
