// Exceptions of Nest: what they are given is what its filter answers (domain facts D22–D24).
import type { CallRecord, Value } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { originOf } from '../origins.js'
import { callsThat } from '../perPart.js'
import { isInProduction } from '../productionCalls.js'
import type { ResponseRecord } from '../responses.js'
import { statusCodesOf, statusCodesOfError } from './statusCodes.js'
import { property } from '../values.js'

/** What an exception makes of the answer: a text, or an object whose properties are sent. */
export interface ExceptionAnswer extends Pick<ResponseRecord, 'record' | 'status' | 'statuses'> {
  readonly body: Value
}

const exceptions = callsThat((call) => call.isNew && isException(call), { packages: (name) => name.startsWith('@nestjs/') })

/** Exceptions that production code makes, with what a client sees of them. */
export function exceptionAnswers(model: ProjectModel): readonly ExceptionAnswer[] {
  return exceptions(model).flatMap((call): readonly ExceptionAnswer[] => {
    if (call.isOff || !isInProduction(model, call)) return []
    const [body, second] = call.args
    const statuses = statusesOf(call)
    const shared = { record: call, status: statuses.length === 1 ? (statuses[0] ?? 'unknown') : ('unknown' as const), statuses }
    const description = property(second ?? null, 'description')
    return [body, description ?? undefined].flatMap((one) => (one === undefined ? [] : [{ ...shared, body: one }]))
  })
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
  if (originOf(call.callee)?.path.at(-1) === 'HttpException') return statusCodesOf(second ?? null)
  return statusCodesOfError({ kind: 'result', at: call.at, call }).slice(-1)
}
