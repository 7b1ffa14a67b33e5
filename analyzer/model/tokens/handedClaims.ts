// Who asks, as a function says that was handed what stands in a token: `req.user = await users.find(claims.sub)`.
import { functionsBehind } from '../../link/handlers.js'
import type { FunctionValue } from '../../link/value.js'
import { givenIn } from '../input/inputsWithin.js'
import type { ProjectModel } from '../model.js'
import { recordedOnce } from '../recorded.js'
import { valuesWithin } from '../search.js'
import { functionsOf } from './flows.js'
import { tokenReads } from './tokenReads.js'
import { readsWithin, saysWho, type TrustedClaim } from './trustedClaims.js'

/** Functions that callers share know their parameters alone; this is what those that read a token gave them. */
export const handedClaims: (model: ProjectModel) => readonly TrustedClaim[] = recordedOnce((model) => {
  const reading = new Set([...tokenReads(model).values()].flatMap(({ call }) => [...functionsOf(call)]))
  if (reading.size === 0) return []
  const served = new Map<string, FunctionValue>()
  for (const { chain } of model.routes)
    for (const { value } of chain)
      for (const fn of functionsBehind(value)) {
        const key = `${fn.source.file}#${fn.facts.id}`
        if (reading.has(key)) served.set(key, fn)
      }
  return [...served.values()].flatMap((fn) => claimsWithin(model, fn))
})

function claimsWithin(model: ProjectModel, fn: FunctionValue): readonly TrustedClaim[] {
  const summary = model.summaryOf(fn)
  const given = givenIn(summary)
  return summary.calls.filter(saysWho).flatMap((call) =>
    valuesWithin(call.args[0] ?? null)
      .map((value) => (value.kind === 'parameter' && value.role === 'unknown' ? given(value, null).map(readsWithin) : []))
      // Where it was called with something else too, which of them was looked up is not known.
      .flatMap((reads) => (reads.every((one) => one.length > 0) ? reads.flat() : []))
      .map((made) => ({ made, call, by: 'identity' as const })),
  )
}
