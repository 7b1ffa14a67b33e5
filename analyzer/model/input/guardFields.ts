// Which fields of a request a condition asks for, and which are in the arguments of a check.
import type { Value } from '../../link/value.js'
import { globalOf } from '../origins.js'
import { requestPart, type RequestPart, requestPartsIn } from '../requests.js'
import { valuesWithin } from '../search.js'
import { type Checked, checkedWith, EVERYTHING, together } from './checkedFields.js'
import { asksParameter, entersQuestion, isInput, isOfCaller } from './formQuestions.js'
import { type Given, type Input, inputOf, inputsWithin } from './inputsWithin.js'

/** What is checked by a call that gets the value: also what a document was made with that checks itself. */
export function fieldsIn(value: Value, given: Given): Checked {
  const uses = requestPartsIn(value)
  if (uses.some(({ part }) => part === 'whole')) return EVERYTHING
  const inputs = uses.flatMap((use) => inputAt(use.value, use.part) ?? [])
  return checkedWith([...inputs, ...inputsWithin(value, { given, record: null, seen: new Set() })])
}

function inputAt(value: Value, part: RequestPart | null): Input | null {
  return part === 'body' || part === 'query' || part === 'params' ? inputOf(value, part) : null
}

/** What a condition looks at. That there is a body at all says nothing of what is in it; a question about each of its keys does. */
export function fieldsAskedBy(condition: Value, given: Given, depth = 0): Checked {
  const inputs: Input[] = []
  const others: Checked[] = []
  let isSifted = false
  let isOfNobody = false
  valuesWithin(condition, (one) => {
    if (one.kind === 'result' && one.call.callee.kind === 'member' && globalOf(one.call.callee) === null) isSifted = true
    if (isOfCaller(one)) {
      const values = valuesGiven(one, given)
      isOfNobody ||= values.length === 0
      if (depth < DEEPEST) for (const value of values) others.push(fieldsAskedBy(value, given, depth + 1))
      return false
    }
    if (!isInput(one)) return entersQuestion(one)
    const input = inputAt(one, requestPart(one))
    if (input !== null) inputs.push(input)
    return false
  })
  // Who asks for the form of something that nobody is known to give asks for whatever it is called with.
  if (isOfNobody && asksParameter(condition)) return EVERYTHING
  return together([...others, checkedWith(isSifted ? inputs : inputs.filter(({ field }) => field !== null))])
}

const DEEPEST = 4

/** What callers gave as a parameter, or as the property of it that is asked for. */
function valuesGiven(value: Value, given: Given): readonly Value[] {
  let root = value
  let field: string | null = null
  while (root.kind === 'member') {
    field = root.name
    root = root.object
  }
  if (root.kind !== 'parameter') return []
  return given(root, null).map((one) => (field !== null && one.kind === 'object' ? (one.properties.get(field) ?? one) : one))
}
