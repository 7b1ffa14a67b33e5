// Calls that leave the project: frameworks say what they mean, the rest is recorded.
import { effectOf } from '../frameworks/knownPackages.js'
import { runCallbacks } from './callbacks.js'
import type { CallSite, FrameworkModel, Machine } from './machine.js'
import { recordCall } from './records.js'
import { symbolicParameter } from './roles.js'
import type { CallRecord, Value } from './value.js'
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
    for (const framework of answeringFor(machine, callee.package)) {
      const answer = framework.callPackage?.(machine, site, callee, args, mode) ?? null
      if (answer !== null) return answer
    }
  }
  const receiver = self ?? (callee.kind === 'member' ? callee.object : null)
  const call = recordCall(machine, site, { callee, receiver, args, isNew: mode === 'new' })
  const result = resultValue(site.at, call)
  for (const framework of machine.frameworks) {
    const answer = framework.onOpaqueCall?.(machine, site, call) ?? null
    if (answer !== null) return answer
  }
  const runner = ranBy(machine, site, call)
  if (runner !== null) return runner
  runCallbacks(machine, site, call, result)
  return result
}

/** Most packages are nobody's, and most calls are of a package that was called before. */
function answeringFor(machine: Machine, packageName: string): readonly FrameworkModel[] {
  let found = machine.answering.get(packageName)
  if (found === undefined) {
    found = machine.frameworks.filter((one) => one.callPackage !== undefined && one.knows?.(packageName) !== false)
    machine.answering.set(packageName, found)
  }
  return found
}

/** What the function of the project returned that a call only ran: spans of traces, stores of requests, transactions. null for every other call. */
function ranBy(machine: Machine, site: CallSite, { callee, args, isNew }: CallRecord): Value | null {
  const fn = args.at(-1)
  if (isNew || fn?.kind !== 'function' || !isRunner(callee)) return null
  const given = fn.facts.parameters.map((_, index) => symbolicParameter(fn, index, 'unknown'))
  return machine.run.call(machine, { ...site, isAwaited: true }, fn, null, given)
}

function isRunner(callee: Value): boolean {
  if (callee.kind === 'package') return effectOf(callee.package, callee.path)?.kind === 'runner'
  // `storage.run(store, fn)` of an AsyncLocalStorage.
  if (callee.kind !== 'member' || callee.name !== 'run' || callee.object.kind !== 'result') return false
  const made = callee.object.call.callee
  return made.kind === 'package' && made.package === 'async_hooks'
}
