// Which role each parameter of a function plays: by what the framework passes, by type, last by conventional name.
import type { FunctionFacts, TypeFacts } from '../extract/facts.js'
import type { Location } from '../text/location.js'
import { placeOf } from './places.js'
import type { FunctionValue, ParameterValue, Value } from './value.js'
import { undefinedAt } from './values.js'

type Role = ParameterValue['role']

/** What Express passes to a layer or a handler: four parameters, not counting those that are bound, make it an error handler (domain fact D6). */
export function handlerRoles(fn: FunctionValue): readonly Role[] {
  return fn.facts.arity - fn.bound.length === 4 ? ['error', 'request', 'response', 'next'] : ['request', 'response', 'next']
}

/** What Express passes to a callback of `router.param`, before the value and the name. */
export const PARAMETER_ROLES: readonly Role[] = ['request', 'response', 'next']

/** Roles as far as types and names tell, for functions that nobody is known to call. */
export function conventionalRoles(facts: FunctionFacts): readonly Role[] {
  const names = facts.parameters.map((parameter) => nameOf(parameter.pattern))
  const byType = facts.parameters.map((parameter) => roleOfType(parameter.type))
  const byName = names.map((name) => NAMES[name.toLowerCase()] ?? 'unknown')
  const looksLikeHandler = byName.includes('response') || byType.includes('response')
  return names.map((name, index) => {
    const typed = byType[index] ?? 'unknown'
    if (typed !== 'unknown') return typed
    const named = byName[index] ?? 'unknown'
    if (named === 'error')
      return index === 0 || (looksLikeHandler && facts.parameters.length >= 4) ? 'error' : isErrorName(name) ? 'error' : 'unknown'
    if (named === 'request' || named === 'next') return looksLikeHandler ? named : named === 'request' ? 'request' : 'unknown'
    return named
  })
}

/** What a framework passes, by its roles, stands behind what is bound. */
export function passedArguments(fn: FunctionValue, roles: readonly Role[]): readonly Value[] {
  return symbolicArguments(fn, [...fn.bound.map((): Role => 'unknown'), ...roles])
}

export function symbolicArguments(fn: FunctionValue, roles: readonly Role[]): readonly Value[] {
  return fn.facts.parameters.map((_, index) => symbolicParameter(fn, index, roles[index] ?? 'unknown'))
}

/** A parameter of `fn` with nothing known but its role and type. */
export function symbolicParameter(fn: FunctionValue, index: number, role: Role): Value {
  const parameter = fn.facts.parameters[index]
  const location = (node: number): Location => placeOf(fn.source.file, fn.facts, node)
  if (parameter === undefined) return undefinedAt(location(0))
  return {
    kind: 'parameter',
    at: location(parameter.node),
    name: parameterName(fn, index),
    index,
    role,
    type: parameter.type,
    fn: location(0),
  }
}

export function parameterName(fn: FunctionValue, index: number): string {
  const pattern = fn.facts.parameters[index]?.pattern
  return pattern === undefined ? '' : nameOf(pattern)
}

const NAMES: Readonly<Record<string, Role>> = {
  req: 'request',
  request: 'request',
  _req: 'request',
  res: 'response',
  response: 'response',
  _res: 'response',
  reply: 'response',
  next: 'next',
  _next: 'next',
  err: 'error',
  error: 'error',
  e: 'unknown',
  _err: 'error',
}

function isErrorName(name: string): boolean {
  return /^_?err(?:or)?$/i.test(name)
}

function roleOfType(type: TypeFacts | null): Role {
  const name = type?.name.split('.').at(-1) ?? ''
  if (/^(?:\w*Request|ExpressRequest|IncomingMessage)$/.test(name) && !/Dto$/.test(name)) return 'request'
  if (/^(?:Response|ExpressResponse|ServerResponse|FastifyReply)$/.test(name)) return 'response'
  if (name === 'NextFunction') return 'next'
  if (name === 'Error') return 'error'
  return 'unknown'
}

function nameOf(pattern: FunctionFacts['parameters'][number]['pattern']): string {
  if (pattern[0] === 'name') return pattern[2]
  return pattern[0] === 'default' && pattern[2][0] === 'name' ? pattern[2][2] : ''
}
