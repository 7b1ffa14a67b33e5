// The answers that may carry an error: calls and writes on responses, response by response.
import type { CallRecord, FunctionValue, Value } from '../../link/value.js'
import { conductOf } from '../conduct.js'
import { errorPart } from './errorParts.js'
import type { ProjectModel } from '../model.js'
import { ofCalls } from '../perPart.js'
import { isInProduction } from '../productionCalls.js'
import { recorded } from '../recorded.js'
import { isResponse } from '../requests.js'

/** Calls and writes on each response to which some error is handed, in production. Handlers are read whole: the index of the model keeps only some contexts of a helper. */
export function answersWithErrors(model: ProjectModel): ReadonlyMap<Value, CallRecord[]> {
  const ofHandlers: OnResponse[] = []
  for (const scope of model.scopes)
    for (const entry of scope.entries)
      if (!entry.isOff)
        for (const handler of entry.handlers) if (handler.kind === 'function') ofHandlers.push(...suspiciousIn(model, handler))
  const carriers = [...ofHandlers.filter(({ record }) => carriesError(record)), ...carrying(model)]
  const suspects = new Set(carriers.map(({ root }) => root))
  const groups = new Map<Value, Set<CallRecord>>()
  for (const { record, root } of suspects.size === 0 ? [] : [...ofHandlers, ...onResponses(model)]) {
    if (!suspects.has(root) || !isInProduction(model, record)) continue
    const group = groups.get(root)
    if (group === undefined) groups.set(root, new Set([record]))
    else group.add(record)
  }
  return new Map([...groups].map(([root, records]) => [root, [...records]]))
}

/** A call or write on what a response may be. */
interface OnResponse {
  readonly record: CallRecord
  readonly root: Value
}

const onResponses = ofCalls(onResponsesAmong)
const carrying = ofCalls((calls) => onResponsesAmong(calls.filter(carriesError)))

/** All of a handler where one of them carries an error, else none. */
const suspiciousIn = recorded((model, fn: FunctionValue): readonly OnResponse[] => {
  const { records } = conductOf(model, fn)
  return records.some((record) => carriesError(record) && responseRoot(record) !== null) ? onResponsesAmong(records) : none
})

const none: readonly OnResponse[] = []

function onResponsesAmong(records: readonly CallRecord[]): readonly OnResponse[] {
  const found: OnResponse[] = []
  for (const record of records) {
    const root = responseRoot(record)
    if (root !== null) found.push({ record, root })
  }
  return found
}

// What a record was given does not change.
const answers = new WeakMap<CallRecord, boolean>()

function carriesError(record: CallRecord): boolean {
  if (!mayCarry(record)) return false
  let answer = answers.get(record)
  if (answer === undefined) answers.set(record, (answer = record.args.some((arg) => errorPart(arg) !== null)))
  return answer
}

/** What is called on something else, or asks the response alone, carries nothing to a client. */
function mayCarry(record: CallRecord): boolean {
  const { callee } = record
  return isLocal(record) || (callee.kind === 'member' && !record.isWrite && isResponse(callee.object))
}

/** What a method is called on, or a property written to, through members and results. */
function responseRoot({ callee }: CallRecord): Value | null {
  if (callee.kind !== 'member') return null
  let root: Value = callee
  while (root.kind === 'member' || root.kind === 'result') root = root.kind === 'member' ? root.object : root.call.callee
  return root.kind === 'parameter' || root.kind === 'typed' || root.kind === 'choice' ? root : null
}

/** `res.locals.message = err.message`: what a view gets beside its own values. */
export function isLocal({ callee, isWrite }: CallRecord): boolean {
  return isWrite && callee.kind === 'member' && callee.object.kind === 'member' && callee.object.name === 'locals'
}
