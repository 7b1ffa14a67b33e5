// Errors with a status that are no exceptions of Nest: versions before 12 answer them with their own text (domain fact D22).
import type { CallRecord, Value } from '../../link/value.js'
import type { ProjectModel, Route } from '../model.js'
import type { ExceptionAnswer } from './nestExceptions.js'
import { globalOf, originOf } from '../origins.js'
import { protectsRoute } from '../queries.js'
import { statusCodesOf } from './statusCodes.js'
import { versionOf } from '../versions.js'

/** What routes throw that the filter of Nest sends as it is, where no filter of the project answers. */
export function statusErrors(model: ProjectModel): readonly ExceptionAnswer[] {
  return model.routes.flatMap((route): readonly ExceptionAnswer[] => {
    const major = route.app.framework === 'nest' ? versionOf(model, route.at.file, '@nestjs/core')?.major : undefined
    if (major === undefined || major > 11 || route.handler?.kind !== 'function') return []
    const { throws, calls } = model.summaryOf(route.handler)
    const sent = throws.flatMap(({ value, isCaught }) => (isCaught ? [] : answersOf(value, calls, major)))
    return sent.length === 0 || isFiltered(model, route) ? [] : sent
  })
}

function isFiltered(model: ProjectModel, route: Route): boolean {
  const { answer, by } = protectsRoute(model, route, 'error-handler')
  return answer !== 'no' && by === 'code'
}

function answersOf(value: Value, calls: readonly CallRecord[], major: number): readonly ExceptionAnswer[] {
  const made = madeBy(value, calls)
  const [message] = made?.record.args.slice(made.index) ?? []
  if (made === null || message === undefined) return []
  const { record, status } = made
  const statuses = statusCodesOf(status)
  // From version 11 on errors of http-errors say what must not be told.
  if (originOf(record.callee)?.package === 'http-errors' && (major > 10 || statuses.some((code) => code < 500))) return []
  return status === null
    ? []
    : [{ record, status: statuses.length === 1 ? (statuses[0] ?? 'unknown') : 'unknown', statuses, body: message }]
}

/** The call that made an error of a text, the argument that is the text, and the status that the error got; null for any other value. */
function madeBy(
  value: Value,
  calls: readonly CallRecord[],
): { readonly record: CallRecord; readonly index: number; readonly status: Value | null } | null {
  if (value.kind === 'object' && value.role === 'instance' && globalOf(value.external) === 'Error') {
    const record = calls.findLast((call) => isError(call) && call.at.fn !== value.at.fn)
    return record === undefined ? null : { record, index: 0, status: value.properties.get('statusCode') ?? null }
  }
  if (value.kind !== 'result') return null
  const { call } = value
  if (originOf(call.callee)?.package === 'http-errors') return { record: call, index: 1, status: call.args[0] ?? null }
  if (!isError(call)) return null
  const write = calls.findLast(
    ({ isWrite, callee }) => isWrite && callee.kind === 'member' && callee.name === 'statusCode' && callee.object === value,
  )
  return { record: call, index: 0, status: write?.args[0] ?? null }
}

function isError({ callee, isNew }: CallRecord): boolean {
  return isNew && globalOf(callee) === 'Error'
}
