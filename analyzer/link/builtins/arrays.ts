// Array methods on arrays whose elements are known.
import { noteSifting } from '../deliveries.js'
import { stageEquals } from '../deploymentStage.js'
import type { CallSite, Machine } from '../machine.js'
import { changeArray } from '../heapLog.js'
import { binary, concatenate, logical } from '../operators.js'
import type { ArrayValue, PathCondition, Value } from '../value.js'
import { truthOf } from '../truth.js'
import { lacking, mayMiss } from '../lacking.js'
import { sortedElements } from './arrayOrder.js'
import { searched } from './arraySearch.js'
import { arrayValue, choice, literal, operation, sameValue, undefinedAt } from '../values.js'

/** `some` and `every` of so few elements are what `||` and `&&` between their answers would be. */
const MOST_UNDECIDED = 24

export function arrayMethod(machine: Machine, site: CallSite, array: ArrayValue, name: string, args: readonly Value[]): Value | null {
  const { at } = site
  const first = args[0]
  const apply = (fn: Value, ...values: Value[]): Value => machine.run.call(machine, { ...site, isAwaited: false }, fn, null, values)
  const each = (fn: Value): Value[] => array.elements.map((element, index) => apply(fn, element, literal(at, index), array))
  switch (name) {
    case 'push':
      changeArray(machine, array, (elements) => elements.push(...args))
      return literal(at, array.elements.length)
    case 'unshift':
      changeArray(machine, array, (elements) => elements.unshift(...args))
      return literal(at, array.elements.length)
    case 'pop':
    case 'shift': {
      const taken = name === 'pop' ? array.elements.at(-1) : array.elements[0]
      changeArray(machine, array, (elements) => void (name === 'pop' ? elements.pop() : elements.shift()))
      return taken ?? undefinedAt(at)
    }
    case 'forEach':
      if (first !== undefined) each(first)
      return undefinedAt(at)
    case 'map':
      return first === undefined ? null : lacking(arrayValue(at, each(first), array.isOpen), array)
    case 'flatMap':
      return first === undefined
        ? null
        : arrayValue(
            at,
            each(first).flatMap((value) => (value.kind === 'array' ? value.elements : [value])),
            array.isOpen,
          )
    case 'filter': {
      if (first === undefined) return null
      const answers = each(first)
      const truths = answers.map((answer) => truthOf(answer))
      for (const [index, answer] of answers.entries()) if (truths[index] === 'unknown') noteSifting(machine, site, first, answer)
      const kept = array.elements.filter((_, index) => truths[index] !== 'no')
      const doubtful = array.elements.filter((_, index) => truths[index] === 'unknown')
      return lacking(arrayValue(at, kept, array.isOpen), array, doubtful.length === 0 ? {} : { mayLack: new Set(doubtful) })
    }
    case 'find': {
      if (first === undefined) return null
      const found: Value[] = []
      const conditions: PathCondition[][] = []
      for (const [index, element] of array.elements.entries()) {
        const answer = apply(first, element, literal(at, index), array)
        const truth = truthOf(answer)
        if (truth !== 'no') {
          found.push(element)
          conditions.push(truth === 'yes' ? [] : [{ value: answer, holds: true }])
        }
        if (truth === 'yes') return choice(at, 'join', found, null, conditions)
      }
      if (found.length === 0 && !array.isOpen) return undefinedAt(at)
      // A start finds the only one that it may find; a request need not.
      const isFound = found.length === 1 && machine.phase === 'boot'
      if (isFound) return choice(at, 'join', found, null, conditions)
      const missed = array.isOpen ? [] : conditions.flatMap((path) => path.map(({ value }) => ({ value, holds: false })))
      return choice(at, 'join', [...found, undefinedAt(at)], null, [...conditions, missed])
    }
    case 'findIndex':
    case 'findLast':
    case 'findLastIndex':
      return first === undefined
        ? null
        : searched(machine, at, array, name, (element, index) => apply(first, element, literal(at, index), array))
    case 'some':
    case 'every': {
      if (first === undefined) return null
      const answers = each(first)
      const certain = answers.filter((_, index) => !mayMiss(array, array.elements[index] ?? array))
      if (certain.some((answer) => truthOf(answer) === (name === 'some' ? 'yes' : 'no'))) return literal(at, name === 'some')
      const undecided = certain.filter((answer) => truthOf(answer) === 'unknown')
      if (undecided.length > MOST_UNDECIDED) return operation(at, name, [array])
      // What is not listed may decide as well, and what may be missing.
      if (array.isOpen || certain.length < answers.length) undecided.push(operation(at, name, [array]))
      if (undecided.length === 0) return literal(at, name === 'every')
      return undecided.reduce((left, right) => logical(at, name === 'some' ? '||' : '&&', left, right))
    }
    case 'reduce': {
      if (first === undefined) return null
      let total = args[1] ?? array.elements[0] ?? undefinedAt(at)
      for (const [index, element] of (args.length > 1 ? array.elements : array.elements.slice(1)).entries())
        total = apply(first, total, element, literal(at, index), array)
      return total
    }
    case 'concat':
      return lacking(
        arrayValue(
          at,
          [...array.elements, ...args.flatMap((arg) => (arg.kind === 'array' ? arg.elements : [arg]))],
          array.isOpen || args.some((arg) => arg.kind !== 'literal' && (arg.kind !== 'array' || arg.isOpen)),
        ),
        array,
        ...args.filter((arg) => arg.kind === 'array'),
      )
    case 'join': {
      const separator = first?.kind === 'literal' ? String(first.value ?? ',') : ','
      if (array.isOpen) return null
      return concatenate(
        at,
        array.elements.flatMap((element, index) => (index === 0 ? [element] : [literal(at, separator), element])),
      )
    }
    case 'includes':
    case 'indexOf': {
      if (first === undefined || array.isOpen) return null
      const stages = name === 'includes' ? array.elements.map((element) => stageEquals(machine, at, first, element)) : []
      if (stages.length > 0 && stages.every((stage) => stage !== null))
        return stages.find((stage) => truthOf(stage) === 'yes') ?? stages[0] ?? null
      const position = array.elements.findIndex((element) => sameValue(element, first))
      const isKnown = first.kind === 'literal' && array.elements.every((element) => element.kind === 'literal')
      if (position === -1 && !isKnown) return name === 'includes' ? operation(at, 'includes', [array, first]) : null
      return name === 'includes' ? literal(at, position !== -1) : literal(at, position)
    }
    case 'slice': {
      const [start, end] = args
      if ((start !== undefined && start.kind !== 'literal') || (end !== undefined && end.kind !== 'literal')) return null
      return arrayValue(
        at,
        array.elements.slice(Number(start?.value ?? 0), end === undefined ? undefined : Number(end.value)),
        array.isOpen,
      )
    }
    case 'flat':
      return arrayValue(
        at,
        array.elements.flatMap((element) => (element.kind === 'array' ? element.elements : [element])),
        array.isOpen,
      )
    case 'at':
      return first?.kind === 'literal' ? (array.elements.at(Number(first.value)) ?? undefinedAt(at)) : null
    case 'entries':
      return arrayValue(
        at,
        array.elements.map((element, index) => arrayValue(at, [literal(at, index), element])),
        array.isOpen,
      )
    case 'values':
      return array
    case 'fill':
      if (args.length !== 1 || first === undefined) return null
      changeArray(machine, array, (elements) => void elements.fill(first))
      return array
    case 'sort':
    case 'toSorted': {
      const sorted = sortedElements(array.elements, (one, other) => (first === undefined ? null : apply(first, one, other)))
      if (name === 'toSorted') return arrayValue(at, sorted, array.isOpen)
      changeArray(machine, array, (elements) => void elements.splice(0, elements.length, ...sorted))
      return array
    }
    case 'keys':
      return arrayValue(
        at,
        array.elements.map((_, index) => literal(at, index)),
        array.isOpen,
      )
    case 'reverse':
    case 'toReversed':
      if (name === 'reverse') changeArray(machine, array, (elements) => void elements.reverse())
      return name === 'reverse' ? array : arrayValue(at, array.elements.toReversed(), array.isOpen)
    case 'splice': {
      const numbers = args.slice(0, 2).map((arg) => (arg.kind === 'literal' ? Number(arg.value) : NaN))
      if (numbers.some(Number.isNaN)) return null
      const [start = 0, count = array.elements.length] = numbers
      let removed: Value[] = []
      changeArray(machine, array, (elements) => void (removed = elements.splice(start, count, ...args.slice(2))))
      return arrayValue(at, removed)
    }
    default:
      return name === 'length' ? binary(at, '+', literal(at, array.elements.length), literal(at, 0)) : null
  }
}
