// What a request brings, also behind a schema that checked it: `schema.parse(req.body).email` is what came under that name.
import type { CallRecord, Value } from '../../link/value.js'
import { requestPart, transparentMethods, type RequestPart } from '../requests.js'
import { isSchemaCall, isValidatingName } from '../validationBehaviour.js'
import { possibleValues } from '../values.js'

/** As `requestPart`, and for what the check of a part gave back: the part that it was given. What a transformation made of it keeps its name, and counts as well. */
export function givenPart(value: Value): RequestPart | null {
  return requestPart(value) ?? checkedPart(value, 0)
}

function checkedPart(value: Value, depth: number): RequestPart | null {
  if (depth > DEEPEST) return null
  switch (value.kind) {
    case 'member':
      return faults.test(value.name) ? null : checkedPart(value.object, depth + 1)
    case 'promise':
      return value.result === null ? null : checkedPart(value.result, depth + 1)
    case 'choice':
      return firstOf(
        possibleValues(value).filter(({ kind }) => kind !== 'choice'),
        depth,
      )
    case 'result': {
      const { call } = value
      if (call.callee.kind === 'member' && transparentMethods.has(call.callee.name)) return checkedPart(call.callee.object, depth + 1)
      return givesBack(call) ? firstInput(call.args) : null
    }
    default:
      return null
  }
}

/** Members of what the check found are texts about it. */
const faults = /^(error|errors|issues|success|warning|message)$/

const DEEPEST = 12

function firstOf(values: readonly Value[], depth: number): RequestPart | null {
  for (const value of values) {
    const part = checkedPart(value, depth + 1)
    if (part !== null) return part
  }
  return null
}

/** `schema.parse(body)` of any package and by the names of such methods, `v.parse(schema, body)`, `Value.Decode(schema, body)`, `create(body, schema)`. */
function givesBack(call: CallRecord): boolean {
  return isSchemaCall(call) || isValidatingName(call)
}

function firstInput(args: readonly Value[]): RequestPart | null {
  for (const arg of args.slice(0, 2)) {
    const part = requestPart(arg)
    if (part !== null && inputs.has(part)) return part
  }
  return null
}

const inputs: ReadonlySet<RequestPart> = new Set(['body', 'query', 'params', 'headers', 'cookies'])
