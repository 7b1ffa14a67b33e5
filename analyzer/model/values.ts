// Questions about single values: properties of options, possible values, literals, and whether something is on.
import type { Location } from '../text/location.js'
import type { ChoiceValue, LiteralValue, Value } from '../link/value.js'
import type { Answer } from './model.js'

/** The key under which an open object keeps what was spread into it. */
const SPREAD = '...'
const MOST_OPTIONS = 64

/**
 * The value of a property. null when the value certainly lacks it, or is no object. `undefined` as a value is returned as its literal.
 * A choice of objects gives a choice of their properties; a property of something opaque (a parameter, a result) is a member of it.
 */
export function property(value: Value | null, name: string): Value | null {
  if (value === null) return null
  switch (value.kind) {
    case 'object': {
      const own = value.properties.get(name)
      if (own !== undefined) return own
      const spread = value.properties.get(SPREAD)
      return spread === undefined ? null : property(spread, name)
    }
    case 'array':
      return name === 'length' ? null : (value.elements[Number(name)] ?? null)
    case 'function':
    case 'class':
    case 'scope':
      return value.properties.get(name) ?? null
    case 'choice':
      return choiceOf(value, (option) => property(option, name))
    case 'promise':
      return property(value.result, name)
    case 'package':
      return { ...value, path: [...value.path, name] }
    case 'parameter':
    case 'member':
    case 'result':
    case 'typed':
    case 'unknown':
    case 'global':
      return { kind: 'member', at: value.at, object: value, name }
    default:
      return null
  }
}

/** A property of a property: `propertyPath(options, 'cookie.secure')`. */
export function propertyPath(value: Value | null, path: string): Value | null {
  return path.split('.').reduce<Value | null>((object, name) => property(object, name), value)
}

/** Whether the object has the property with a value other than `undefined`. `unknown` where it may come from a spread or from an opaque value. */
export function hasProperty(value: Value | null, name: string): Answer {
  if (value === null) return 'no'
  if (value.kind === 'object') {
    const own = value.properties.get(name)
    if (own !== undefined) return isAbsent(own) === 'yes' ? 'no' : isAbsent(own) === 'no' ? 'yes' : 'unknown'
    return value.isOpen ? 'unknown' : 'no'
  }
  if (value.kind === 'choice') return agreement(value.options.map((option) => hasProperty(option, name)))
  if (value.kind === 'promise') return hasProperty(value.result, name)
  return isOpaque(value) ? 'unknown' : 'no'
}

/** Where a property was written, else where the value was made. */
export function propertyAt(value: Value, name: string): Location {
  if (value.kind === 'object') return value.writtenAt.get(name) ?? value.at
  if (value.kind === 'choice')
    return propertyAt(
      value.options.find((option) => option.kind === 'object' && option.writtenAt.has(name)) ?? value.options[0] ?? value,
      name,
    )
  return value.at
}

/** Every value that it may be: choices and promises expanded, options that a known left side excludes dropped. At most 64. */
export function possibleValues(value: Value | null): readonly Value[] {
  if (value === null) return []
  if (value.kind !== 'choice' && value.kind !== 'promise') return [value]
  const found: Value[] = []
  addPossible(found, value)
  return found
}

function addPossible(found: Value[], one: Value): void {
  if (found.length >= MOST_OPTIONS) return
  if (one.kind === 'promise' && one.result !== null) addPossible(found, one.result)
  else if (one.kind === 'choice') for (const option of livingOptions(one)) addPossible(found, option)
  else if (!found.includes(one)) found.push(one)
}

/** The literals among the possible values. */
export function literalsOf(value: Value | null): readonly LiteralValue[] {
  return possibleValues(value).filter((one) => one.kind === 'literal')
}

/** The strings among the possible values. */
export function stringsOf(value: Value | null): readonly string[] {
  return literalsOf(value).flatMap((one) => (typeof one.value === 'string' ? [one.value] : []))
}

/** The string that it certainly is, else null. */
export function stringOf(value: Value | null): string | null {
  const only = onlyLiteral(value)
  return typeof only?.value === 'string' ? only.value : null
}

/** The number that it certainly is, else null. NaN and Infinity are numbers. */
export function numberOf(value: Value | null): number | null {
  if (value?.kind === 'global' && (value.name === 'Infinity' || value.name === 'NaN')) return Number(value.name)
  const only = onlyLiteral(value)
  return typeof only?.value === 'number' ? only.value : null
}

/** The text that a template certainly begins with, or the whole string. */
export function startOf(value: Value | null): string {
  if (value?.kind === 'template') return value.parts[0] === undefined ? '' : startOf(value.parts[0])
  return stringOf(value) ?? ''
}

/** Is it `true`? A missing value is not. */
export function isTrue(value: Value | null): Answer {
  return answerFor(value, (literal) => literal === true)
}

/** Is it `false`? A missing value is not. */
export function isFalse(value: Value | null): Answer {
  return answerFor(value, (literal) => literal === false)
}

/** Is it missing, `undefined` or `null`? */
export function isAbsent(value: Value | null): Answer {
  return value === null ? 'yes' : answerFor(value, (literal) => literal === undefined || literal === null)
}

/** Does it count as true in a condition? A missing value does not; objects and functions do. */
export function isTruthy(value: Value | null): Answer {
  return answerFor(value, (literal) => Boolean(literal), 'yes')
}

/** `undefined` and '' stand in for nothing. */
export function isEmpty(value: Value): boolean {
  return value.kind === 'literal' && (value.value === undefined || value.value === null || value.value === '')
}

/** `yes` where all agree on yes, `no` where all agree on no. */
export function agreement(answers: readonly Answer[]): Answer {
  const first = answers[0] ?? 'no'
  return answers.every((answer) => answer === first) ? first : 'unknown'
}

/** True for values of which nothing but the name or origin is known: anything could be in them. */
export function isOpaque(value: Value): boolean {
  return ['parameter', 'member', 'result', 'typed', 'unknown', 'environment', 'operation', 'template', 'global', 'package'].includes(
    value.kind,
  )
}

function answerFor(value: Value | null, test: (literal: LiteralValue['value']) => boolean, ofObjects: Answer = 'no'): Answer {
  if (value === null) return 'no'
  return agreement(
    possibleValues(value).map((one) =>
      one.kind === 'literal' ? (test(one.value) ? 'yes' : 'no') : isOpaque(one) && one.kind !== 'template' ? 'unknown' : ofObjects,
    ),
  )
}

function onlyLiteral(value: Value | null): LiteralValue | null {
  const values = possibleValues(value)
  const first = values[0]
  return first?.kind === 'literal' && values.every((one) => one.kind === 'literal' && Object.is(one.value, first.value)) ? first : null
}

function livingOptions(value: ChoiceValue): readonly Value[] {
  const { options, operator } = value
  const left = options[0]
  if (left === undefined || left.kind !== 'literal') return options
  if (operator === '||') return left.value ? [left] : options.slice(1)
  if (operator === '??') return left.value === null || left.value === undefined ? options.slice(1) : [left]
  if (operator === '&&') return left.value ? options.slice(1) : [left]
  return options
}

function choiceOf(value: ChoiceValue, read: (option: Value) => Value | null): Value | null {
  const options = possibleValues(value).map((option) => read(option) ?? { kind: 'literal' as const, at: option.at, value: undefined })
  if (options.every((option) => option.kind === 'literal' && option.value === undefined)) return null
  return options.length === 1 ? (options[0] ?? null) : { ...value, operator: 'join', options }
}
