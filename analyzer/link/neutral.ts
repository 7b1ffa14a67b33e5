// Arguments of calls while serving: whether they matter for what the callee does, and what stands in for them where they do not.
import type { Location } from '../text/location.js'
import { isYoungerThan } from './births.js'
import type { Machine } from './machine.js'
import { arrayValue, choice, environmentVariable, literal, memberValue, objectValue, packageValue } from './values.js'
import type { ArrayValue, FunctionValue, ObjectValue, ParameterValue, Value } from './value.js'

export interface Neutral {
  /** Equal keys mean that the callee does the same. `?` stands for anything opaque. */
  readonly key: string
  /** The argument without its place: what any caller with this key could have passed. */
  readonly value: Value
}

const DEEPEST = 2

/**
 * What stands in for an argument. Null means that the call must be run with this very argument: it carries a response, an error,
 * a function made while serving, an application or what stands for one target, and what is done with those is reported where the call stands.
 * `place` is the parameter, `stand` the value for anything opaque.
 */
export function neutralOf(
  machine: Machine,
  value: Value,
  place: Location,
  stand: (role: ParameterValue['role']) => Value,
  depth = 0,
): Neutral | null {
  switch (value.kind) {
    case 'literal':
      return {
        key: typeof value.value === 'bigint' ? 'n' : `${typeof value.value}:${String(value.value)}`,
        value: literal(place, value.value),
      }
    case 'environment':
      return { key: `env:${value.name}`, value: environmentVariable(place, value.name) }
    case 'package':
      return { key: `package:${value.package}.${value.path.join('.')}`, value: packageValue(place, value.package, value.path) }
    case 'global':
      return { key: `global:${value.name}`, value: { ...value, at: place } }
    case 'class':
      return { key: `class:${value.source.file}:${value.facts.id}`, value }
    case 'function':
      return isOld(machine, value)
        ? { key: `function:${value.source.file}:${value.facts.id}:${machine.identity(value.environment)}`, value }
        : null
    case 'scope':
      return null
    case 'parameter':
      return value.role === 'unknown' ? opaque(stand) : value.role === 'request' ? { key: 'request', value: stand('request') } : null
    case 'member':
      return memberOf(value, place, stand)
    case 'promise':
      return value.result === null ? opaque(stand) : neutralOf(machine, value.result, place, stand, depth)
    case 'result':
      return carriesResponse(value) ? null : opaque(stand)
    case 'template':
      return together(machine, value.parts, place, stand, depth) === null ? null : opaque(stand)
    case 'operation':
      return together(machine, value.operands, place, stand, depth) === null ? null : opaque(stand)
    case 'choice': {
      const options = together(machine, value.options, place, stand, depth)
      if (options === null) return null
      return options.some((option) => option.key.includes('?'))
        ? opaque(stand)
        : {
            key: `(${options.map((option) => option.key).join('|')})`,
            value: choice(
              place,
              'join',
              options.map((option) => option.value),
            ),
          }
    }
    case 'array':
      return arrayOf(machine, value, place, stand, depth)
    case 'object':
      return objectOf(machine, value, place, stand, depth)
    case 'typed':
      return machine.frameworks.some((framework) => framework.isOfOneTarget?.(value) === true) ? null : opaque(stand)
    default:
      return opaque(stand)
  }
}

function opaque(stand: Stand): Neutral {
  return { key: '?', value: stand('unknown') }
}

/** True for what was made before requests were served: it is the same for every caller. */
export function isOld(machine: Machine, value: FunctionValue | ObjectValue): boolean {
  return !isYoungerThan(value.kind === 'function' ? value.environment.variables : value.properties, machine.bootMark)
}

type Stand = (role: ParameterValue['role']) => Value

function together(machine: Machine, values: readonly Value[], place: Location, stand: Stand, depth: number): readonly Neutral[] | null {
  const found: Neutral[] = []
  for (const value of values) {
    const neutral = depth >= DEEPEST && value.kind !== 'literal' ? opaque(stand) : neutralOf(machine, value, place, stand, depth + 1)
    if (neutral === null) return null
    found.push(neutral)
  }
  return found
}

/** A list in which something is not known is some list: its length would only multiply the runs. */
function arrayOf(machine: Machine, value: ArrayValue, place: Location, stand: Stand, depth: number): Neutral | null {
  const elements = together(machine, value.elements, place, stand, depth)
  if (elements === null) return null
  if (value.isOpen || elements.length > 8 || elements.some((element) => element.key.includes('?'))) return opaque(stand)
  return {
    key: `[${elements.map((element) => element.key).join(',')}]`,
    value: arrayValue(
      place,
      elements.map((element) => element.value),
    ),
  }
}

function objectOf(machine: Machine, value: ObjectValue, place: Location, stand: Stand, depth: number): Neutral | null {
  if (value.role !== 'plain' && isOld(machine, value)) return { key: `object:${machine.identity(value)}`, value }
  const parts = together(machine, [...value.properties.values()], place, stand, depth)
  if (value.role !== 'plain') {
    if (parts === null) return null
    const generic = value.instanceOf === null ? null : machine.run.genericInstance(machine, value.instanceOf)
    return generic === null
      ? opaque(stand)
      : { key: `instance:${value.instanceOf?.source.file ?? ''}:${value.instanceOf?.facts.id ?? ''}`, value: generic }
  }
  if (parts === null) return null
  const made = objectValue(place)
  made.isOpen = value.isOpen
  const keys = [...value.properties.keys()]
  for (const [index, key] of keys.entries()) made.properties.set(key, parts[index]?.value ?? stand('unknown'))
  return { key: `{${keys.map((key, index) => `${key}:${parts[index]?.key ?? '?'}`).join(',')}}`, value: made }
}

/** `err.message` matters, one `req.body` is like another, `req.body.email` is just some string. */
function memberOf(value: Extract<Value, { kind: 'member' }>, place: Location, stand: Stand): Neutral | null {
  let length = 1
  let root: Value = value.object
  while (root.kind === 'member') {
    length++
    root = root.object
  }
  if (root.kind !== 'parameter' || root.role === 'unknown') return opaque(stand)
  if (root.role !== 'request') return null
  return length > 1 ? opaque(stand) : { key: `request.${value.name}`, value: memberValue(place, stand('request'), value.name) }
}

/** `res.status(400)` is still the response. */
function carriesResponse(value: Extract<Value, { kind: 'result' }>): boolean {
  const receiver = value.call.receiver
  if (receiver === null) return false
  if (receiver.kind === 'parameter') return receiver.role === 'response'
  return receiver.kind === 'result' && carriesResponse(receiver)
}
