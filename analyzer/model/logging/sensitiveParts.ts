// What of a value must not be read by whoever reads the log: found by where it comes from first, by names second.
import { comesAfter } from '../../text/location.js'
import type { MemberValue, ObjectValue, ParameterValue, ResultValue, Value } from '../../link/value.js'
import { cutFrom } from './cutCredentials.js'
import type { ProjectModel } from '../model.js'
import { globalOf, methodName, originOf } from '../origins.js'
import { isRequest } from '../requests.js'
import { isSecretHeader, isSessionCookie, isStoreAddress, sensitiveName } from '../secrets/sensitiveNames.js'
import { failedRequestPart, handshakePart, wholes } from './sensitiveWholes.js'
import { add, addNamed, addStored, leaf, unwritten, writtenAs, type Path, type SensitivePart, type Walk } from './sensitiveWalk.js'
import { declaredSecret, isRecord, mayBeRecord, type SecretField } from './sensitiveRecords.js'
import { keptSecret } from './keptSecrets.js'
import { storedSecret } from './storedDocuments.js'
import { isOpaqueText, tellsLittle } from './littleTold.js'
import { isRedactor } from './redactors.js'
import { tokenCallOf } from '../tokens/tokenCalls.js'
import { isAbsent, stringOf } from '../values.js'

export type { SensitivePart } from './sensitiveWalk.js'

/** Parts that a reader would see when the value is printed. Lengths, comparisons, and what other functions made of it are none. */
export function sensitiveParts(model: ProjectModel, value: Value): readonly SensitivePart[] {
  const parts: SensitivePart[] = []
  const walk: Walk = {
    isRedactor: (at) => isRedactor(model, at),
    kept: (one) => keptSecret(model, one),
    stored: (one, isPlain) => storedSecret(model, one, isPlain),
    declared: (one) => declaredSecret(model, one),
    ...unwritten,
    parts,
    seen: new Set(),
  }
  visit(walk, value, [], 0)
  return parts
}

/**
 * What says without a look at the model whether there may be such parts: `holds`, where what functions that redact made is taken for what it was before,
 * the results that are one where a variable keeps them under a secret's name, and the parameters whose class may have such fields.
 */
export function mayHoldSensitiveParts(values: readonly Value[]): {
  readonly holds: boolean
  readonly results: readonly ResultValue[]
  readonly declared: readonly ParameterValue[]
} {
  const parts: SensitivePart[] = []
  const results: ResultValue[] = []
  const kept = (one: ResultValue): null => {
    results.push(one)
    return null
  }
  const typed: ParameterValue[] = []
  const declared = (one: ParameterValue | MemberValue): null => {
    if (one.kind === 'parameter') typed.push(one)
    return null
  }
  const walk = { isRedactor: () => false, kept, stored: () => null, declared, parts, ...unwritten }
  for (const value of values) visit({ ...walk, seen: new Set() }, value, [], 0)
  return { holds: parts.length > 0, results, declared: typed }
}

function visit(walk: Walk, value: Value, path: Path, depth: number): void {
  if (depth > 12 || walk.seen.has(value)) return
  walk.seen.add(value)
  const each = (values: readonly Value[], next: Path): void => values.forEach((one) => visit(walk, one, next, depth + 1))
  switch (value.kind) {
    case 'parameter':
      if (isRequest(value))
        return add(walk, { what: 'the whole request', extent: 'whole', keys: ['headers', 'body'], value, path, confidence: 'high' })
      return value.role === 'unknown' ? parameter(walk, value, path) : undefined
    case 'environment':
      if (value.name === '*')
        return add(walk, { what: 'the whole environment', extent: 'whole', keys: [], value, path, confidence: 'high' })
      if (isStoreAddress(value.name)) return add(walk, leaf(`an address with its password (${value.name})`, value, path, 'medium'))
      return addNamed(walk, value.name, value, path, 'high')
    case 'member':
      return member(walk, value, path)
    case 'result':
      return result(walk, value, path, depth)
    case 'template':
      return each(value.parts, 'joined')
    case 'operation':
      return value.operator === '+'
        ? each(value.operands, 'joined')
        : ['||', '??', '&&'].includes(value.operator)
          ? each(value.operands, path)
          : undefined
    case 'choice':
      return each(value.options, path)
    case 'array':
      return each(value.elements, path === null || path === 'joined' ? path : [...path, '*'])
    case 'promise':
      return value.result === null ? undefined : visit(walk, value.result, path, depth + 1)
    case 'object':
      return object(walk, value, path, depth)
    default:
      return
  }
}

/** What a name says of itself, else what the class of an object has in it. */
function parameter(walk: Walk, value: ParameterValue, path: Path): void {
  const field = sensitiveName(value.name) === null && mayBeRecord(value) ? walk.declared(value) : null
  if (field === null || field === 'none') return addNamed(walk, value.name, value, path)
  addField(walk, field, value, path)
}

function addField(walk: Walk, { what, name, confidence }: SecretField, value: Value, path: Path): void {
  add(walk, { what: `${what} (${name})`, extent: 'whole', keys: [name], value, path, confidence, isDeclared: true })
}

