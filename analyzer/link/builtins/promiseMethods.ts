// then, catch and finally of promises that the project made.
import { type CallSite, type Machine, NATIVE } from '../machine.js'
import { record } from '../records.js'
import { guarded, possibly } from '../paths.js'
import { awaitValue, deferWhile } from '../promises.js'
import { symbolicParameter } from '../roles.js'
import type { PromiseValue, Value } from '../value.js'
import { choice, literal, memberValue, objectValue, promiseOf, undefinedAt } from '../values.js'

/** The callbacks run at once while serving and later while booting; the call is recorded, since `.catch(next)` forwards errors. */
export function promiseMethod(machine: Machine, site: CallSite, promise: PromiseValue, name: string, args: readonly Value[]): Value | null {
  if (name !== 'then' && name !== 'catch' && name !== 'finally') return null
  const { at } = site
  record(machine, site.frame, {
    at,
    callee: memberValue(at, promise, name),
    receiver: promise,
    args,
    argsAt: site.argsAt,
    isNew: false,
    isWrite: false,
    isAwaited: site.isAwaited,
  })
  const [first, second] = args
  const next = promiseOf(at, null)
  const onResult = name === 'catch' ? undefined : first
  const onError = name === 'catch' ? first : name === 'then' ? second : undefined
  const run = (): void => {
    const result = awaitValue(machine, promise)
    const answer =
      onResult === undefined
        ? result
        : awaitValue(machine, machine.run.call(machine, { ...site, isAwaited: true }, onResult, null, name === 'then' ? [result] : []))
    // What `finally` returns is nobody's.
    next.result = name === 'finally' ? result : answer
    if (onError?.kind === 'function') {
      const error = symbolicParameter(onError, 0, 'error')
      let handled: Value | null = null
      guarded(machine, { at, value: error, holds: true, kind: 'catch' }, () =>
        possibly(machine, at, () => {
          handled = awaitValue(machine, machine.run.call(machine, { ...site, isAwaited: true }, onError, null, [error]))
        }),
      )
      // What starts is taken to start; a request may fail, and a known result would hide what is asked of it then.
      if (machine.phase !== 'boot' && handled !== null && isKnown(next.result)) next.result = choice(at, 'join', [next.result, handled])
    }
    next.result ??= undefinedAt(at)
  }
  // A callback of a promise that is not settled waits behind what may settle it.
  if (machine.phase === 'boot') deferWhile(machine, () => promise.result === null, run)
  else run()
  return next
}

function isKnown(value: Value | null): value is Value {
  return value?.kind === 'literal' || value?.kind === 'object' || value?.kind === 'array'
}

/** `new Promise(executor)`: the executor runs at once; what it resolves with is the result. */
export function newPromise(machine: Machine, site: CallSite, executor: Value | undefined): Value {
  const promise = promiseOf(site.at, null)
  if (executor?.kind !== 'function') return promise
  const settle: Value = { kind: 'package', at: site.at, package: NATIVE, path: [`resolve ${machine.natives.size}`] }
  machine.natives.set(settle.path[0] as string, (args) => {
    promise.result ??= args[0] ?? undefinedAt(site.at)
    return undefinedAt(site.at)
  })
  machine.run.call(machine, { ...site, isAwaited: true }, executor, null, [settle, symbolicParameter(executor, 1, 'unknown')])
  return promise
}

export function combined(machine: Machine, site: CallSite, name: string, list: Value | undefined): Value | null {
  if (list?.kind !== 'array') return null
  const results = list.elements.map((element): Value => awaitValue(machine, element))
  if (name === 'race' || name === 'any') return promiseOf(site.at, results[0] ?? undefinedAt(site.at))
  const elements = name === 'allSettled' && machine.phase === 'boot' ? results.map((result) => settled(site, result)) : results
  return promiseOf(site.at, { kind: 'array', at: site.at, elements, isOpen: list.isOpen })
}

/** `{ status, value }`: whether it failed is not known. */
function settled({ at }: CallSite, result: Value): Value {
  const outcome = objectValue(at)
  outcome.isOpen = true
  outcome.properties.set('status', choice(at, 'join', [literal(at, 'fulfilled'), literal(at, 'rejected')]))
  outcome.properties.set('value', result)
  return outcome
}
