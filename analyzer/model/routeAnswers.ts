// What a condition comes to for the requests of one route: its address, its method and its own `config` decide, nothing else is known of them.
import type { FunctionValue, Guard, OperationValue, Value } from '../link/value.js'
import { conductOf } from './conduct.js'
import type { ChainLink, ProjectModel, Route } from './model.js'
import { addressAsked } from './routeAddress.js'
import { settingAsked } from './routeConfig.js'
import { amongOptions, negated, ofParts, type Answer } from './threeValued.js'

/** True where no request of the route meets the condition. */
export function isRuledOut(route: Route, link: ChainLink, { value, holds, kind }: Guard): boolean {
  if (kind !== 'condition' && kind !== 'early-exit') return false
  const answer = answerOf(route, link, value)
  return answer !== null && answer !== holds
}

/**
 * True where a function that is asked with each request answers something true for all of the route.
 * What it returns otherwise must be ruled out, and it must not come to its end without a word.
 */
export function answersTrue(model: ProjectModel, route: Route, link: ChainLink, asked: FunctionValue): boolean {
  const { returns, isExhausted } = conductOf(model, asked).summary
  const possible = returns.filter(({ guards }) => !guards.some((guard) => isRuledOut(route, link, guard)))
  return (
    !isExhausted &&
    possible.every(({ value }) => answerOf(route, link, settled(value)) === true) &&
    // Who leaves early has returned something that is among the others.
    possible.some(({ guards }) => guards.every((guard) => guard.kind === 'early-exit' || isMet(route, link, guard)))
  )
}

function isMet(route: Route, link: ChainLink, { value, holds, kind }: Guard): boolean {
  return kind === 'condition' && answerOf(route, link, value) === holds
}

function settled(value: Value): Value {
  return value.kind === 'promise' && value.result !== null ? value.result : value
}

/** Whether the condition holds for requests of the route; null where that does not follow from what is known of it. */
function answerOf(route: Route, link: ChainLink, value: Value): Answer {
  const within = (one: Value): Answer => answerOf(route, link, one)
  const written = truthOfWritten(value)
  if (written !== null) return written
  const address = addressAsked(route, link, value)
  if (address !== null) return address
  const composed = ofParts(value, within)
  if (composed !== undefined) return composed
  if (value.kind === 'operation') return ofComparison(route, value, within)
  if (value.kind === 'result') return ofConversion(value.call.callee, value.call.args, within)
  const setting = settingAsked(route, value)
  return setting === null ? null : setting === 'missing' ? false : truthOfWritten(setting)
}

function ofComparison(route: Route, { operator, operands: [left, right] }: OperationValue, within: (one: Value) => Answer): Answer {
  if (left === undefined || right === undefined || !/^[!=]==?$/.test(operator)) return null
  const isSame = sameAsked(route, left, right) ?? sameTruth(left, right, within) ?? sameTruth(right, left, within)
  return operator.startsWith('!') ? negated(isSame) : isSame
}

/** Of what stands in the text, whoever asks. */
function truthOfWritten(value: Value): Answer {
  if (value.kind === 'literal') return Boolean(value.value)
  return value.kind === 'array' || value.kind === 'object' || value.kind === 'function' ? true : null
}

function sameAsked(route: Route, left: Value, right: Value): Answer {
  const setting = right.kind === 'literal' ? settingAsked(route, left) : null
  if (right.kind !== 'literal' || setting === null || (setting !== 'missing' && setting.kind !== 'literal')) return null
  return (setting === 'missing' ? undefined : setting.value) === right.value
}

/** `switch (true)`, `isOpen(req) === false` */
function sameTruth(truth: Value, asked: Value, within: (one: Value) => Answer): Answer {
  if (truth.kind !== 'literal' || typeof truth.value !== 'boolean') return null
  // What is missing is not false.
  if (asked.kind === 'literal') return typeof asked.value === 'number' ? null : asked.value === truth.value
  if (asked.kind === 'choice' && asked.operator !== '&&' && asked.operator !== '||')
    return amongOptions(asked, within, (option) => sameTruth(truth, option, within))
  return truth.value ? within(asked) : negated(within(asked))
}

/** `Boolean(condition)` */
function ofConversion(callee: Value, args: readonly Value[], within: (one: Value) => Answer): Answer {
  return callee.kind === 'global' && callee.name === 'Boolean' && args[0] !== undefined ? within(args[0]) : null
}
