// Which fields of a request a condition asks for, and which are in the arguments of a check.
import type { Value } from '../../link/value.js'
import { globalOf } from '../origins.js'
import { requestPart, type RequestPart, requestPartsIn } from '../requests.js'
import { valuesWithin } from '../search.js'
import { type Checked, checkedWith, EVERYTHING, NOTHING, together } from './checkedFields.js'
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
export function fieldsAskedBy(condition: Value, given: Given): Checked {
  const inputs: Input[] = []
  const others: Checked[] = []
  let isSifted = false
  let isOfNobody = false
  valuesWithin(condition, (one) => {
    if (one.kind === 'result' && one.call.callee.kind === 'member' && globalOf(one.call.callee) === null) isSifted = true
    if (isOfCaller(one)) {
      const asked = askedOf(one, given)
      if (asked === null) isOfNobody = true
      else others.push(asked)
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

// Each parameter is followed once: functions that hand each other on would be followed along every way between them.
const followed = new WeakMap<Given, Map<string, Checked | null>>()

/** What is asked of a parameter, or of a property of it, is asked of what callers gave as that. null where nobody is known to give it. */
function askedOf(value: Value, given: Given): Checked | null {
  let root = value
  let field: string | null = null
  while (root.kind === 'member') {
    field = root.name
    root = root.object
  }
  if (root.kind !== 'parameter') return null
  let known = followed.get(given)
  if (known === undefined) followed.set(given, (known = new Map()))
  const key = `${root.fn.file}#${root.fn.fn}#${root.index}#${field ?? ''}`
  const before = known.get(key)
  if (before !== undefined) return before
  const values = given(root, null)
  known.set(key, values.length === 0 ? null : NOTHING)
  if (values.length === 0) return null
  const found = together(
    values.map((one) => fieldsAskedBy(field !== null && one.kind === 'object' ? (one.properties.get(field) ?? one) : one, given)),
  )
  known.set(key, found)
  return found
}
