// The calls that production makes.
import type { CallRecord } from '../link/value.js'
import type { Location } from '../text/location.js'
import { locationKey } from '../text/location.js'
import type { ProjectModel } from './model.js'
import { recordedOnce } from './recorded.js'

/**
 * Calls in production files that are not off in production, also in code that no entry reaches. Several contexts of one place stay several.
 * What stands in a function that is registered in development only is off as well.
 */
export function productionCalls(model: ProjectModel, calls: readonly CallRecord[]): readonly CallRecord[] {
  return calls.filter((call) => isInProduction(model, call))
}

/** Whether production makes the call. */
export function isInProduction(model: ProjectModel, call: CallRecord): boolean {
  if (call.isOff || !model.productionFiles.has(call.at.file)) return false
  const off = offFunctions(model)
  return off.size === 0 || !isWithin(call.at, off)
}

/** The first record of each place. */
export function oncePerPlace(calls: readonly CallRecord[]): readonly CallRecord[] {
  return [...new Map([...calls].reverse().map((call) => [locationKey(call.at), call])).values()].reverse()
}

/** Functions, by file and id, that are registered somewhere and only where production is off. */
const offFunctions = recordedOnce((model): ReadonlySet<string> => {
  const on = new Set<string>()
  const off = new Set<string>()
  for (const scope of model.scopes)
    for (const entry of scope.entries)
      for (const handler of entry.handlers)
        if (handler.kind === 'function') (entry.isOff ? off : on).add(`${handler.source.file}#${handler.facts.id}`)
  for (const key of on) off.delete(key)
  return off
})

function isWithin({ file, fn }: Location, functions: ReadonlySet<string>): boolean {
  for (let id = fn; id !== ''; id = id.slice(0, Math.max(0, id.lastIndexOf('.')))) if (functions.has(`${file}#${id}`)) return true
  return false
}
