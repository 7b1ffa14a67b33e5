// What callers give to functions whose run they share: parts of a request, and what was handed in before and may be stored further on.
import type { FunctionFacts } from '../extract/facts.js'
import type { CallSite, Machine } from './machine.js'
import { snapshot } from './records.js'
import { addTo } from './units.js'
import type { FunctionValue, Value } from './value.js'

/** Names of what stores, or leads to it. What it does in truth is for the model to say. */
const STORES =
  /^(query|execute|run|exec|raw|many|one|none|any|save|set|put|add|\$(query|execute)Raw(Unsafe)?)$|create|insert|update|upsert|persist|store|write|replace|patch|merge/i

const MOST_ARGUMENTS = 8
const DEEPEST = 3

/** Keeps the arguments where one holds a part of the request, or a parameter of the caller that the callee hands on to what may store it. */
export function noteDelivery(machine: Machine, site: CallSite, fn: FunctionValue, args: readonly Value[]): void {
  if (machine.phase !== 'handler' || machine.sweepDepth > 0 || machine.offDepth > 0) return
  if (args.length === 0 || args.length > MOST_ARGUMENTS) return
  const isGiven = args.some((arg) => holds(arg, isOfRequest, 0))
  if (!isGiven && (machine.unit.kind !== 'shared' || !args.some((arg) => holds(arg, isOfParameter, 0)) || !mayMatter(fn))) return
  deliver(machine, site, fn, args)
}

/** `fields.filter((field) => typeof body[field] === 'string')`: what a list is sifted by. */
export function noteSifting(machine: Machine, site: CallSite, test: Value, answer: Value): void {
  if (machine.phase !== 'handler' || machine.sweepDepth > 0 || machine.offDepth > 0) return
  if (test.kind === 'function' && holds(answer, isOfRequest, 0)) deliver(machine, site, test, [answer])
}

function deliver(machine: Machine, { at }: CallSite, callee: FunctionValue, args: readonly Value[]): void {
  addTo(machine.unit, 'deliveries', { at, callee, args, guards: snapshot(machine.guards, 'guards', machine) })
}

/** What checks by its name refuses by what it is given. */
const CHECKS = /valid|assert|check|ensure|verif/i

function mayMatter({ facts }: FunctionValue): boolean {
  if (CHECKS.test(facts.name)) return true
  let answer = storing.get(facts)
  if (answer === undefined) storing.set(facts, (answer = facts.spans.length <= 2 * MOST_NODES && callsStore(facts.body)))
  return answer
}

// Facts never change.
const storing = new WeakMap<FunctionFacts, boolean>()

/** Whoever only hands on is short. */
const MOST_NODES = 300

/** Walks statements without knowing their kinds. */
function callsStore(part: unknown): boolean {
  if (!Array.isArray(part)) return typeof part === 'object' && part !== null && Object.values(part).some(callsStore)
  const [kind, , callee] = part as readonly unknown[]
  if (kind === 'call' && Array.isArray(callee)) {
    const name: unknown = callee[0] === 'member' ? callee[3] : callee[0] === 'name' ? callee[2] : null
    if (typeof name === 'string' && STORES.test(name)) return true
  }
  return part.some((one) => typeof one === 'object' && one !== null && callsStore(one))
}

/** Also in texts, lists and objects, and what methods made of it. */
function holds(value: Value, fits: (value: Value) => boolean, depth: number): boolean {
  if (depth > DEEPEST) return false
  switch (value.kind) {
    case 'member':
    case 'parameter':
      return fits(value)
    case 'promise':
      return value.result !== null && holds(value.result, fits, depth + 1)
    case 'choice':
      return anyHolds(value.options, fits, depth + 1)
    case 'operation':
      return anyHolds(value.operands, fits, depth + 1)
    case 'array':
      return anyHolds(value.elements, fits, depth + 1)
    case 'result':
      return (
        isHeader(value) ||
        (value.call.callee.kind === 'member' && holds(value.call.callee.object, fits, depth + 1)) ||
        (isQuestion(value) && anyHolds(value.call.args, fits, depth + 1))
      )
    case 'object':
      return value.role === 'plain' && depth < DEEPEST && anyHolds([...value.properties.values()], fits, depth + 1)
    default:
      return false
  }
}

function anyHolds(values: readonly Value[], fits: (value: Value) => boolean, depth: number): boolean {
  for (const one of values) if (holds(one, fits, depth)) return true
  return false
}

/** `req.get('x-signature')`. */
function isHeader({ call: { callee } }: Extract<Value, { kind: 'result' }>): boolean {
  return (
    callee.kind === 'member' && /^(get|header)$/.test(callee.name) && callee.object.kind === 'parameter' && callee.object.role === 'request'
  )
}

/** `/^\d+$/.test(code)`, `Number.isInteger(stars)`: what is handed on is the answer. */
function isQuestion({ call }: Extract<Value, { kind: 'result' }>): boolean {
  return call.callee.kind === 'member' && /^(is[A-Z]\w*|test|match|includes|has|some|every)$/.test(call.callee.name)
}

/** `req.body.name`, `req.headers['x-signature']`, and `claims.sub` of a token that was only read; one whole `req.body` is like another, and stays what it is. */
function isOfRequest(value: Value): boolean {
  if (value.kind !== 'member') return false
  let part = value
  while (part.object.kind === 'member') part = part.object
  const root = part.object
  if (root.kind === 'result') return root.call.callee.kind === 'member' && /^(decode|decodeJwt|jwtDecode)$/.test(root.call.callee.name)
  return part !== value && /^(body|query|params|headers)$/.test(part.name) && root.kind === 'parameter' && root.role === 'request'
}

function isOfParameter(value: Value): boolean {
  let root = value
  while (root.kind === 'member') root = root.object
  return root.kind === 'parameter' && root.role === 'unknown'
}
