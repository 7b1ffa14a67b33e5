// Comparisons in functions that callers share, with what each handler hands over in the place of their parameters.
import type { FunctionValue, OperationValue, Value } from '../../link/value.js'
import { functionsBehind } from '../../link/handlers.js'
import type { Delivery, ProjectModel } from '../model.js'
import { recorded, recordedOnce } from '../recorded.js'
import { operationsIn } from '../secrets/comparisons.js'
import { noteFunction } from '../tracked.js'

export interface HandedComparison {
  /** As it stands in the function. */
  readonly operation: OperationValue
  /** What its two sides are for one of those who call it. */
  readonly handed: OperationValue
}

/**
 * Of `same(a, b)` that a handler calls, or something that it calls: `a === b` with what it was given.
 * Functions are run by themselves for it, so only those are that get two things which it would matter to compare.
 */
export function handedComparisons(
  wouldMatter: (given: Value, other: Value) => boolean,
): (model: ProjectModel) => readonly HandedComparison[] {
  const hasPair = ({ args }: Delivery): boolean => args.some((one) => args.some((other) => other !== one && wouldMatter(one, other)))
  return recordedOnce((model) =>
    servingFunctions(model).flatMap((fn) =>
      (model.summaryOf(fn).deliveries ?? []).filter(hasPair).flatMap((delivery) => comparedIn(model, delivery)),
    ),
  )
}

/** What runs for requests: middleware, guards and handlers of routes. */
export const servingFunctions = recordedOnce((model): readonly FunctionValue[] => [
  ...new Set(model.routes.flatMap(({ chain }) => chain.flatMap(({ value }) => functionsBehind(value)))),
])

function comparedIn(model: ProjectModel, { callee, args }: Delivery): readonly HandedComparison[] {
  return comparisonsOf(model, callee).flatMap((operation) => {
    const operands = operation.operands.map((one) => (one.kind === 'parameter' ? (args[one.index] ?? null) : null))
    return operands.every((one) => one !== null) ? [{ operation, handed: { ...operation, operands } }] : []
  })
}

/** Those of two parameters by which the function answers, goes on or throws. */
const comparisonsOf = recorded((model, fn: FunctionValue): readonly OperationValue[] => {
  // To run each of what a library of the project is made of by itself takes longer than all the rest.
  noteFunction(fn)
  const names = new Set(fn.facts.parameters.flatMap(({ pattern }) => (pattern[0] === 'name' ? [pattern[2]] : [])))
  if (fn.facts.parameters.length < 2 || !mayCompare(fn.facts.body, names)) return []
  const { returns, throws } = model.summaryOf(fn)
  const isOwn = (value: Value): boolean => value.kind === 'parameter' && value.fn.file === fn.source.file && value.fn.fn === fn.facts.id
  const all = [...returns.map(({ value }) => value), ...[...returns, ...throws].flatMap(({ guards }) => guards.map(({ value }) => value))]
  return [...new Set(all.flatMap(operationsIn))].filter(
    ({ operator, operands }) => /^[!=]==?$/.test(operator) && operands.length === 2 && operands.every(isOwn),
  )
})

/** Whether two things are compared, neither of them written out, or two parameters handed on together. A function within may do so. Facts are tuples within tuples, which begin with their word. */
function mayCompare(part: unknown, names: ReadonlySet<string>): boolean {
  if (typeof part !== 'object' || part === null) return false
  if (!Array.isArray(part)) return Object.values(part).some((one) => mayCompare(one, names))
  const parts: readonly unknown[] = part
  const [kind, , operator, ...operands] = parts
  if (kind === 'switch' || kind === 'function' || kind === 'class') return true
  if (kind === 'binary' && /^[!=]==?$/.test(String(operator)) && !operands.some(isWrittenOut)) return true
  const handed = kind === 'call' && Array.isArray(operands[0]) ? operands[0].filter((one) => isNamed(one, names)) : []
  return handed.length > 1 || parts.some((one) => mayCompare(one, names))
}

function isNamed(part: unknown, names: ReadonlySet<string>): boolean {
  return Array.isArray(part) && part[0] === 'name' && names.has(String(part[2]))
}

function isWrittenOut(part: unknown): boolean {
  return Array.isArray(part) && /^(?:literal|undefined|bigint)$/.test(String(part[0]))
}
