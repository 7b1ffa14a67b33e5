// Comparisons in what calls depend on or receive, for whoever knows which ones matter.
import type { CallRecord, OperationValue, Value } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { ofCalls } from '../perPart.js'
import { childrenOf } from '../search.js'
import { callsAmong, conditionsOf } from '../sorted.js'

export interface Compared {
  readonly operation: OperationValue
  /** A call that depends on the outcome, or receives it. */
  readonly call: CallRecord
}

/**
 * A question about operations in conditions and arguments, through operators. `makeFind` makes what is asked of each; it may keep a memory for one part of the
 * model. Each thing is looked at once a file.
 */
export function comparisonsThat<Found extends object>(
  makeFind: () => (operation: OperationValue) => readonly Found[],
): (model: ProjectModel) => readonly (Found & Compared)[] {
  return ofCalls((calls): readonly (Found & Compared)[] => {
    const foundOf = suspiciousOperations(calls, makeFind)
    if (foundOf.size === 0) return []
    const holds = searchedFor(foundOf)
    const found: (Found & Compared)[] = []
    const seenIn = new Map<string, Set<Value>>()
    for (const call of calls) {
      if (call.isOff) continue
      let seen = seenIn.get(call.at.file)
      if (seen === undefined) seenIn.set(call.at.file, (seen = new Set()))
      const operations: OperationValue[] = []
      for (const guard of call.guards) if (guard.kind !== 'off' && holds(guard.value)) collectOperations(guard.value, operations, seen, 0)
      for (const arg of call.args) if (holds(arg)) collectOperations(arg, operations, seen, 0)
      for (const operation of operations) for (const one of foundOf.get(operation) ?? []) found.push({ ...one, operation, call })
    }
    return found
  })
}

/** Whether one of the operations is in a value, through operators alone: calls share most of their conditions, and hardly any holds one. */
function searchedFor(operations: ReadonlyMap<OperationValue, unknown>): (value: Value) => boolean {
  const known = new Map<Value, boolean>()
  return (value) => {
    if (!isOperator(value)) return false
    let found = known.get(value)
    if (found === undefined) known.set(value, (found = operationsIn(value).some((one) => operations.has(one))))
    return found
  }
}

/** Few projects compare such a thing anywhere: all operations in conditions and arguments, with what is asked for. */
function suspiciousOperations<Found>(
  calls: readonly CallRecord[],
  makeFind: () => (operation: OperationValue) => readonly Found[],
): ReadonlyMap<OperationValue, readonly Found[]> {
  const operations: OperationValue[] = []
  const seen = new Set<Value>()
  for (const condition of conditionsOf(calls)) collectOperations(condition, operations, seen, 0)
  for (const { args } of callsAmong(calls, { given: OPERATORS })) for (const arg of args) collectOperations(arg, operations, seen, 0)
  const find = makeFind()
  const found = new Map<OperationValue, readonly Found[]>()
  for (const one of operations) {
    const all = find(one)
    if (all.length > 0) found.set(one, all)
  }
  return found
}

/** Operations in a value, through operators alone. */
export function operationsIn(value: Value): readonly OperationValue[] {
  const found: OperationValue[] = []
  collectOperations(value, found, new Set(), 0)
  return found
}

/** What operations are looked for in. */
const OPERATORS = ['operation', 'choice', 'promise', 'array'] as const

function isOperator({ kind }: Value): boolean {
  return kind === 'operation' || kind === 'choice' || kind === 'promise' || kind === 'array'
}

function collectOperations(value: Value, into: OperationValue[], seen: Set<Value>, depth: number): void {
  if (depth > 24 || !isOperator(value) || seen.has(value)) return
  seen.add(value)
  if (value.kind === 'operation') into.push(value)
  for (const child of childrenOf(value)) collectOperations(child, into, seen, depth + 1)
  // What a function answers after asking: `if (key !== secret) return false`.
  if (value.kind === 'choice')
    for (const all of value.conditions ?? []) for (const condition of all) collectOperations(condition.value, into, seen, depth + 1)
}
