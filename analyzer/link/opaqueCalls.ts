// Calls that leave the project: frameworks say what they mean, the rest is recorded.
import { runCallbacks } from './callbacks.js'
import type { CallSite, Machine } from './machine.js'
import { record } from './records.js'
import type { Value } from './value.js'
import { resultValue } from './values.js'

/** A call that leaves the project: recorded, its callbacks run, and what it returns stays symbolic. */
export function callOpaque(
  machine: Machine,
  site: CallSite,
  callee: Value,
  self: Value | null,
  args: readonly Value[],
  mode: 'call' | 'new',
): Value {
  if (callee.kind === 'package') {
    for (const framework of machine.frameworks) {
      const answer = framework.callPackage(machine, site, callee, args, mode)
      if (answer !== null) return answer
    }
  }
  const receiver = self ?? (callee.kind === 'member' ? callee.object : null)
  const call = record(machine, site.frame, {
    at: site.at,
    callee,
    receiver,
    args,
    argsAt: site.argsAt,
    isNew: mode === 'new',
    isWrite: false,
    isAwaited: site.isAwaited,
  })
  const result = resultValue(site.at, call)
  for (const framework of machine.frameworks) {
    const answer = framework.onOpaqueCall(machine, site, call)
    if (answer !== null) return answer
  }
  runCallbacks(machine, site, call, result)
  return result
}
