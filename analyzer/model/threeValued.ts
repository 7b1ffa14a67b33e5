// Kleene's logic of three values, for what conditions come to: true, false, or null where that is not known.
import type { ChoiceValue, Value } from '../link/value.js'

export type Answer = boolean | null

type Answers = (one: Value) => Answer

export function negated(answer: Answer): Answer {
  return answer === null ? null : !answer
}

export function every(answers: readonly Answer[]): Answer {
  return answers.includes(false) ? false : answers.includes(null) ? null : true
}

export function some(answers: readonly Answer[]): Answer {
  return answers.includes(true) ? true : answers.includes(null) ? null : false
}

/** What `!a`, `a && b`, `a || b` and choices come to by what their parts do; undefined for everything else, which the caller asks by itself. */
export function ofParts(value: Value, within: Answers): Answer | undefined {
  if (value.kind === 'choice' && value.operator !== '&&' && value.operator !== '||') return amongOptions(value, within)
  if (value.kind !== 'operation' && value.kind !== 'choice') return undefined
  const parts = value.kind === 'operation' ? value.operands : value.options
  if (value.operator === '!') return negated(parts[0] === undefined ? null : within(parts[0]))
  if (value.operator === '&&') return every(parts.map(within))
  if (value.operator === '||') return some(parts.map(within))
  return undefined
}

/** What is left of the options where their conditions rule some out: `req.method === 'GET' ? one : other`. `answer` is asked of the options where that is another question. */
export function amongOptions({ operator, options, test, conditions }: ChoiceValue, within: Answers, answer = within): Answer {
  const tested = test === null || operator !== '?:' ? null : within(test)
  const left = options.filter((_, index) =>
    conditions === undefined
      ? tested === null || tested === (index === 0)
      : (conditions[index] ?? []).every(({ value, holds }) => (within(value) ?? holds) === holds),
  )
  const answers = new Set(left.map(answer))
  return answers.size === 1 ? ([...answers][0] ?? null) : null
}
