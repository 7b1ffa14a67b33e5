// Calls of what a package exports, by package.
import type { CallRecord } from '../link/value.js'
import type { ProjectModel } from './model.js'
import { isCallTo, originOf } from './origins.js'
import { callsThat } from './perPart.js'

/** Calls (and constructions) of exports of a package anywhere in the model, in order. `path` narrows them to one export; [] is the package itself. */
export function callsTo(model: ProjectModel, packageName: string, path?: readonly string[]): readonly CallRecord[] {
  return (callIndex(model).get(packageName) ?? []).filter((call) => path === undefined || isCallTo(call, packageName, path))
}

const indexes = new WeakMap<readonly CallRecord[], ReadonlyMap<string, readonly CallRecord[]>>()

function callIndex(model: ProjectModel): ReadonlyMap<string, readonly CallRecord[]> {
  const all = packageCalls(model)
  const known = indexes.get(all)
  if (known !== undefined) return known
  const index = new Map<string, CallRecord[]>()
  for (const call of all) {
    const name = originOf(call.callee)?.package ?? ''
    const list = index.get(name)
    if (list === undefined) index.set(name, [call])
    else list.push(call)
  }
  indexes.set(all, index)
  return index
}

const packageCalls = callsThat((call) => originOf(call.callee)?.calls.length === 0, { packages: () => true })
