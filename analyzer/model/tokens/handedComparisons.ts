// Comparisons in functions that callers share, with what each handler hands over in the place of their parameters.
import type { FunctionValue, OperationValue, Value } from '../../link/value.js'
import { functionsBehind } from '../../link/handlers.js'
import type { Delivery, ProjectModel } from '../model.js'
import { recorded, recordedOnce } from '../recorded.js'
import { operationsIn } from '../secrets/comparisons.js'

export interface HandedComparison {
  /** As it stands in the function. */
  readonly operation: OperationValue
  /** What its two sides are for one of those who call it. */
  readonly handed: OperationValue
}

/** Of `same(a, b)` that a handler calls, or something that it calls: `a === b` with what it was given. */
export const handedComparisons = recordedOnce((model): readonly HandedComparison[] =>
  servingFunctions(model).flatMap((fn) => (model.summaryOf(fn).deliveries ?? []).flatMap((delivery) => comparedIn(model, delivery))),
)

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
  const { returns, throws } = model.summaryOf(fn)
  const isOwn = (value: Value): boolean => value.kind === 'parameter' && value.fn.file === fn.source.file && value.fn.fn === fn.facts.id
  const all = [...returns.map(({ value }) => value), ...[...returns, ...throws].flatMap(({ guards }) => guards.map(({ value }) => value))]
  return [...new Set(all.flatMap(operationsIn))].filter(
    ({ operator, operands }) => /^[!=]==?$/.test(operator) && operands.length === 2 && operands.every(isOwn),
  )
})
