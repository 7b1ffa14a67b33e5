// Schemas over the environment whose result says what is missing, where the start goes on all the same: `if (error) console.error(error)`.
import type { CallRecord, Value } from '../../link/value.js'
import { locationKey } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { globalOf, methodName, originOf } from '../origins.js'
import { callsThat } from '../perPart.js'
import { firstWithin } from '../search.js'

/** True where the call throws nothing, and all that depends on what it gives is written to a log. Where anything else may look at it, it is taken for a check. */
export function isOnlyLogged(model: ProjectModel, call: CallRecord): boolean {
  const isOfZod = methodName(call.callee) === 'safeParse'
  const isOfJoi = methodName(call.callee) === 'validate' && /(^|\/)joi$/.test(originOf(call.callee)?.package ?? '')
  if (!isOfZod && !isOfJoi) return false
  const facts = model.files.get(call.at.file)
  // What is read of `data` fails where there is none.
  if (facts?.kind !== 'source' || mentions(facts.functions, isOfZod ? ['throw', 'data'] : ['throw'])) return false
  const place = locationKey(call.at)
  const isResult = (value: Value): boolean => 'at' in value && value.kind === 'object' && locationKey(value.at) === place
  // `assert(checked.success)`, `process.exit(error ? 1 : 0)`
  const isOutcome = (value: Value): boolean => value.kind === 'member' && /^(success|error)$/.test(value.name) && isResult(value.object)
  const isAsked = ({ args }: CallRecord): boolean => args.some((arg) => isResult(arg) || firstWithin(arg, isOutcome) !== null)
  if (given(model).some((one) => one !== call && !writes(one) && isAsked(one))) return false
  const dependent = guarded(model).filter(({ guards }) => guards.some(({ value }) => firstWithin(value, isResult) !== null))
  return (
    dependent.length > 0 &&
    dependent.every(
      (one) => writes(one) && one.guards.every(({ kind, value }) => kind !== 'early-exit' || firstWithin(value, isResult) === null),
    )
  )
}

const given = callsThat(({ args, isOff }) => args.length > 0 && !isOff)

const guarded = callsThat(({ guards }) => guards.length > 0)

/** A line of a log, and what makes its text. */
function writes(call: CallRecord): boolean {
  if (call.isWrite || call.isNew) return false
  const name = methodName(call.callee) ?? ''
  return (
    (globalOf(call.callee) ?? '').startsWith('console.') ||
    /^(log|info|warn|error|debug|trace|format|flatten|formatError|flattenError|prettifyError|treeifyError|map|join|stringify|entries|keys|toString)$/.test(
      name,
    )
  )
}

function mentions(functions: unknown, words: readonly string[]): boolean {
  const left: unknown[] = [functions]
  while (left.length > 0) {
    const node = left.pop()
    if (typeof node === 'string' && words.includes(node)) return true
    if (typeof node === 'object' && node !== null) left.push(...(Object.values(node) as readonly unknown[]))
  }
  return false
}
