// Every place where the project hands a secret to a package, and what a secret is made from.
import type { CallRecord, Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { globalOf, methodName, originOf, type PackagePath } from '../origins.js'
import { callsThat } from '../perPart.js'
import { sinksOf, type SinkLine } from './secretSinkTable.js'
import { oneOf } from '../sorted.js'
import { possibleValues, property } from '../values.js'
import { recordedOnce } from '../recorded.js'

export interface SecretUse {
  readonly sink: SinkLine
  readonly call: CallRecord
  /** The argument of the call that is the secret, or holds it. */
  readonly at: Location
  /** What the secret may be, through arrays, encodings and derivations: literals, environment variables, anything else. */
  readonly parts: readonly Value[]
}

/** Secrets that production code hands to packages, in order. What is off in production is left out. */
export const secretUsesOf: (model: ProjectModel) => readonly SecretUse[] = recordedOnce((model) =>
  takers(model).flatMap((call) => (model.productionFiles.has(call.at.file) ? usesOf(model, call) : [])),
)

const takers = callsThat(takesSecret, {
  packages: (name) => sinksOf(name).length > 0,
  names: oneOf(sinksOf('@nestjs/jwt').map(({ path }) => path.split('.').at(-1) ?? '')),
})

/** True for calls that hand a secret to a package, as a key is given to what signs and verifies. */
export function takesSecret(call: CallRecord): boolean {
  if (call.isOff || call.isWrite) return false
  const origin = takerOf(call)
  const sinks = origin === null ? [] : sinksOf(origin.package)
  if (origin === null || sinks.length === 0) return false
  const path = origin.path.join('.')
  return sinks.some((sink) => isPath(path, sink.path))
}

/** The export that is called; services that Nest injects are known by their declared type. */
function takerOf({ callee }: CallRecord): PackagePath | null {
  if (callee.kind !== 'member' || (callee.object.kind !== 'typed' && callee.object.kind !== 'parameter')) return originOf(callee)
  return callee.object.type?.name === 'JwtService' ? { package: '@nestjs/jwt', path: ['JwtService', callee.name] } : null
}

function usesOf(model: ProjectModel, call: CallRecord): readonly SecretUse[] {
  const origin = takerOf(call)
  if (origin === null) return []
  const path = origin.path.join('.')
  return sinksOf(origin.package).flatMap((sink) => {
    if (!isPath(path, sink.path)) return []
    return sink.places.flatMap((place) => {
      const [index = '0', ...names] = place.split('.')
      const argument = call.args[Number(index)]
      const value = names.reduce(step, argument === undefined ? [] : [argument])
      const parts = value.flatMap((one) => secretParts(model, one))
      return parts.length === 0 ? [] : [{ sink, call, at: call.argsAt[Number(index)] ?? call.at, parts }]
    })
  })
}

function step(values: readonly Value[], name: string): readonly Value[] {
  if (name !== '*') return values.flatMap((value) => property(value, name) ?? [])
  return values.flatMap(possibleValues).flatMap((value) => (value.kind === 'object' ? [...value.properties.values()] : []))
}

/** `SignJWT..sign` fits any chain of calls between the two names. */
function isPath(path: string, wanted: string): boolean {
  if (!wanted.includes('..')) return path === wanted
  const [first = '', last = ''] = wanted.split('..')
  return path.startsWith(`${first}.`) && path.endsWith(`.${last}`)
}

/** What a secret may be: choices, arrays, encodings, digests and functions that return it are looked through. */
export function secretParts(model: ProjectModel, value: Value, depth = 0): readonly Value[] {
  if (depth > 12) return []
  const inner = (one: Value): readonly Value[] => secretParts(model, one, depth + 1)
  const options = possibleValues(value)
  if (options.length !== 1 || options[0] !== value) return options.flatMap(inner)
  switch (value.kind) {
    case 'array':
      return value.elements.flatMap(inner)
    case 'function':
      return depth > 2 ? [] : model.summaryOf(value).returns.flatMap((one) => inner(one.value))
    case 'object':
      return ['key', 'secret', 'private'].flatMap((name) => property(value, name) ?? []).flatMap(inner)
    case 'result': {
      const source = sourceOf(value.call)
      return source === null ? [value] : inner(source)
    }
    default:
      return [value]
  }
}

const ofReceiver = new Set(
  'trim toString slice substring substr padEnd padStart digest normalize toLowerCase toUpperCase split export repeat'.split(' '),
)
const ofArgument = new Set(
  'encode update parse from createSecretKey createPrivateKey scryptSync pbkdf2Sync String decode SHA256 SHA512 MD5 atob btoa'.split(' '),
)

/** What an encoding or a derivation was made from. */
function sourceOf(call: CallRecord): Value | null {
  const name = methodName(call.callee) ?? globalOf(call.callee) ?? ''
  if (call.callee.kind === 'member' && ofReceiver.has(name)) return call.callee.object
  return ofArgument.has(name) ? (call.args[0] ?? null) : null
}
