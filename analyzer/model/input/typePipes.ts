// Pipes of Nest that know what to check by the declared type of a parameter alone, and what they find nothing to check by.
import type { FunctionValue, Value } from '../../link/value.js'
import type { ProjectModel, Route } from '../model.js'
import { nestInputs, type NestInput } from './nestInputs.js'
import { isCallTo } from '../origins.js'
import { hasProperty } from '../values.js'

/** A ValidationPipe or a pipe for classes of schemas that was handed neither a class (`expectedType`) nor a schema. */
export function goesByType(pipe: Value): boolean {
  if (pipe.kind !== 'result') return false
  const { call } = pipe
  const [options = null] = call.args
  if (isCallTo(call, '@nestjs/common', ['ValidationPipe'])) return hasProperty(options, 'expectedType') !== 'yes'
  return options === null && schemaPipes.some((name) => isCallTo(call, name, ['ZodValidationPipe']))
}

const schemaPipes = ['nestjs-zod', '@anatine/zod-nestjs']

/**
 * Whether nothing is left at run time of the types that the handler of a route declares for these parts (domain fact K34).
 * What it takes from the request itself passes no pipe at all.
 */
export function hasNoTypeFor(model: ProjectModel, { handler }: Route, parts: readonly NestInput['part'][]): boolean {
  if (handler?.kind !== 'function') return false
  const taken = nestInputs(model, handler).filter(({ key, part }) => key === null && parts.includes(part))
  return taken.length === 0 ? takesRequest(handler) : taken.every(({ by }) => by === 'nothing')
}

function takesRequest({ facts }: FunctionValue): boolean {
  return facts.parameters.some(({ decorators }) =>
    decorators.some(({ expression: [kind, , callee] }) => {
      if (kind !== 'call' || !Array.isArray(callee)) return false
      const [, , name] = callee
      return callee[0] === 'name' && (name === 'Req' || name === 'Request')
    }),
  )
}
