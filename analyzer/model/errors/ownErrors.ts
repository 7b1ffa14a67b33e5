// Errors of the project's own classes that are made of the text of another one, where error middleware tells clients what errors of that class say.
import { functionsBehind } from '../../link/handlers.js'
import type { CallRecord, FunctionValue, ObjectValue, PathCondition, Value } from '../../link/value.js'
import { locationKey, sameLocation } from '../../text/location.js'
import { conductOf } from '../conduct.js'
import type { ProjectModel } from '../model.js'
import { globalOf } from '../origins.js'
import { recorded, recordedOnce } from '../recorded.js'
import { responsesOf } from '../responses.js'
import { every, ofParts, type Answer } from '../threeValued.js'
import { possibleValues } from '../values.js'
import { errorLayersOf } from './errorHandling.js'
import { errorPart, isErrorItself } from './errorParts.js'
import { leavesOf } from './errorPlaces.js'
import type { ExceptionAnswer } from './nestExceptions.js'
import { statusCodesOfError } from './statusCodes.js'

/**
 * `next(new StoreError('loading', cause))`, whose constructor puts `cause.message` into its own: what clients see of it, by the call that made the error within it.
 * Only where a condition on the class, or on what it sets, lets its text pass: where the middleware tells every text, it is what leaks.
 */
export const ownErrors = recordedOnce((model: ProjectModel): readonly ExceptionAnswer[] => {
  const found = new Map<string, ExceptionAnswer>()
  for (const route of model.routes) {
    const made = route.chain.flatMap(({ value }) => functionsBehind(value)).flatMap((fn) => madeIn(model, fn))
    if (made.length === 0) continue
    const layers = errorLayersOf(model, route).flatMap(({ link }) => functionsBehind(link.value))
    for (const { error, record } of made) {
      if (!isTold(model, layers, error)) continue
      const statuses = statusCodesOfError(error)
      const status = statuses.length === 1 ? (statuses[0] ?? 'unknown') : statuses.length === 0 ? null : 'unknown'
      const [body] = record.args
      if (body !== undefined) found.set(locationKey(error.at), { record, status, statuses, body })
    }
  }
  return [...found.values()]
})

interface Made {
  readonly error: ObjectValue
  /** The call of `Error` in its class, with the text. */
  readonly record: CallRecord
}

/** What a function throws or hands on that holds the text of an error which it caught. */
const madeIn = recorded((model, fn: FunctionValue): readonly Made[] => {
  const { records, forwards, summary } = conductOf(model, fn)
  const texts = records.filter(({ isNew, callee, args }) => isNew && globalOf(callee) === 'Error' && errorPart(args[0] ?? null) !== null)
  if (texts.length === 0) return []
  const given = [...summary.throws.flatMap(({ value, isCaught }) => (isCaught ? [] : [value])), ...forwards.flatMap(({ args }) => args)]
  return given.flatMap(possibleValues).flatMap((error) => {
    if (error.kind !== 'object' || error.instanceOf === null) return []
    const record = texts.findLast(({ stack }) => stack.some((at) => sameLocation(at, error.at)))
    return record === undefined ? [] : [{ error, record }]
  })
})

/** The first layer that answers the error decides: those behind it never see it. */
function isTold(model: ProjectModel, layers: readonly FunctionValue[], error: ObjectValue): boolean {
  const areMet = (conditions: readonly PathCondition[]): boolean => every(conditions.map((one) => meets(one, error))) === true
  for (const fn of layers) {
    if (toldBy(model, fn).some(areMet)) return true
    if (conductOf(model, fn).answers.some(({ record }) => areMet(record.guards.filter(({ value }) => speaksOfError(value))))) return false
  }
  return false
}

/** Under which conditions on the error a layer answers with its text. */
const toldBy = recorded((model, fn: FunctionValue): readonly (readonly PathCondition[])[] =>
  responsesOf(conductOf(model, fn).records).flatMap(({ record, body }) => {
    if (body === null || record.isOff || record.guards.some(({ kind }) => kind === 'catch')) return []
    return leavesOf(body).flatMap(({ value, conditions }) => {
      const within: PathCondition[][] = []
      const part = errorPart(value, (own, { part }) => {
        if (part === 'message') within.push([...own])
        return false
      })
      if (part?.part !== 'message') return []
      const arms = within.length === 0 ? [[]] : within
      const around = [...record.guards, ...conditions]
      return arms.map((own) => [...around, ...own].filter((one) => speaksOfError(one.value))).filter((all) => all.length > 0)
    })
  }),
)

function speaksOfError(value: Value): boolean {
  if (value.kind === 'operation') return value.operands.some(speaksOfError)
  if (value.kind === 'choice') return value.options.some(speaksOfError)
  return isErrorItself(value) || (value.kind === 'member' && isErrorItself(value.object))
}

/** Whether a condition on the error comes out as it has to for one that the project made; null where that is not known. */
function meets({ value, holds }: PathCondition, error: ObjectValue): Answer {
  const answer = comesTo(value, error)
  return answer === null ? null : answer === holds
}

function comesTo(value: Value, error: ObjectValue): Answer {
  const composed = ofParts(value, (one) => comesTo(one, error))
  if (composed !== undefined) return composed
  if (isErrorItself(value)) return true
  if (value.kind === 'member' && isErrorItself(value.object)) return isSet(error, value.name)
  if (value.kind !== 'operation') return null
  const [left, right] = value.operands
  if (left === undefined || right === undefined) return null
  if (value.operator === 'instanceof') return isErrorItself(left) ? isInstance(error, right) : null
  const text =
    left.kind === 'member' && isErrorItself(left.object) && right.kind === 'literal' ? error.properties.get(left.name) : undefined
  if (text?.kind !== 'literal' || right.kind !== 'literal' || !/^[!=]==?$/.test(value.operator)) return null
  return (text.value === right.value) === value.operator.startsWith('=')
}

function isSet({ properties, isOpen }: ObjectValue, name: string): Answer {
  if (name === 'message' || name === 'stack' || name === 'name') return true
  const value = properties.get(name)
  if (value === undefined) return isOpen ? null : false
  return value.kind === 'literal' ? Boolean(value.value) : null
}

function isInstance({ instanceOf, external }: ObjectValue, wanted: Value): Answer {
  if (wanted.kind !== 'class') return globalOf(wanted) === 'Error' && globalOf(external) === 'Error' ? true : null
  let one: Value | null = instanceOf
  while (one?.kind === 'class') {
    if (sameLocation(one.at, wanted.at)) return true
    one = one.superClass
  }
  return false
}
