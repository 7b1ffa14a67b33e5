// Exceptions of Nest: what they are given is what its filter answers (domain facts D22–D24).
import type { CallRecord, Value } from '../../link/value.js'
import { shownOf } from './exceptionFilters.js'
import type { ProjectModel } from '../model.js'
import { globalOf, methodName, originOf } from '../origins.js'
import { callsThat } from '../perPart.js'
import { isInProduction } from '../productionCalls.js'
import type { ResponseRecord } from '../responses.js'
import { statusCodesOf, statusCodesOfError } from './statusCodes.js'
import { possibleValues, property } from '../values.js'

/** What an exception makes of the answer: a text, or an object whose properties are sent. */
export interface ExceptionAnswer extends Pick<ResponseRecord, 'record' | 'status' | 'statuses'> {
  readonly body: Value
}

const exceptions = callsThat((call) => call.isNew && isException(call), { packages: (name) => name.startsWith('@nestjs/') })

/** Exceptions that production code makes, with what a client sees of them. */
export function exceptionAnswers(model: ProjectModel): readonly ExceptionAnswer[] {
  return exceptions(model).flatMap((call): readonly ExceptionAnswer[] => {
    if (call.isOff || !isInProduction(model, call)) return []
    const [body] = call.args
    const statuses = statusesOf(call)
    const shown = shownOf(model, call)
    if (shown === 'nothing') return []
    const shared = { record: call, status: statuses.length === 1 ? (statuses[0] ?? 'unknown') : ('unknown' as const), statuses }
    const sent = shown === 'message' ? [messageOf(body ?? null)] : [body, descriptionOf(call)]
    return sent.flatMap((one) => (one == null ? [] : [{ ...shared, body: one }]))
  })
}

/** What is the exception's own `message`: of an object that it is given, the property of that name. */
function messageOf(body: Value | null): Value | null {
  return body?.kind === 'object' && body.role === 'plain' ? property(body, 'message') : body
}

/** `new BadRequestException('…', error.message)`, or `{ description }`: the answer calls it `error`, unless an object is the answer already (run with 10 to 12). */
function descriptionOf(call: CallRecord): Value | null {
  const [body, second = null] = call.args
  if (second === null || body?.kind === 'object' || isHttpException(call)) return null
  if (possibleValues(second).some(isText)) return second
  // Of an error it would be its `description`, which errors do not have.
  return second.kind === 'object' ? property(second, 'description') : null
}

/** What is a text for sure. */
function isText(value: Value): boolean {
  if (value.kind === 'member') return /^(?:message|stack|detail|sqlMessage)$/.test(value.name)
  if (value.kind !== 'result') return /^(?:literal|template|operation)$/.test(value.kind)
  return /^(?:String|JSON\.stringify)$/.test(globalOf(value.call.callee) ?? '') || methodName(value.call.callee) === 'toString'
}

function isHttpException(call: CallRecord): boolean {
  return originOf(call.callee)?.path.at(-1) === 'HttpException'
}

/** `new HttpException(…)`, its subclasses, and `super(…)` in a project's own subclass. */
function isException(call: CallRecord): boolean {
  const origin = originOf(call.callee)
  if (origin === null || origin.calls.length > 0) return false
  const isPackage =
    origin.package === '@nestjs/common' || origin.package === '@nestjs/websockets' || origin.package === '@nestjs/microservices'
  return isPackage && /Exception$/.test(origin.path.at(-1) ?? '')
}

function statusesOf(call: CallRecord): readonly number[] {
  const [, second] = call.args
  if (isHttpException(call)) return statusCodesOf(second ?? null)
  return statusCodesOfError({ kind: 'result', at: call.at, call }).slice(-1)
}
