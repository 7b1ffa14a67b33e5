// Recognises middleware and handlers that validate what a request carries.
import { effectOf, mayBe } from '../frameworks/knownPackages.js'
import type { CallRecord, Value } from '../link/value.js'
import { ownEffect } from './ownEffect.js'
import type { Conduct } from './conduct.js'
import type { Effect } from './effect.js'
import { methodName, originOf } from './origins.js'
import { isRequest, requestPart, requestPartsIn } from './requests.js'
import { contains } from './search.js'

/**
 * A function validates when it gives parts of the request to a schema (or to something with the methods of one), or refuses with 400 or 422 depending on them.
 * By schema of a known package: high; by method name or own checks: medium. `options` holds the schema where it is known.
 */
export function validationEffects(conduct: Conduct): readonly Effect[] {
  const bySchema = conduct.records.find(
    (record) => isSchemaCall(record) && (record.args.some(carriesInput) || (conduct.continues && isCheckingName(record))),
  )
  if (bySchema !== undefined)
    return [
      ownEffect(conduct, 'validation', 'high', bySchema.at, bySchema.guards, 'validates against a schema', {
        call: bySchema,
        options: receiverOf(bySchema),
      }),
    ]
  const byName = conduct.records.find((record) => isValidatingName(record) && record.args.some(carriesInput))
  if (byName !== undefined)
    return [
      ownEffect(conduct, 'validation', 'medium', byName.at, byName.guards, `calls ${methodName(byName.callee) ?? 'a validator'}`, {
        call: byName,
        options: receiverOf(byName),
      }),
    ]
  const check = conduct.refusals.find(
    ({ statuses, guards }) =>
      statuses.some((status) => status === 400 || status === 422) && guards.some((guard) => readsInput(guard.value)),
  )
  return check === undefined
    ? []
    : [ownEffect(conduct, 'validation', 'medium', check.at, [], 'checks its input itself', { call: check.call })]
}

/** Of a package that checks by schemas. */
export function isSchemaCall(record: CallRecord): boolean {
  if (record.isWrite || record.isNew) return false
  const origin = originOf(record.callee)
  if (origin === null || !mayBe(origin.package, 'schema') || effectOf(origin.package, origin.path)?.kind !== 'schema') return false
  return origin.package !== 'validator' || /^is|^equals|^matches/.test(origin.path.at(-1) ?? '')
}

/** In middleware, whatever a schema checks comes from the request. */
function isCheckingName(record: CallRecord): boolean {
  return /^(validate|parse|safeParse|assert|check)/.test(methodName(record.callee) ?? '')
}

const validating: ReadonlySet<string> = new Set(
  'validate validateAsync validateSync safeParse safeParseAsync parseAsync isValid isValidSync validateOrReject assertValid parse'.split(
    ' ',
  ),
)

/** By the name of its method alone, where its receiver is not known. */
export function isValidatingName(record: CallRecord): boolean {
  return (
    !record.isWrite &&
    !record.isNew &&
    validating.has(methodName(record.callee) ?? '') &&
    originOf(record.callee) === null &&
    !isGlobalParse(record.callee)
  )
}

/** `JSON.parse` and `Date.parse` read text, they do not validate it. */
function isGlobalParse(callee: Value): boolean {
  return callee.kind === 'member' && callee.object.kind === 'global'
}

function carriesInput(value: Value): boolean {
  return (
    isRequest(value) ||
    requestPartsIn(value).some(
      ({ part }) => part === 'body' || part === 'query' || part === 'params' || part === 'whole' || part === 'headers',
    )
  )
}

function readsInput(value: Value): boolean {
  return contains(value, (one) => {
    const part = one.kind === 'member' ? requestPart(one) : null
    return part === 'body' || part === 'query' || part === 'params'
  })
}

function receiverOf(record: CallRecord): Value | null {
  return record.receiver ?? (record.callee.kind === 'member' ? record.callee.object : record.callee)
}
