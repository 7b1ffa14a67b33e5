// Functions handed to code outside the project: they run later, with what is known of their arguments.
import { effectOf } from '../frameworks/knownPackages.js'
import { isAsyncPackage } from './builtins/asyncPackage.js'
import { isCommand } from './commandLines.js'
import type { CallSite, Machine } from './machine.js'
import { guarded, possibly } from './paths.js'
import { emit, isEndOfProcess, isListening, listen } from './events.js'
import { beginLog, onUndo, revertLog } from './heapLog.js'
import { defer } from './promises.js'
import { conventionalRoles, parameterName, symbolicParameter } from './roles.js'
import type { CallRecord, FunctionValue, Value } from './value.js'

/** Runs the functions among the arguments of an opaque call: at once while serving, later while booting. */
export function runCallbacks(machine: Machine, site: CallSite, call: CallRecord, result: Value): void {
  // What a wrapper got runs where the wrapper's result is registered, with what the framework passes there.
  if (isWrapper(call.callee)) return
  if (machine.phase === 'boot' && isMethod(call, 'emit')) emit(machine, site, call)
  for (const [index, arg] of call.args.entries()) {
    for (const fn of functionsIn(arg)) {
      const args = fn.facts.parameters.map((_, position) => callbackArgument(call, fn, index, position, result))
      const work = (): void => void machine.run.call(machine, { ...site, isAwaited: true }, fn, null, args)
      const isFailure = isErrorEvent(call) || isRejectionCallback(call, index)
      const run = isEndOfProcess(call) ? takenBack(machine, work) : isFailure ? () => possibly(machine, call.at, work) : work
      if (call.callee.kind === 'member' && SYNCHRONOUS.has(call.callee.name))
        guarded(machine, { at: call.at, value: call.receiver ?? result, holds: true, kind: 'loop' }, run)
      else if (machine.phase === 'boot' && isListening(call)) listen(machine, site, call, fn, run)
      else if (machine.phase === 'boot')
        defer(machine, () => {
          if (!isPartOfStart(call)) machine.phase = 'callback'
          run()
        })
      else run()
    }
  }
}

/** Steps that a start is made of: the command that was asked for, and the tasks of `async.series([connect, listen], done)`. */
function isPartOfStart(call: CallRecord): boolean {
  const { callee } = call
  return isCommand(call) || (callee.kind === 'package' && isAsyncPackage(callee.package))
}

/** What ends a process writes nothing that its start or a request would find: `stopping = true`. What it registers stays. */
function takenBack(machine: Machine, run: () => void): () => void {
  return () => {
    const log = beginLog(machine)
    try {
      run()
    } finally {
      while (machine.logs.at(-1) !== log) machine.logs.pop()
      for (const undo of revertLog(machine).undo) onUndo(machine, undo)
    }
  }
}

function isWrapper(callee: Value): boolean {
  return callee.kind === 'package' && effectOf(callee.package, callee.path)?.kind === 'wrapper'
}

/** Methods of collections call back before they return. */
const SYNCHRONOUS = new Set(['forEach', 'map', 'filter', 'some', 'every', 'find', 'findIndex', 'reduce', 'flatMap', 'sort', 'replace'])

/** The functions that a callee may call: arguments themselves, and those in the options of one level. */
function functionsIn(value: Value): readonly FunctionValue[] {
  if (value.kind === 'function') return [value]
  if (value.kind === 'object' && value.role === 'plain') return [...value.properties.values()].filter((one) => one.kind === 'function')
  if (value.kind === 'array') return value.elements.filter((one) => one.kind === 'function')
  return []
}

const ERROR_NAME = /^_?(?:e|er|err|error|ex|exception|reason)$/i

function callbackArgument(call: CallRecord, fn: FunctionValue, index: number, position: number, result: Value): Value {
  const name = parameterName(fn, position)
  if (position === 0 && isEnvironmentCheck(call, fn)) return { kind: 'environment', at: fn.at, name: '*' }
  if (isRejectionCallback(call, index) && position === 0) return symbolicParameter(fn, 0, 'error')
  if (position === 0 && isMethod(call, 'then') && index === 0) return call.receiver ?? result
  // What a collection holds is no failure, whatever its name: `issues.map((error) => error.path)`.
  if (call.callee.kind === 'member' && SYNCHRONOUS.has(call.callee.name) && fn.facts.parameters.length === 1 && ERROR_NAME.test(name))
    return symbolicParameter(fn, position, 'unknown')
  const isErrorFirst =
    position === 0 && ERROR_NAME.test(name) && (fn.facts.parameters.length > 1 || isMethod(call, 'on') || isMethod(call, 'once'))
  return symbolicParameter(
    fn,
    position,
    isErrorFirst || (position === 0 && isErrorEvent(call)) ? 'error' : (conventionalRoles(fn.facts)[position] ?? 'unknown'),
  )
}

/** `ConfigModule.forRoot({ validate })` of Nest gives it the whole environment. */
function isEnvironmentCheck({ callee, args: [options] }: CallRecord, fn: FunctionValue): boolean {
  const isConfig = callee.kind === 'package' && callee.package === '@nestjs/config' && callee.path.at(-1) === 'forRoot'
  return isConfig && options?.kind === 'object' && options.properties.get('validate') === fn
}

function isRejectionCallback(call: CallRecord, index: number): boolean {
  return (isMethod(call, 'catch') && index === 0) || (isMethod(call, 'then') && index === 1)
}

function isErrorEvent(call: CallRecord): boolean {
  const event = call.args[0]
  return (
    (isMethod(call, 'on') || isMethod(call, 'once')) && event?.kind === 'literal' && /error|exception|rejection/i.test(String(event.value))
  )
}

function isMethod(call: CallRecord, name: string): boolean {
  return call.callee.kind === 'member' && call.callee.name === name
}
