// Parameters of handlers: which part of the request each of their decorators brings.
import type { ParameterFacts } from '../extract/facts.js'
import type { CallSite, Machine } from '../link/machine.js'
import { placeOf } from '../link/places.js'
import { conventionalRoles, symbolicParameter } from '../link/roles.js'
import type { FunctionValue, Value } from '../link/value.js'
import { memberValue, objectValue, undefinedAt } from '../link/values.js'
import type { Location } from '../text/location.js'
import { contextOf, parameterOf } from './nestContext.js'
import { evaluateIn, propertyOf } from './nestValues.js'

/** Decorators that bring a part of the request, and the member of the request that it is. */
const PARTS: Readonly<Record<string, string>> = {
  Body: 'body',
  RawBody: 'rawBody',
  Query: 'query',
  Param: 'params',
  Headers: 'headers',
  Session: 'session',
  Ip: 'ip',
  HostParam: 'hosts',
  UploadedFile: 'file',
  UploadedFiles: 'files',
  Cookies: 'cookies',
  SignedCookies: 'signedCookies',
  Args: 'body',
  MessageBody: 'body',
  Payload: 'body',
}

/** What Nest passes to a handler. */
export function handlerArguments(machine: Machine, site: CallSite, fn: FunctionValue): readonly Value[] {
  const roles = conventionalRoles(fn.facts)
  return fn.facts.parameters.map((parameter, index) => {
    const at = placeOf(fn.source.file, fn.facts, parameter.node)
    const request = (): Value => parameterOf(at, 'request', 'req')
    for (const decorator of parameter.decorators) {
      const name = nameOf(decorator.expression)
      if (name === 'Req' || name === 'Request') return request()
      if (name === 'Res' || name === 'Response') return parameterOf(at, 'response', 'res')
      if (name === 'Next') return parameterOf(at, 'next', 'next')
      if (name === 'ConnectedSocket') return parameterOf(at, 'socket', 'client')
      if (name === 'Context') return graphqlContextPart(at, firstText(parameter))
      const part = PARTS[name]
      if (part !== undefined) {
        const whole = memberValue(at, request(), part)
        const key = firstText(parameter)
        return key === null ? whole : memberValue(at, whole, part === 'headers' ? key.toLowerCase() : key)
      }
    }
    return custom(machine, site, fn, parameter, at) ?? ofType(fn, index, roles[index] ?? 'unknown', at, parameter)
  })
}

/** True for handlers that send the answer themselves: what they return is not sent. */
export function ownsResponse(machine: Machine, fn: FunctionValue): boolean {
  return fn.facts.parameters.some((parameter) =>
    parameter.decorators.some((decorator) => {
      const name = nameOf(decorator.expression)
      if (name !== 'Res' && name !== 'Response' && name !== 'Next') return false
      const [options] = decorator.expression[0] === 'call' ? decorator.expression[3] : []
      if (options === undefined || fn.owner === null) return true
      const passes = propertyOf(evaluateIn(machine, fn.owner, fn.facts, options), 'passthrough')
      return !(passes?.kind === 'literal' && passes.value === true)
    }),
  )
}

/** `createParamDecorator((data, context) => …)`: what its function gives. */
function custom(machine: Machine, site: CallSite, fn: FunctionValue, parameter: ParameterFacts, at: Location): Value | null {
  if (fn.owner === null) return null
  for (const decorator of parameter.decorators) {
    const value = evaluateIn(machine, fn.owner, fn.facts, decorator.expression)
    if (value.kind !== 'result' || value.call.callee.kind !== 'result') continue
    const maker = value.call.callee.call
    const [factory] = maker.args
    if (maker.callee.kind !== 'package' || maker.callee.path.at(-1) !== 'createParamDecorator' || factory === undefined) continue
    const context = contextOf(at, { transport: 'http', handler: new Map(), owner: new Map() })
    const given = machine.run.call(machine, { ...site, isAwaited: true }, factory, null, [value.call.args[0] ?? undefinedAt(at), context])
    return given.kind === 'promise' ? (given.result ?? given) : given
  }
  return null
}

/** A parameter without a decorator that is known: its type tells what it is; it is never the error of an error handler. */
function ofType(
  fn: FunctionValue,
  index: number,
  role: 'request' | 'response' | 'next' | 'error' | 'socket' | 'unknown',
  at: Location,
  parameter: ParameterFacts,
): Value {
  if (role === 'request' || role === 'response' || role === 'socket') return parameterOf(at, role, role)
  return parameter.type === null ? symbolicParameter(fn, index, 'unknown') : { kind: 'typed', at, type: parameter.type }
}

function graphqlContextPart(at: Location, key: string | null): Value {
  if (key === 'req' || key === 'request') return parameterOf(at, 'request', key)
  if (key === 'res' || key === 'reply') return parameterOf(at, 'response', key)
  const context = objectValue(at)
  context.isOpen = true
  context.properties.set('req', parameterOf(at, 'request', 'req'))
  context.properties.set('res', parameterOf(at, 'response', 'res'))
  return context
}

function nameOf(expression: ParameterFacts['decorators'][number]['expression']): string {
  const callee = expression[0] === 'call' ? expression[2] : expression
  return callee[0] === 'name' ? callee[2] : callee[0] === 'member' ? callee[3] : ''
}

/** The key of `@Body('name')`. */
function firstText(parameter: ParameterFacts): string | null {
  for (const { expression } of parameter.decorators) {
    const first = expression[0] === 'call' ? expression[3][0] : undefined
    if (first?.[0] === 'literal' && typeof first[2] === 'string') return first[2]
  }
  return null
}
