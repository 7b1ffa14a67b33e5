// Checks that handlers and services make of what a request brings, without a schema.
import type { CallRecord, FunctionValue, Guard, Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { conductOf } from '../conduct.js'
import type { ProjectModel } from '../model.js'
import { globalOf, methodName } from '../origins.js'
import { recorded } from '../recorded.js'
import { isRequest, requestPart, requestPartsIn } from '../requests.js'
import { firstWithin } from '../search.js'

/**
 * True where the function refuses requests depending on what they bring, asks for the type or the form of it,
 * or hands it to something that is called a check. What was looked up by it is not itself checked.
 */
export const checksInput: (model: ProjectModel, fn: FunctionValue) => boolean = recorded((model, fn) => {
  const { records, refusals, summary } = conductOf(model, fn)
  if (refusals.some(({ guards, statuses }) => guards.some((guard) => isAboutInput(guard) || isOwnQuestion(guard, statuses)))) return true
  if (summary.throws.some(({ guards, at }) => guards.some(isAboutInput) || (isElsewhere(at, fn) && guards.some(isAboutParameter))))
    return true
  const seen = new Set<Guard>()
  return records.some((record) => {
    const name = methodName(record.callee) ?? ''
    if (CHECKING.test(name) && globalOf(record.callee) === null && [...record.args, record.receiver].some(holdsInput)) return true
    if (record.args.some((arg) => firstWithin(arg, isChosenByForm) !== null) || isSiftedByForm(model, record, name)) return true
    return record.guards.some((guard) => {
      if (seen.has(guard)) return false
      seen.add(guard)
      return asksForForm(guard.value)
    })
  })
})

/** `Object.entries(req.body).filter(([key, value]) => fields.includes(key) && typeof value === 'string')`. */
function isSiftedByForm(model: ProjectModel, { receiver, args }: CallRecord, name: string): boolean {
  const [test] = args
  if (!/^(filter|every|some|find)$/.test(name) || test?.kind !== 'function' || !holdsInput(receiver)) return false
  return model.summaryOf(test).returns.some(({ value }) => firstWithin(value, asksAnything) !== null)
}

function asksAnything(value: Value): boolean {
  if (value.kind === 'operation') return /^(typeof|instanceof|includes)$/.test(value.operator)
  return value.kind === 'result' && FORMS.test(methodName(value.call.callee) ?? '')
}

const FORMS = /^(isArray|test|match|includes|has|isInteger|isFinite|isNaN|isSafeInteger)$/
const CHECKING = /valid|sanitiz|verif|check|assert|parse|schema|guard|ensure|escape/i

function isAboutInput({ value, kind }: Guard): boolean {
  return kind !== 'catch' && kind !== 'off' && readsDirectly(value)
}

/** What functions of the project that several callers share answer: `isText(name)` asks for a type, and a list of texts that is not empty names what is wrong. */
function isOwnQuestion({ value, kind }: Guard, statuses: readonly number[]): boolean {
  if (kind === 'catch' || kind === 'off') return false
  const isBadRequest = statuses.some((status) => status === 400 || status === 422)
  return firstWithin(value, (one) => asksParameter(one) || (isBadRequest && countsTexts(one))) !== null
}

function asksParameter(value: Value): boolean {
  if (value.kind === 'operation') return /^(typeof|instanceof)$/.test(value.operator) && value.operands.some(isOfCaller)
  return value.kind === 'result' && FORMS.test(methodName(value.call.callee) ?? '') && value.call.args.some(isOfCaller)
}

function isOfCaller(value: Value): boolean {
  return value.kind === 'parameter' && value.role === 'unknown'
}

function countsTexts(value: Value): boolean {
  if (value.kind !== 'member' || value.name !== 'length' || value.object.kind !== 'array') return false
  const { elements } = value.object
  return elements.length > 0 && elements.every((one) => one.kind === 'literal' || one.kind === 'template')
}

function isElsewhere({ file, fn }: Location, { source, facts }: FunctionValue): boolean {
  return file !== source.file || fn !== facts.id
}

/** Functions that several callers share are run without what each of them gives: what they refuse by a parameter, they refuse by input. */
function isAboutParameter({ value, kind }: Guard): boolean {
  return (
    kind !== 'catch' &&
    kind !== 'off' &&
    firstWithin(
      value,
      (one) => one.kind === 'parameter' && one.role === 'unknown',
      (one) => one.kind !== 'result' || isConversion(one.call.callee),
    ) !== null
  )
}

/** Values of the request themselves, and what conversions make of them. What a store found by them is something else. */
function readsDirectly(value: Value): boolean {
  return firstWithin(value, isInput, (one) => one.kind !== 'result' || requestPart(one) !== null || isConversion(one.call.callee)) !== null
}

function isConversion(callee: Value): boolean {
  return (
    globalOf(callee) !== null ||
    (callee.kind === 'member' && /^(test|match|includes|has|some|every|indexOf|startsWith|endsWith)$/.test(callee.name))
  )
}

/** `typeof body.name === 'string'`, `Array.isArray(body.tags)`, `/^\d+$/.test(id)`, `kinds.includes(kind)`, `body.text.length > 100`. */
function asksForForm(value: Value): boolean {
  const asks = firstWithin(value, (one) => {
    // A list that is known answers with an operation, any other one with a call.
    if (one.kind === 'operation') return /^(typeof|instanceof|includes)$/.test(one.operator) && one.operands.some(isInputOrWithin)
    if (one.kind === 'member') return one.name === 'length' && isInput(one)
    return one.kind === 'result' && FORMS.test(methodName(one.call.callee) ?? '') && readsDirectly(one)
  })
  return asks !== null
}

/** `kinds.includes(body.kind) ? body.kind : 'plain'`, and a variable that an `if` sets in the same way. */
function isChosenByForm(value: Value): boolean {
  if (value.kind !== 'choice') return false
  const tests = [value.test, ...(value.conditions ?? []).flat().map((condition) => condition.value)]
  return tests.some((test) => test !== null && asksForForm(test))
}

function isInputOrWithin(value: Value): boolean {
  return readsDirectly(value)
}

function isInput(value: Value): boolean {
  if (value.kind !== 'member') return false
  const part = requestPart(value)
  return part === 'body' || part === 'query' || part === 'params'
}

function holdsInput(value: Value | null): boolean {
  return (
    value !== null &&
    (isRequest(value) ||
      requestPartsIn(value).some(({ part }) => part === 'body' || part === 'query' || part === 'params' || part === 'whole'))
  )
}
