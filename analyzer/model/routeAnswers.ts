// What a condition comes to for the requests of one route: its address, its method and its own `config` decide, nothing else is known of them.
import type { ChoiceValue, FunctionValue, Guard, Value } from '../link/value.js'
import { conductOf } from './conduct.js'
import type { ChainLink, ProjectModel, Route } from './model.js'
import { addressAsked } from './routeAddress.js'
import { settingAsked } from './routeConfig.js'

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
function answerOf(route: Route, link: ChainLink, value: Value): boolean | null {
  const within = (one: Value): boolean | null => answerOf(route, link, one)
  const written = truthOfWritten(value)
  if (written !== null) return written
  const address = addressAsked(route, link, value)
  if (address !== null) return address
  if (value.kind === 'choice' && value.operator !== '&&' && value.operator !== '||') return amongOptions(value, within)
  if (value.kind === 'operation' || value.kind === 'choice') {
    const parts = value.kind === 'operation' ? value.operands : value.options
    const [left, right] = parts
    if (left === undefined) return null
    if (value.operator === '!') return negated(within(left))
    if (right === undefined) return null
    if (value.operator === '&&') return all(parts.map(within))
    if (value.operator === '||') return negated(all(parts.map((one) => negated(within(one)))))
    if (!/^[!=]==?$/.test(value.operator)) return null
    const isSame = sameAsked(route, left, right) ?? sameTruth(left, right, within) ?? sameTruth(right, left, within)
    return value.operator.startsWith('!') ? negated(isSame) : isSame
  }
  if (value.kind === 'result') return ofConversion(value.call.callee, value.call.args, within)
  const setting = settingAsked(route, value)
  return setting === null ? null : setting === 'missing' ? false : truthOfWritten(setting)
}

/** Of what stands in the text, whoever asks. */
function truthOfWritten(value: Value): boolean | null {
  if (value.kind === 'literal') return Boolean(value.value)
  return value.kind === 'array' || value.kind === 'object' || value.kind === 'function' ? true : null
}

function sameAsked(route: Route, left: Value, right: Value): boolean | null {
  const setting = right.kind === 'literal' ? settingAsked(route, left) : null
  if (right.kind !== 'literal' || setting === null || (setting !== 'missing' && setting.kind !== 'literal')) return null
  return (setting === 'missing' ? undefined : setting.value) === right.value
}

/** `switch (true)`, `isOpen(req) === false` */
function sameTruth(truth: Value, asked: Value, within: (one: Value) => boolean | null): boolean | null {
  if (truth.kind !== 'literal' || typeof truth.value !== 'boolean') return null
  // What is missing is not false.
  if (asked.kind === 'literal') return typeof asked.value === 'number' ? null : asked.value === truth.value
  if (asked.kind === 'choice' && asked.operator !== '&&' && asked.operator !== '||')
    return amongOptions(asked, within, (option) => sameTruth(truth, option, within))
  return truth.value ? within(asked) : negated(within(asked))
}

/** `req.method === 'GET' ? one : other`: what is left of the options where their conditions rule some out. */
function amongOptions(
  { operator, options, test, conditions }: ChoiceValue,
  within: (one: Value) => boolean | null,
  answer = within,
): boolean | null {
  const tested = test === null || operator !== '?:' ? null : within(test)
  const left = options.filter((_, index) =>
    conditions === undefined
      ? tested === null || tested === (index === 0)
      : (conditions[index] ?? []).every(({ value, holds }) => (within(value) ?? holds) === holds),
  )
  const answers = new Set(left.map(answer))
  return answers.size === 1 ? ([...answers][0] ?? null) : null
}

/** `Boolean(condition)` */
function ofConversion(callee: Value, args: readonly Value[], within: (one: Value) => boolean | null): boolean | null {
  return callee.kind === 'global' && callee.name === 'Boolean' && args[0] !== undefined ? within(args[0]) : null
}

function negated(answer: boolean | null): boolean | null {
  return answer === null ? null : !answer
}

function all(answers: readonly (boolean | null)[]): boolean | null {
  if (answers.includes(false)) return false
  return answers.includes(null) ? null : true
}
