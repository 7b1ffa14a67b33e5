// Where an async function lets a rejection out: awaits and throws that none of its try blocks catches.
import type { SourceFacts } from '../../extract/facts.js'
import { effectOf } from '../../frameworks/knownPackages.js'
import type { CallRecord } from '../../link/value.js'
import type { FunctionPlace, Location } from '../../text/location.js'
import { callsWithin, type Called, type Calls } from './calledFrom.js'
import type { ProjectModel } from '../model.js'
import type { Conduct } from '../conduct.js'
import { originOf } from '../origins.js'
import { mayReject } from './promiseExecutors.js'

export interface Rejection {
  readonly at: Location
  /** False where it is not known what the awaited call does. */
  readonly isKnown: boolean
}

/** What may be rejected in a function, and what calls it makes by the place of the call. */
interface OpenPlaces {
  readonly awaits: readonly Awaited[]
  readonly throws: readonly number[]
  /** Calls whose result is dropped or returned, with whether they end in `.then(…)` alone. */
  readonly dropped: readonly { readonly node: number; readonly isThen: boolean }[]
  /** Calls whose result is returned. */
  readonly returned: readonly number[]
}
interface Awaited {
  readonly node: number
  /** The call that is awaited. null for anything else. */
  readonly call: number | null
}

const DEEPEST = 6
const nothing: Called = { leaves: false, calls: [], enters: [] }

/**
 * The first rejection that an async function lets out, null where it catches all. Calls of project functions are followed through its
 * conduct (what ran when it was called), so that awaiting a function that catches everything itself counts for nothing.
 */
export function rejectionOf(model: ProjectModel, fn: FunctionPlace, conduct: Conduct): Rejection | null {
  return search(model, fn, callsWithin(conduct.records, conduct.summary.crossings), 0)
}

/** As `rejectionOf`, for a function that is not async itself: promises that it starts and nobody catches. */
export function droppedRejectionOf(model: ProjectModel, fn: FunctionPlace, conduct: Conduct): Rejection | null {
  const facts = factsOf(model, fn)
  const calls = callsWithin(conduct.records, conduct.summary.crossings)
  for (const { node, isThen } of facts === null ? [] : openPlaces(facts, fn.fn).dropped) {
    const at = { ...fn, node }
    const { leaves, enters } = calls(at)
    if (isThen && leaves) return { at, isKnown: true }
    for (const callee of enters) {
      const inner = factsOf(model, callee)?.functions[callee.fn]
      const rejection = inner?.isAsync === true ? search(model, callee, calls, 1) : null
      if (rejection !== null) return { at, isKnown: rejection.isKnown }
    }
  }
  return null
}

function search(model: ProjectModel, fn: FunctionPlace, calls: Calls, depth: number): Rejection | null {
  const facts = factsOf(model, fn)
  if (facts === null) return null
  if (depth > DEEPEST) return { at: { ...fn, node: 0 }, isKnown: false }
  const { awaits, throws, returned } = openPlaces(facts, fn.fn)
  let unsure: Rejection | null = null
  for (const { node, call } of awaits) {
    const at = { ...fn, node }
    const { leaves, enters } = call === null ? nothing : calls({ ...fn, node: call })
    if (leaves) return { at, isKnown: true }
    if (enters.length === 0) unsure ??= { at, isKnown: false }
    for (const callee of enters) {
      const rejection = search(model, callee, calls, depth + 1)
      if (rejection?.isKnown === true) return { at, isKnown: true }
      if (rejection !== null) unsure ??= { at, isKnown: false }
    }
  }
  // What a callee returns is awaited by its caller.
  for (const node of depth === 0 ? [] : returned) {
    const at = { ...fn, node }
    const found = passedOn(model, calls(at), calls, depth)
    if (found === 'known') return { at, isKnown: true }
    if (found === 'unsure') unsure ??= { at, isKnown: false }
  }
  const [thrown] = throws
  return thrown === undefined ? unsure : { at: { ...fn, node: thrown }, isKnown: true }
}

/** Whether a promise that a call gave may be rejected: surely where a package waits for something else, perhaps where it is not known what it does. */
function passedOn(model: ProjectModel, { calls: left, enters }: Called, calls: Calls, depth: number): 'known' | 'unsure' | null {
  const rejections = enters.map((callee) => search(model, callee, calls, depth + 1))
  if (left.some(waits) || rejections.some((one) => one?.isKnown === true)) return 'known'
  return left.length > 0 || rejections.some((one) => one !== null) ? 'unsure' : null
}

