// Variables of which a start is refused where they let every origin in: `if (origins === '*') throw …`.
import type { Guard, Value } from '../../link/value.js'
import { isRefusal, REFUSALS } from '../secrets/environmentChecks.js'
import type { ProjectModel } from '../model.js'
import { ofCalls } from '../perPart.js'
import { recordedOnce } from '../recorded.js'
import { contains, environmentNamesIn } from '../search.js'

/** True where the boot ends for `*` as the value of the variable, or as what stands in for it. */
export function refusesStar(model: ProjectModel, variable: string): boolean {
  return refusedVariables(model).has(variable)
}

const refusedVariables = recordedOnce((model: ProjectModel): ReadonlySet<string> => new Set(refusals(model)))

const refusals = ofCalls(
  (calls): readonly string[] =>
    calls.flatMap((call) =>
      call.phase !== 'boot' || call.isOff || call.guards.length === 0 || !isRefusal(call) ? [] : call.guards.flatMap(variablesRefused),
    ),
  REFUSALS,
)

function variablesRefused(guard: Guard): readonly string[] {
  return guard.kind === 'condition' && contains(guard.value, (one) => isStar(one, guard)) ? environmentNamesIn(guard.value) : []
}

/** A comparison with `*` that comes out as equal where the condition holds, or does not. */
function isStar(value: Value, { holds }: Guard): boolean {
  if (value.kind === 'operation')
    return (
      value.operands.some(isStarText) &&
      (/^===?$/.test(value.operator) ? holds : /^!==?$/.test(value.operator) ? !holds : value.operator === 'includes' && holds)
    )
  return (
    value.kind === 'result' &&
    holds &&
    value.call.callee.kind === 'member' &&
    value.call.callee.name === 'includes' &&
    value.call.args.some(isStarText)
  )
}

function isStarText(value: Value): boolean {
  return value.kind === 'literal' && value.value === '*'
}
