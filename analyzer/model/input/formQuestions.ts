// Questions about the type or the form of what a request brings.
import type { CallRecord, Value } from '../../link/value.js'
import { globalOf, methodName } from '../origins.js'
import { requestPart } from '../requests.js'
import { firstWithin } from '../search.js'
import { searchFor } from '../wideSearch.js'

const FORMS = /^(isArray|test|exec|match|includes|has|isInteger|isFinite|isNaN|isSafeInteger)$/

/** `typeof body.name === 'string'`, `Array.isArray(body.tags)`, `/^\d+$/.test(id)`, `kinds.includes(kind)`, `body.text.length > 100`. */
export const asksForForm = askedIn(isFormQuestion)

/** One condition stands around many calls, and most conditions have much of what they ask in common. */
function askedIn(asks: (value: Value) => boolean): (value: Value) => boolean {
  const known = new WeakMap<Value, boolean>()
  const search = searchFor(asks, new WeakMap())
  return (value) => {
    let found = known.get(value)
    if (found === undefined) known.set(value, (found = search(value)))
    return found
  }
}

function isFormQuestion(value: Value): boolean {
  // A list that is known answers with an operation, any other one with a call.
  if (value.kind === 'operation') return /^(typeof|instanceof|includes)$/.test(value.operator) && value.operands.some(readsDirectly)
  if (value.kind === 'member') return value.name === 'length' && isInput(value)
  return value.kind === 'result' && FORMS.test(methodName(value.call.callee) ?? '') && readsDirectly(value)
}

/** The same of a parameter: a function that several callers share knows what it gets as that alone. */
export const asksParameter = askedIn(isParameterQuestion)

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
export const asksForTexts = askedIn(countsTexts)

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
