// How ts-rest calls the handler of a route: with the parts of the request that its contract checks; what it returns is the answer.
import type { CallSite, Machine } from '../link/machine.js'
import { placeOf } from '../link/places.js'
import { type Returned, serveWith } from '../link/serving.js'
import type { FunctionValue, ObjectValue, Value } from '../link/value.js'
import { literal, memberValue, objectValue } from '../link/values.js'
import { under } from './guardAnswers.js'
import { parameterOf } from './nestContext.js'
import { packageBehind, propertyOf } from './nestValues.js'
import { sendJson } from './sentAnswers.js'
import { servedCopy } from './servedCopies.js'

/** Parts of the request by the name that handlers get them under, and the name of their schema in the contract. */
const PARTS: readonly (readonly [name: string, part: string, schema: string])[] = [
  ['params', 'params', 'pathParams'],
  ['headers', 'headers', 'headers'],
  ['query', 'query', 'query'],
  ['body', 'body', 'body'],
]

/** The handler of a route. What it throws goes to `next`. */
export function servedImplementation(machine: Machine, handler: FunctionValue, schema: ObjectValue): FunctionValue {
  return servedCopy(machine, handler, `route ${machine.identity(schema)}`, (fn) =>
    serveWith(fn, {
      catches: true,
      parameters: (running, site, run) => [given(running, site, run, schema)],
      finish: (running, site, returns) => {
        for (const one of returns) answer(running, site, one)
      },
    }),
  )
}

function given(machine: Machine, site: CallSite, fn: FunctionValue, schema: ObjectValue): Value {
  const at = placeOf(fn.source.file, fn.facts, fn.facts.parameters[0]?.node ?? 0)
  const request = parameterOf(at, 'request', 'req')
  const object = objectValue(at)
  for (const [name, part, checked] of PARTS) {
    const raw = memberValue(at, request, part)
    const check = schema.properties.get(checked)
    const isChecked = check !== undefined && isSchema(check)
    object.properties.set(name, isChecked ? machine.run.callMethod(machine, { ...site, at, argsAt: [at] }, check, 'parse', [raw]) : raw)
  }
  for (const name of ['file', 'files']) object.properties.set(name, memberValue(at, request, name))
  object.properties.set('req', request)
  object.properties.set('res', parameterOf(at, 'response', 'res'))
  return object
}

/** `c.type<T>()` is a word to the compiler alone. */
function isSchema(value: Value): boolean {
  if (value.kind === 'literal' || value.kind === 'object') return false
  const made = packageBehind(value)
  return made === null || !made.package.startsWith('@ts-rest/')
}

/** `{ status, body }` in words of the response. */
function answer(machine: Machine, site: CallSite, { value, guards, at }: Returned): void {
  const made = value.kind === 'promise' ? (value.result ?? value) : value
  if (made.kind === 'choice') {
    for (const option of made.options) answer(machine, site, { value: option, guards, at })
    return
  }
  const status = propertyOf(made, 'status')
  const body = propertyOf(made, 'body')
  const response = parameterOf(site.at, 'response', 'res')
  under(machine, guards, () => sendJson(machine, { ...site, at }, response, status ?? literal(at, 200), body))
}
