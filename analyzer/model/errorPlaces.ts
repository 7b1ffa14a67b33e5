// Where an error is handed over towards a client: the outermost place in the function that caught it.
import type { CallRecord, ObjectValue, ParameterValue, Value } from '../link/value.js'
import { type Location, locationKey } from '../text/location.js'
import { errorPart, type ErrorPart } from './errorParts.js'
import type { ProjectModel } from './model.js'

export interface HandOver {
  readonly at: Location
  /**
   * How the place can be written anew: a property of an object literal, an argument of a call, or not known.
   * `object` is the literal, `call` the call.
   */
  readonly how:
    | { readonly kind: 'property'; readonly object: Location; readonly key: string }
    | { readonly kind: 'argument'; readonly call: Location; readonly index: number }
    | { readonly kind: 'other' }
}

/** Finds the place for an answer that carries `found`. Helpers further in are evidence: the call of them in the function that caught the error is the place. */
export function handedOver(model: ProjectModel, record: CallRecord, body: Value | null, found: ErrorPart, error: ParameterValue): HandOver {
  const isOwn = (at: Location): boolean => at.file === error.fn.file && at.fn === error.fn.fn
  const index = record.args.findIndex((arg) => arg === body)
  const argument: HandOver = {
    at: record.argsAt[index] ?? record.at,
    how: { kind: 'argument', call: record.at, index: Math.max(index, 0) },
  }
  const property = body === null ? null : innermostProperty(body, found)
  if (record.isWrite && isOwn(record.at)) return { at: record.at, how: { kind: 'other' } }
  if (property !== null && isOwn(property.at) && isWritten(property)) return property
  if (isOwn(record.at)) return argument
  const call = record.stack.find(isOwn)
  if (call !== undefined) return { at: call, how: argumentOf(model, call, error) }
  if (property !== null && isOwn(property.at)) return property
  if (isOwn(found.source.at)) return { at: found.source.at, how: { kind: 'other' } }
  return property ?? argument
}

/** The property, however deep in object literals, that holds the part; the last one that was written in the same function. */
function innermostProperty(body: Value, found: ErrorPart): HandOver | null {
  let holder: Value = body
  let place: HandOver | null = null
  for (let depth = 0; depth < 8; depth += 1) {
    const owner = objectIn(holder)
    if (owner === null) return place
    const key = [...owner.properties.keys()].find((name) => sameSource(errorPart(owner.properties.get(name) ?? null), found))
    if (key === undefined) return place
    const at = owner.writtenAt.get(key)
    if (at === undefined || (place !== null && locationKey({ ...at, node: 0 }) !== locationKey({ ...place.at, node: 0 }))) return place
    const isInLiteral = at.fn === owner.at.fn && at.file === owner.at.file && at.node > owner.at.node
    place = { at, how: isInLiteral ? { kind: 'property', object: owner.at, key } : { kind: 'other' } }
    holder = owner.properties.get(key) ?? holder
  }
  return place
}

function objectIn(value: Value): ObjectValue | null {
  if (value.kind === 'object') return value.role === 'plain' ? value : null
  if (value.kind === 'promise') return value.result === null ? null : objectIn(value.result)
  if (value.kind === 'template') return value.parts.map(objectIn).find((one) => one !== null) ?? null
  if (value.kind === 'result' && value.call.args[0] !== undefined) return objectIn(value.call.args[0])
  return null
}

function sameSource(part: ErrorPart | null, found: ErrorPart): boolean {
  return part !== null && part.part === found.part && locationKey(part.source.at) === locationKey(found.source.at)
}

/** A property that was written by an assignment stands in a statement of its own. */
function isWritten(place: HandOver): boolean {
  return place.how.kind === 'property'
}

/** The only argument of a call of a project function that names the error. */
function argumentOf(model: ProjectModel, call: Location, error: ParameterValue): HandOver['how'] {
  const facts = model.files.get(call.file)
  const body = facts?.kind === 'source' ? facts.functions[call.fn]?.body : undefined
  const expression = body === undefined ? null : callAt(body, call.node)
  if (expression === null || error.name === '') return { kind: 'other' }
  const naming = expression.flatMap((arg, index) => (mentions(arg, error.name) ? [index] : []))
  const [index] = naming
  return index === undefined || naming.length > 1 ? { kind: 'other' } : { kind: 'argument', call, index }
}

/** The arguments of the call with that number, wherever it stands in the facts. */
function callAt(facts: unknown, node: number): readonly unknown[] | null {
  if (typeof facts !== 'object' || facts === null) return null
  if (Array.isArray(facts)) {
    const parts: readonly unknown[] = facts
    if (parts[0] === 'call' && parts[1] === node) return Array.isArray(parts[3]) ? parts[3] : null
  }
  for (const part of Object.values(facts)) {
    const found = callAt(part, node)
    if (found !== null) return found
  }
  return null
}

function mentions(facts: unknown, name: string): boolean {
  if (typeof facts !== 'object' || facts === null) return false
  if (Array.isArray(facts) && facts[0] === 'name' && facts[2] === name) return true
  return Object.values(facts).some((part) => mentions(part, name))
}