function member(walk: Walk, value: MemberValue, path: Path): void {
  const { object: owner, name } = value
  if (cutFrom(value) !== null) return add(walk, leaf('credentials', value, path, 'high'))
  if (isRequest(owner)) {
    const whole = wholes[name]
    const field = name === 'body' ? walk.declared(value) : null
    if (field === 'none') return
    if (field !== null) return addField(walk, field, value, path)
    if (whole !== undefined)
      add(walk, {
        what: whole[0],
        extent: 'whole',
        keys: whole[1],
        value,
        path,
        confidence: name === 'body' || name === 'rawBody' ? 'medium' : 'high',
      })
    return
  }
  const shaken = handshakePart(value)
  if (shaken !== null) return add(walk, { what: shaken[0], extent: 'whole', keys: shaken[1], value, path, confidence: 'high' })
  const failed = failedRequestPart(value)
  if (failed !== null) return add(walk, { what: failed[0], extent: 'whole', keys: failed[1], value, path, confidence: 'medium' })
  const part = owner.kind === 'member' && isRequest(owner.object) ? owner.name : ''
  if (part === 'headers' && isSecretHeader(name)) return add(walk, leaf(`the ${name} header`, value, path, 'high'))
  if (/^(signedC|c)ookies$/.test(part) && (sensitiveName(name) !== null || isSessionCookie(name)))
    return add(walk, leaf(`the cookie ${name}`, value, path, 'high'))
  addNamed(walk, name, value, path, part === 'body' || part === 'query' ? 'high' : 'medium')
}

const transparent = /^(JSON\.stringify|String|Object\.assign|Object\.entries|Object\.values|Object\.freeze|structuredClone|Array\.from)$/
const transparentMethods = /^(toString|trim|concat|join|valueOf|toJSON|toObject)$/

function result(walk: Walk, value: ResultValue, path: Path, depth: number): void {
  if (cutFrom(value) !== null) return add(walk, leaf('credentials', value, path, 'high'))
  const stored = walk.stored(value, walk.isPlain)
  if (stored !== null) return addStored(walk, stored, value, path)
  const kept = walk.kept(value)
  if (kept !== null && !tellsLittle(value)) return add(walk, leaf(kept.what, value, path, kept.confidence))
  const { callee, args } = value.call
  const method = methodName(callee)
  if (callee.kind === 'member' && isRequest(callee.object) && (method === 'get' || method === 'header')) {
    const header = stringOf(args[0] ?? null)
    if (header !== null && isSecretHeader(header)) add(walk, leaf(`the ${header} header`, value, path, 'high'))
    return
  }
  const globalName = globalOf(callee) ?? ''
  const isJson = globalName === 'JSON.stringify'
  // A replacer or a list of keys decides what is written.
  if (isJson && args[1] !== undefined && isAbsent(args[1]) !== 'yes') return
  const origin = originOf(callee)
  const isUtil = origin?.package === 'util' && /^(inspect|format)$/.test(origin.path.join('.'))
  const next = globalName === 'String' || method === 'toString' || method === 'join' ? 'joined' : path
  const look = (values: readonly Value[], to: Path): void => values.forEach((one) => visit(walk, one, to, depth + 1))
  if (isJson || isUtil) writtenAs(walk, isJson ? 'stringify' : 'inspect', () => look(args, null))
  else if (transparent.test(globalName)) look(args, next)
  else if (callee.kind === 'member' && transparentMethods.test(callee.name)) {
    const inner = (): void => look([callee.object], next)
    if (callee.name === 'toJSON' || callee.name === 'toObject') writtenAs(walk, callee.name, inner)
    else inner()
  } else if (tokenCallOf(value.call)?.does === 'sign') add(walk, leaf('a signed token', value, path, 'high'))
}

function object(walk: Walk, value: ObjectValue, path: Path, depth: number): void {
  if (path === 'joined' || (value.role !== 'plain' && !isRecord(value)) || walk.isRedactor(value.at)) return
  const names = [...value.properties.keys()]
  // Whoever overwrites one such property of a copy has thought of the others.
  const isRedacted = names.some((name) => name === '*' || (sensitiveName(name) !== null && value.properties.get(name)?.kind === 'literal'))
  for (const [name, one] of value.properties) {
    if (name === '...' && !isRedacted) visit(walk, one, path, depth + 1)
    if (name === '...' || name.startsWith('#') || (ambiguous.test(name) && names.some((beside) => counting.test(beside)))) continue
    const next = path === null ? null : [...path, name]
    const before = walk.parts.length
    visit(walk, one, next, depth + 1)
    if (walk.parts.length === before && isOpaqueText(one) && !tellsLittle(one)) addNamed(walk, name, one, next, 'medium')
    // What came out of a variable is shown where the property is written.
    const at = value.writtenAt.get(name)
    if (at === undefined) continue
    for (let index = before; index < walk.parts.length; index++) {
      const part = walk.parts[index]
      if (part !== undefined && !comesAfter(part.at, at)) walk.parts[index] = { ...part, at }
    }
  }
}

/** How many checks pass beside those that fail, and where a camera points beside its zoom: no password, and no number of a card. */
const ambiguous = /^(pass|pan)$/
const counting = /^(fail(s|ed|ures?)?|skip(s|ped)?|zoom|tilt)$/