function waits({ callee }: CallRecord): boolean {
  const origin = originOf(callee)
  return origin !== null && !inProcess.has(origin.package) && waiting.has(effectOf(origin.package, origin.path)?.kind ?? '')
}

const waiting: ReadonlySet<string> = new Set(['orm', 'database', 'cache', 'mail', 'sms', 'payment', 'cloud', 'queue', 'http client'])

/** Caches that answer at once, from the memory of the process. */
const inProcess: ReadonlySet<string> = new Set(['node-cache', 'lru-cache'])

function factsOf(model: ProjectModel, { file, fn }: FunctionPlace): SourceFacts | null {
  const facts = model.files.get(file)
  return facts?.kind === 'source' && facts.functions[fn] !== undefined ? facts : null
}

// Facts never change, so what was read from them lives as long as they do.
const known = new WeakMap<object, OpenPlaces>()

function openPlaces(source: SourceFacts, id: string): OpenPlaces {
  const facts = source.functions[id]
  if (facts === undefined) return { awaits: [], throws: [], dropped: [], returned: [] }
  const before = known.get(facts)
  if (before !== undefined) return before
  const places = { awaits: [], throws: [], dropped: [], returned: [] }
  walk(facts.body, { source, isCaught: false, isHandler: false }, places)
  known.set(facts, places)
  return places
}

interface Around {
  readonly source: SourceFacts
  readonly isCaught: boolean
  /** In a catch or finally block, where awaits tidy up and are not asked for. */
  readonly isHandler: boolean
}

interface Collected {
  readonly awaits: Awaited[]
  readonly throws: number[]
  readonly dropped: { node: number; isThen: boolean }[]
  readonly returned: number[]
}

/** Walks statements and expressions of one function; nested functions are ids and so not entered. */
function walk(facts: unknown, around: Around, places: Collected): void {
  if (typeof facts !== 'object' || facts === null) return
  if (!Array.isArray(facts)) {
    for (const part of Object.values(facts)) walk(part, around, places)
    return
  }
  const parts: readonly unknown[] = facts
  const [kind, node] = parts
  if (typeof kind !== 'string' || typeof node !== 'number') {
    for (const part of parts) walk(part, around, places)
    return
  }
  if (kind === 'try') return walkTry(parts, around, places)
  if (kind === 'throw' && !around.isCaught) places.throws.push(node)
  const isHandedOut = (kind === 'await' || kind === 'return') && !around.isCaught && !around.isHandler
  if (isHandedOut && mayReject(around.source, parts[2])) places.throws.push(node)
  if (kind === 'await' && !around.isCaught && !around.isHandler && !settles(parts[2])) places.awaits.push({ node, call: callOf(parts[2]) })
  if ((kind === 'expression' || kind === 'return') && !around.isCaught) {
    const call = callOf(parts[2])
    if (call !== null && !settles(parts[2])) places.dropped.push({ node: call, isThen: isThen(parts[2]) })
    if (call !== null && !settles(parts[2]) && kind === 'return') places.returned.push(call)
  }
  for (const part of parts.slice(2)) walk(part, around, places)
}

function walkTry(parts: readonly unknown[], around: Around, places: Collected): void {
  const [, , block, handler, finalizer] = parts
  walk(block, handler === null ? around : { ...around, isCaught: true }, places)
  if (typeof handler === 'object' && handler !== null && 'body' in handler) walk(handler.body, { ...around, isHandler: true }, places)
  walk(finalizer, { ...around, isHandler: true }, places)
}

function callOf(expression: unknown): number | null {
  return Array.isArray(expression) && expression[0] === 'call' && typeof expression[1] === 'number' ? expression[1] : null
}

/** `x.catch(…)`, `x.then(a, b)`, `Promise.allSettled(…)`, `new Promise(…)`: nothing is rejected there, as far as the expression says. */
function settles(expression: unknown): boolean {
  if (!Array.isArray(expression)) return false
  if (expression[0] === 'new') return true
  if (expression[0] !== 'call') return false
  const name = memberName(expression[2])
  const args: unknown = expression[3]
  if (name === 'finally') return Array.isArray(expression[2]) && settles(expression[2][2])
  return name === 'catch' || name === 'allSettled' || (name === 'then' && Array.isArray(args) && args.length > 1)
}

function isThen(expression: unknown): boolean {
  return Array.isArray(expression) && memberName(expression[2]) === 'then'
}

function memberName(callee: unknown): string | null {
  return Array.isArray(callee) && callee[0] === 'member' && typeof callee[3] === 'string' ? callee[3] : null
}
