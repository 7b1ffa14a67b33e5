// The async package: tasks one after the other or side by side, each with a callback that hands on what it made (run with versions 2 and 3).
import { type CallSite, type Machine, NATIVE } from '../machine.js'
import { awaitValue, defer } from '../promises.js'
import { isNullish } from '../truth.js'
import type { FunctionValue, PackageValue, Value } from '../value.js'
import { arrayValue, literal, objectValue, packageValue, promiseOf, undefinedAt } from '../values.js'

type Results = readonly Value[]

interface Task {
  /** Where its result stands in an object of results; '' in a list. */
  readonly key: string
  readonly fn: FunctionValue
  readonly args: Results
}

const ASYNC = /^(?:async|async-es|neo-async)(?:\/(\w+))?(?:\.js)?$/

/** True for the package and its forks, and for a function of one that is imported alone. */
export function isAsyncPackage(name: string): boolean {
  return ASYNC.test(name)
}

/** What a call of the package gives; null where it is none, or where its tasks are not known. While serving nothing is registered, and callbacks are run as any other. */
export function sequenced(machine: Machine, site: CallSite, { package: name, path }: PackageValue, args: readonly Value[]): Value | null {
  const called = ASYNC.exec(name)
  if (called === null || (machine.phase !== 'boot' && machine.phase !== 'callback')) return null
  const method = called[1] ?? path.findLast((part) => part !== 'default') ?? ''
  const promise = promiseOf(site.at, null)
  const done = args.slice(!ITERATING.test(method) ? 1 : method.endsWith('Limit') ? 3 : 2).findLast(({ kind }) => kind === 'function')
  const end = (results: Results): void => {
    promise.result = results[0] ?? undefinedAt(site.at)
    if (done !== undefined) machine.run.call(machine, site, done, null, [literal(site.at, null), ...results])
  }
  const isStarted =
    method === 'waterfall'
      ? waterfall(machine, site, args[0], end)
      : method === 'auto'
        ? all(machine, site, ordered(args[0]), end)
        : /^(?:series|parallel(?:Limit)?)$/.test(method)
          ? all(machine, site, tasksOf(args[0]), end)
          : ITERATING.test(method)
            ? all(machine, site, turnsOf(site, method, args), (results) => {
                end(method.startsWith('map') ? results : [])
              })
            : false
  return isStarted ? promise : null
}

const ITERATING = /^(?:each|forEach|eachOf|forEachOf|map|mapValues)(?:Series|Limit)?$/

/** Each task gets what the one before handed on. */
function waterfall(machine: Machine, site: CallSite, list: Value | undefined, end: (results: Results) => void): boolean {
  const tasks = tasksOf(list)
  if (tasks === null) return false
  const from = (index: number, given: Results): void => {
    const task = tasks[index]
    if (task === undefined) end(given)
    else
      start(machine, site, task.fn, given, (results) => {
        from(index + 1, results)
      })
  }
  from(0, [])
  return true
}

/** One after the other; what they handed on is a list, or an object with their names. Those of `auto` are given the results so far. */
function all(machine: Machine, site: CallSite, tasks: readonly Task[] | null, end: (results: Results) => void): boolean {
  if (tasks === null) return false
  const list = arrayValue(site.at, [])
  const named = objectValue(site.at)
  const from = (index: number): void => {
    const task = tasks[index]
    if (task === undefined) {
      end([tasks[0]?.key === '' || tasks.length === 0 ? list : named])
      return
    }
    const given = task.args[0] === RESULTS ? [named] : task.args
    start(machine, site, task.fn, given, (results) => {
      const [first] = results
      const result = results.length > 1 ? arrayValue(site.at, [...results]) : (first ?? undefinedAt(site.at))
      if (task.key === '') list.elements.push(result)
      else named.properties.set(task.key, result)
      from(index + 1)
    })
  }
  from(0)
  return true
}

/** Stands for the results of the tasks before. */
const RESULTS: Value = { kind: 'unknown', at: { file: '', fn: '', node: 0 }, why: 'results of tasks' }

/** Calls a task and goes on when its callback is called without an error; an async function has none. What something else was handed calls it later. */
function start(machine: Machine, site: CallSite, fn: FunctionValue, args: Results, then: (results: Results) => void): void {
  let hasEnded = false
  const goOn = (results: Results): void => {
    if (hasEnded) return
    hasEnded = true
    then(results)
  }
  if (fn.facts.isAsync) {
    goOn([awaitValue(machine, machine.run.call(machine, { ...site, isAwaited: true }, fn, null, args))])
    return
  }
  const key = `callback of a task ${machine.natives.size}`
  machine.natives.set(key, ([error, ...results]) => {
    // `if (error) return callback(error)` ends it all.
    if (error === undefined || isNullish(error) === 'yes' || results.length > 0) goOn(results)
    return undefinedAt(site.at)
  })
  machine.run.call(machine, { ...site, isAwaited: true }, fn, null, [...args, packageValue(site.at, NATIVE, [key])])
  if (!hasEnded)
    defer(machine, () => {
      goOn([])
    })
}

function tasksOf(value: Value | undefined): readonly Task[] | null {
  const given: readonly (readonly [string, Value])[] | null =
    value?.kind === 'array' && !value.isOpen
      ? value.elements.map((one) => ['', one])
      : value?.kind === 'object' && value.role === 'plain' && !value.isOpen
        ? [...value.properties]
        : null
  const tasks = given?.flatMap(([key, fn]) => (fn.kind === 'function' ? [{ key, fn, args: [] }] : []))
  return tasks === undefined || tasks.length !== given?.length ? null : tasks
}

/** Tasks of `auto`, each behind those that it names: `{ app: make, routes: ['app', add] }`. */
function ordered(value: Value | undefined): readonly Task[] | null {
  if (value?.kind !== 'object' || value.isOpen) return null
  const waiting = [...value.properties].map(([key, one]) => {
    const parts = one.kind === 'array' ? one.elements : [one]
    const needs = parts.slice(0, -1).map((part) => (part.kind === 'literal' ? String(part.value) : ''))
    return { key, fn: parts.at(-1), needs, args: one.kind === 'array' ? [RESULTS] : [] }
  })
  const tasks: Task[] = []
  while (waiting.length > 0) {
    const index = waiting.findIndex(({ needs }) => needs.every((need) => tasks.some(({ key }) => key === need)))
    const [next] = index < 0 ? [] : waiting.splice(index, 1)
    if (next?.fn?.kind !== 'function') return null
    tasks.push({ key: next.key, fn: next.fn, args: next.args })
  }
  return tasks
}

/** The iteratee with each element, or with each value and its key. */
function turnsOf({ at }: CallSite, method: string, args: readonly Value[]): readonly Task[] | null {
  const [collection] = args
  const fn = args[method.endsWith('Limit') ? 2 : 1]
  if (fn?.kind !== 'function') return null
  const isKeyed = /Of|Values/.test(method)
  if (collection?.kind === 'array' && !collection.isOpen)
    return collection.elements.map((one, index) => ({ key: '', fn, args: isKeyed ? [one, literal(at, index)] : [one] }))
  if (collection?.kind !== 'object' || collection.role !== 'plain' || collection.isOpen) return null
  return [...collection.properties].map(([key, one]) => ({
    key: method.startsWith('mapValues') ? key : '',
    fn,
    args: isKeyed ? [one, literal(at, key)] : [one],
  }))
}
