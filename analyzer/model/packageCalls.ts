// Calls of what a package exports, by package.
import { addToGroup } from '../grouped.js'
import type { CallRecord } from '../link/value.js'
import type { ProjectModel } from './model.js'
import { isCallTo, originOf } from './origins.js'
import { ofCalls } from './perPart.js'

/** Calls (and constructions) of exports of a package anywhere in the model, in order. `path` narrows them to one export; [] is the package itself. */
export function callsTo(model: ProjectModel, packageName: string, path?: readonly string[]): readonly CallRecord[] {
  return (callIndex(model).get(packageName) ?? []).filter((call) => path === undefined || isCallTo(call, packageName, path))
}

type CallsByPackage = ReadonlyMap<string, readonly CallRecord[]>

const indexes = new WeakMap<readonly CallsByPackage[], CallsByPackage>()

function callIndex(model: ProjectModel): CallsByPackage {
  const all = packageCalls(model)
  if (all.length === 1 && all[0] !== undefined) return all[0]
  let index = indexes.get(all)
  if (index === undefined) {
    const merged = new Map<string, CallRecord[]>()
    for (const calls of all) for (const [name, some] of calls) for (const call of some) addToGroup(merged, name, call)
    indexes.set(all, (index = merged))
  }
  return index
}

const packageCalls = ofCalls(
  (calls): readonly CallsByPackage[] => {
    const index = new Map<string, CallRecord[]>()
    for (const call of calls) {
      const origin = call.isWrite ? null : originOf(call.callee)
      if (origin?.calls.length === 0) addToGroup(index, origin.package, call)
    }
    return index.size === 0 ? [] : [index]
  },
  { packages: () => true },
)
