// Where an error is handed over towards a client: the outermost place in the function that caught it.
import type { CallRecord, ObjectValue, ParameterValue, PathCondition, Value } from '../../link/value.js'
import { inSameFunction, type Location } from '../../text/location.js'
import { livingOptions, type ErrorPart } from './errorParts.js'
import type { ProjectModel } from '../model.js'
import { globalOf } from '../origins.js'

interface PropertyPlace {
  readonly kind: 'property'
  readonly object: Location
  readonly key: string
}

/** `body.trace = error.stack` */
interface AssignedPlace {
  readonly kind: 'assigned'
  readonly at: Location
}

export interface HandOver {
  readonly at: Location
  /**
   * How the place can be written anew: a property of an object literal, an argument of a call, or not known.
   * `object` is the literal, `call` the call, `made` where a helper puts the error into what it returns.
   */
  readonly how:
    | PropertyPlace
    | { readonly kind: 'argument'; readonly call: Location; readonly index: number; readonly made?: PropertyPlace | AssignedPlace }
    | { readonly kind: 'other' }
}

/** Finds the place for an answer that carries `found`. Helpers further in are evidence: the call of them in the function that caught the error is the place. */
export function handedOver(
  model: ProjectModel,
  record: CallRecord,
  body: Value | null,
  leaf: Leaf,
  found: ErrorPart,
  error: ParameterValue,
): HandOver {
  const isOwn = (at: Location): boolean => inSameFunction(at, error.fn)
  const index = record.args.findIndex((arg) => arg === body)
  const argument: HandOver = {
    at: record.argsAt[index] ?? record.at,
    how: { kind: 'argument', call: record.at, index: Math.max(index, 0) },
  }
  const property = innermostProperty(model, leaf)
  if (record.isWrite && isOwn(record.at)) return { at: record.at, how: { kind: 'other' } }
  if (property !== null && isOwn(property.at)) return property
  if (isOwn(record.at)) return property === null ? argument : withMade(argument, property)
  const call = record.stack.find(isOwn)
  if (call !== undefined) return { at: call, how: argumentOf(model, call, error) }
  if (isOwn(found.source.at)) return { at: found.source.at, how: { kind: 'other' } }
  return property ?? argument
}

function withMade(argument: HandOver, { at, how }: HandOver): HandOver {
  if (argument.how.kind !== 'argument') return argument
  const made = how.kind === 'property' ? how : ({ kind: 'assigned', at } as const)
  return { ...argument, how: { ...argument.how, made } }
}

/** A value within an answer, with the properties of object literals that lead to it. */
export interface Leaf {
  readonly value: Value
  readonly path: readonly { readonly owner: ObjectValue; readonly key: string }[]
  /** What holds where it is part of the answer. */
  readonly conditions: readonly PathCondition[]
}

/** The values that an answer is made of: object literals are entered, also behind `JSON.stringify`, and alternatives one by one. */
export function leavesOf(value: Value, path: Leaf['path'] = [], conditions: Leaf['conditions'] = []): readonly Leaf[] {
  if (path.length < 8) {
    if (value.kind === 'object' && value.role === 'plain')
      return [...value.properties].flatMap(([key, one]) => leavesOf(one, [...path, { owner: value, key }], conditions))
    if (value.kind === 'promise' && value.result !== null) return leavesOf(value.result, path, conditions)
    if (value.kind === 'template') {
      const written = value.parts.find(isWrittenOut)
      if (written !== undefined) return leavesOf(written, path, conditions)
    }
    if (value.kind === 'choice' && conditions.length < 8 && value.options.some(isPlainObject))
      return livingOptions(value).flatMap((one) => leavesOf(one.option, path, [...conditions, ...one.conditions]))
    const inner = isWrittenOut(value) ? value.call.args[0] : undefined
    if (inner?.kind === 'object') return leavesOf(inner, path, conditions)
  }
  return [{ value, path, conditions }]
}

function isPlainObject(value: Value): boolean {
  return (value.kind === 'object' && value.role === 'plain') || (value.kind === 'choice' && value.options.some(isPlainObject))
}

function isWrittenOut(value: Value): value is Extract<Value, { kind: 'result' }> {
  return value.kind === 'result' && globalOf(value.call.callee) === 'JSON.stringify' && value.call.args[0]?.kind === 'object'
}

/** The innermost of the properties that were written in one function with the outermost. */
export function innermostProperty(model: ProjectModel, { path }: Leaf): HandOver | null {
  let place: HandOver | null = null
  for (const { owner, key } of path) {
    const at = owner.writtenAt.get(key)
    if (at === undefined || (place !== null && !inSameFunction(at, place.at))) return place
    const isInLiteral = isWithin(model, at, owner.at)
    place = { at, how: isInLiteral ? { kind: 'property', object: owner.at, key } : { kind: 'other' } }
  }
  return place
}

/** A property may also be written by an assignment, which stands elsewhere. */
function isWithin(model: ProjectModel, at: Location, literal: Location): boolean {
  const facts = model.files.get(at.file)
  const spans = facts?.kind === 'source' ? facts.functions[at.fn]?.spans : undefined
  if (spans === undefined || !inSameFunction(at, literal)) return false
  const edge = (place: Location, side: 0 | 1): number => spans[2 * place.node + side] ?? -1
  return edge(literal, 0) < edge(at, 0) && edge(at, 1) <= edge(literal, 1)
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
    if ((parts[0] === 'call' || parts[0] === 'new') && parts[1] === node) return Array.isArray(parts[3]) ? parts[3] : null
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
