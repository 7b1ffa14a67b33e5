// Questions about the type or the form of what a request brings.
import type { CallRecord, Value } from '../../link/value.js'
import { globalOf, methodName } from '../origins.js'
import { requestPart } from '../requests.js'
import { firstWithin } from '../search.js'

const FORMS = /^(isArray|test|exec|match|includes|has|isInteger|isFinite|isNaN|isSafeInteger)$/

interface Questions {
  form: boolean
  parameter: boolean
  texts: boolean
}

/** All of them in one walk: most conditions ask none. */
function questionsOf(value: Value): Questions {
  let found = asked.get(value)
  if (found === undefined) {
    const questions = { form: false, parameter: false, texts: false }
    firstWithin(value, (one) => {
      if (one.kind !== 'operation' && one.kind !== 'member' && one.kind !== 'result') return false
      questions.form ||= isFormQuestion(one)
      questions.parameter ||= isParameterQuestion(one)
      questions.texts ||= countsTexts(one)
      return questions.form && questions.parameter && questions.texts
    })
    asked.set(value, (found = questions))
  }
  return found
}

// Values do not change, and one condition stands around many calls.
const asked = new WeakMap<Value, Questions>()

/** `typeof body.name === 'string'`, `Array.isArray(body.tags)`, `/^\d+$/.test(id)`, `kinds.includes(kind)`, `body.text.length > 100`. */
export function asksForForm(value: Value): boolean {
  return questionsOf(value).form
}

function isFormQuestion(value: Value): boolean {
  // A list that is known answers with an operation, any other one with a call.
  if (value.kind === 'operation') return /^(typeof|instanceof|includes)$/.test(value.operator) && value.operands.some(readsDirectly)
  if (value.kind === 'member') return value.name === 'length' && isInput(value)
  return value.kind === 'result' && FORMS.test(methodName(value.call.callee) ?? '') && readsDirectly(value)
}

/** The same of a parameter: a function that several callers share knows what it gets as that alone. */
export function asksParameter(value: Value): boolean {
  return questionsOf(value).parameter
}

function isParameterQuestion(value: Value): boolean {
  if (value.kind === 'operation') return /^(typeof|instanceof|includes)$/.test(value.operator) && value.operands.some(isOfCaller)
  if (value.kind === 'member') return value.name === 'length' && isOfCaller(value.object)
  return value.kind === 'result' && FORMS.test(methodName(value.call.callee) ?? '') && value.call.args.some(isOfCaller)
}

/** Any such question, whatever it is about. */
export function asksAnything(value: Value): boolean {
  if (value.kind === 'operation') return /^(typeof|instanceof|includes)$/.test(value.operator)
  return value.kind === 'result' && FORMS.test(methodName(value.call.callee) ?? '')
}

/** What decides by such a question between values that a call is given: `kinds.includes(body.kind) ? body.kind : 'plain'`, and a variable that an `if` sets so. */
export function formsAskedIn(call: CallRecord): readonly Value[] {
  let found = choosing.get(call)
  if (found === undefined) {
    const tests: Value[] = []
    const note = (one: Value): boolean => {
      if (one.kind === 'choice') tests.push(...formsAskedBy(one))
      return false
    }
    // What another call was given is told of that one.
    for (const arg of call.args) firstWithin(arg, note, entersQuestion)
    found = tests
    choosing.set(call, found)
  }
  return found
}

// One call stands in the summaries of all functions that lead to it.
const choosing = new WeakMap<CallRecord, readonly Value[]>()

function formsAskedBy(value: Value): readonly Value[] {
  if (value.kind !== 'choice') return []
  const tests = [value.test, ...(value.conditions ?? []).flat().map((condition) => condition.value)]
  return tests.flatMap((test) => (test !== null && asksForForm(test) ? [test] : []))
}

/** True where a list of texts that is not empty, and names what is wrong, decides. */
export function asksForTexts(value: Value): boolean {
  return questionsOf(value).texts
}

function countsTexts(value: Value): boolean {
  if (value.kind !== 'member' || value.name !== 'length' || value.object.kind !== 'array') return false
  const { elements } = value.object
  return elements.length > 0 && elements.every((one) => one.kind === 'literal' || one.kind === 'template')
}

/** Values of the request themselves, and what conversions make of them. What a store found by them is something else. */
export function readsDirectly(value: Value): boolean {
  return firstWithin(value, isInput, entersQuestion) !== null
}

export function entersQuestion(value: Value): boolean {
  return value.kind !== 'result' || requestPart(value) !== null || isConversion(value.call.callee)
}

function isConversion(callee: Value): boolean {
  return (
    globalOf(callee) !== null ||
    (callee.kind === 'member' && /^(test|exec|match|includes|has|some|every|indexOf|startsWith|endsWith)$/.test(callee.name))
  )
}

/** A part of a request, or something in it. */
export function isInput(value: Value): boolean {
  if (value.kind !== 'member') return false
  const part = requestPart(value)
  return part === 'body' || part === 'query' || part === 'params'
}

export function isOfCaller(value: Value): boolean {
  let root = value
  while (root.kind === 'member') root = root.object
  return root.kind === 'parameter' && root.role === 'unknown'
}
