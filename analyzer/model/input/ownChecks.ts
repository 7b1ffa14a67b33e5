// Checks that handlers and services make of what a request brings, without a schema: which fields they are about.
import type { CallRecord, FunctionValue, Guard } from '../../link/value.js'
import { conductOf } from '../conduct.js'
import type { ProjectModel } from '../model.js'
import { globalOf, methodName, originOf } from '../origins.js'
import { recorded } from '../recorded.js'
import { firstWithin } from '../search.js'
import { type Checked, EVERYTHING, NOTHING, together } from './checkedFields.js'
import { asksAnything, asksForForm, asksParameter, asksForTexts, formsAskedIn, readsDirectly } from './formQuestions.js'
import { fieldsAskedBy, fieldsIn } from './guardFields.js'
import { givenIn, type Given } from './inputsWithin.js'

/**
 * The fields depending on which the function refuses requests, for whose type or form it asks,
 * or which it hands to something that is called a check. What was looked up by one is not itself checked.
 */
export const checkedInput: (model: ProjectModel, fn: FunctionValue) => Checked = recorded((model, fn) => {
  const { records, refusals, summary } = conductOf(model, fn)
  const given = givenIn(summary)
  const found: Checked[] = []
  for (const { guards, statuses } of refusals) for (const guard of guards) found.push(refusedBy(guard, statuses, given))
  for (const { guards } of summary.throws) for (const guard of guards) found.push(refusedBy(guard, [], given))
  for (const { callee, args } of summary.deliveries ?? []) {
    const isCheck = CHECKING.test(callee.facts.name)
    for (const arg of args) if (isCheck || asksForForm(arg)) found.push(isCheck ? fieldsIn(arg, given) : fieldsAskedBy(arg, given))
  }
  const seen = new Set<Guard>()
  const noteGuards = (guards: readonly Guard[]): void => {
    for (const guard of guards) {
      if (seen.has(guard)) continue
      seen.add(guard)
      if (asksForTexts(guard.value)) found.push(EVERYTHING)
      else if (asksForForm(guard.value) || asksParameter(guard.value)) found.push(fieldsAskedBy(guard.value, given))
    }
  }
  for (const { guards } of summary.deliveries ?? []) noteGuards(guards)
  for (const record of records) {
    const name = methodName(record.callee) ?? ''
    if (CHECKING.test(name) && globalOf(record.callee) === null && !isResultOfChains(record))
      for (const value of [...record.args, record.receiver]) if (value !== null) found.push(fieldsIn(value, given))
    for (const test of formsAskedIn(record)) found.push(fieldsAskedBy(test, given))
    if (isSiftedByForm(model, record, name, given)) return EVERYTHING
    noteGuards(record.guards)
  }
  return together(found)
})

const CHECKING = /valid|sanitiz|verif|check|assert|parse|schema|guard|ensure|escape/i

/** `validationResult(req)` of express-validator checks nothing itself. */
export function isResultOfChains({ callee }: CallRecord): boolean {
  return /^express-validator/.test(originOf(callee)?.package ?? '') && /^(validationResult|matchedData)$/.test(methodName(callee) ?? '')
}

function refusedBy({ value, kind }: Guard, statuses: readonly number[], given: Given): Checked {
  if (kind === 'catch' || kind === 'off') return NOTHING
  const isBadRequest = statuses.some((status) => status === 400 || status === 422)
  return isBadRequest && asksForTexts(value) ? EVERYTHING : fieldsAskedBy(value, given)
}

/** `Object.entries(req.body).filter(([key, value]) => fields.includes(key) && typeof value === 'string')`, `fields.filter((key) => typeof req.body[key] === 'string')`. */
function isSiftedByForm(model: ProjectModel, { receiver, args }: CallRecord, name: string, given: Given): boolean {
  const [test] = args
  if (!/^(filter|every|some|find)$/.test(name) || test?.kind !== 'function' || receiver === null) return false
  const isOfInput = fieldsIn(receiver, given) !== NOTHING
  return model.summaryOf(test).returns.some(({ value }) => {
    const question = firstWithin(value, asksAnything)
    return question !== null && (isOfInput || readsDirectly(question))
  })
}
