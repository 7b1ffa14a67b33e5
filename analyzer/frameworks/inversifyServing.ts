// How inversify-express-utils calls the methods of controllers, and what it sends of what they return.
import type { ParameterFacts } from '../extract/facts.js'
import type { CallSite, Machine } from '../link/machine.js'
import { placeOf } from '../link/places.js'
import { recordReturned } from '../link/returnedAnswers.js'
import { symbolicParameter } from '../link/roles.js'
import { type Returned, serveWith } from '../link/serving.js'
import type { FunctionValue, ParameterValue, ResultValue, Value } from '../link/value.js'
import { literal, memberValue, unknown } from '../link/values.js'
import type { Location } from '../text/location.js'
import { under } from './guardAnswers.js'
import { parameterOf } from './nestContext.js'
import { evaluateIn, textsOf } from './nestValues.js'
import { sendJson } from './sentAnswers.js'
import { servedCopy } from './servedCopies.js'

/** A method of a controller. What it throws goes to `next`. */
export function servedAction(machine: Machine, method: FunctionValue): FunctionValue {
  return servedCopy(machine, method, 'action of inversify', (fn) =>
    serveWith(fn, {
      catches: true,
      parameters: (running, _site, run) => argumentsOf(running, run),
      finish: (running, site, returns, parameters) => {
        const plain: Returned[] = []
        for (const one of returns) if (!sendResult(running, site, one)) plain.push(one)
        recordReturned(running, site.frame, method, parameters, plain)
      },
    }),
  )
}

const ROLES: readonly ParameterValue['role'][] = ['request', 'response', 'next']
const PARTS: Readonly<Record<string, string>> = {
  requestParam: 'params',
  queryParam: 'query',
  requestHeaders: 'headers',
  cookies: 'cookies',
}

/** Without decorators they are those of Express; with some, what each names. */
function argumentsOf(machine: Machine, fn: FunctionValue): readonly Value[] {
  const { parameters } = fn.facts
  const isPlain = parameters.every(({ decorators }) => decorators.length === 0)
  return parameters.map((parameter, index) => {
    const at = placeOf(fn.source.file, fn.facts, parameter.node)
    if (isPlain) return symbolicParameter(fn, index, ROLES[index] ?? 'unknown')
    return named(machine, fn, parameter, at) ?? unknown(at, 'a parameter of an action')
  })
}

function named(machine: Machine, fn: FunctionValue, { decorators }: ParameterFacts, at: Location): Value | null {
  const [decorator] = decorators
  if (decorator === undefined || fn.owner === null) return null
  const { expression } = decorator
  const callee = expression[0] === 'call' ? expression[2] : expression
  const name = callee[0] === 'name' ? callee[2] : callee[0] === 'member' ? callee[3] : ''
  if (name === 'request' || name === 'response' || name === 'next') return parameterOf(at, name, name)
  const request = parameterOf(at, 'request', 'request')
  if (name === 'requestBody') return memberValue(at, request, 'body')
  const part = PARTS[name]
  if (part === undefined) return null
  const [argument] = expression[0] === 'call' ? expression[3] : []
  const whole = memberValue(at, request, part)
  if (argument === undefined) return whole
  const key = textsOf(evaluateIn(machine, fn.owner, fn.facts, argument))[0]
  return memberValue(at, whole, key == null ? '*' : part === 'headers' ? key.toLowerCase() : key)
}

const STATUS: Readonly<Record<string, number>> = {
  ok: 200,
  json: 200,
  created: 201,
  badRequest: 400,
  notFound: 404,
  conflict: 409,
  internalServerError: 500,
}

/** `return this.json(content, 201)` of a BaseHttpController, in words of the response. False for any other value. */
function sendResult(machine: Machine, site: CallSite, { value, guards, at }: Returned): boolean {
  const made = value.kind === 'promise' ? value.result : value
  if (made?.kind !== 'result' || made.call.callee.kind !== 'member' || !isController(made)) return false
  const { name } = made.call.callee
  const { args } = made.call
  const response = parameterOf(site.at, 'response', 'response')
  const status = name === 'statusCode' ? args[0] : name === 'json' ? args[1] : undefined
  under(machine, guards, () => {
    if (name === 'redirect') {
      machine.run.callMethod(machine, { ...site, at }, response, 'redirect', args.slice(0, 1))
      return
    }
    const content = name === 'created' ? args[1] : /^(?:ok|json|badRequest)$/.test(name) ? args[0] : undefined
    sendJson(machine, { ...site, at }, response, status ?? literal(at, STATUS[name] ?? 200), content)
  })
  return true
}

function isController({ call }: ResultValue): boolean {
  if (call.callee.kind !== 'member') return false
  const { object, name } = call.callee
  const base = object.kind === 'object' ? object.external : object
  return (
    base?.kind === 'package' &&
    base.package === 'inversify-express-utils' &&
    (name in STATUS || name === 'redirect' || name === 'statusCode')
  )
}
