// Functions handed to code outside the project: they run later, with what is known of their arguments.
import type { Location } from '../text/location.js'
import type { CallSite, Machine } from './machine.js'
import { defer } from './promises.js'
import type { CallRecord, FunctionValue, ParameterValue, Value } from './value.js'
import { undefinedAt } from './values.js'

/** Runs the functions among the arguments of an opaque call: at once while serving, later while booting. */
export function runCallbacks(machine: Machine, site: CallSite, call: CallRecord, result: Value): void {
  for (const [index, arg] of call.args.entries()) {
    for (const fn of functionsIn(arg)) {
      const isRejection = isRejectionCallback(call, index)
      const args = fn.facts.parameters.map((_, position) => callbackArgument(call, fn, index, position, isRejection, result))
      const run = (): void => void machine.run.call(machine, { ...site, isAwaited: true }, fn, null, args)
      if (machine.phase === 'boot') defer(machine, () => { machine.phase = 'callback'; run() })
      else run()
    }
  }
}

/** The functions that a callee may call: arguments themselves, and those in the options of one level. */
function functionsIn(value: Value): readonly FunctionValue[] {
  if (value.kind === 'function') return [value]
  if (value.kind === 'object' && value.role === 'plain') return [...value.properties.values()].filter((one) => one.kind === 'function')
  if (value.kind === 'array') return value.elements.filter((one) => one.kind === 'function')
  return []
}

const ERROR_NAME = /^_?(?:e|er|err|error|ex|exception|reason)$/i

function callbackArgument(call: CallRecord, fn: FunctionValue, index: number, position: number, isRejection: boolean, result: Value): Value {
  const name = parameterName(fn, position)
  if (isRejection && position === 0) return symbolicParameter(fn, 0, 'error')
  if (position === 0 && isMethod(call, 'then') && index === 0) return call.receiver ?? result
  const isErrorFirst = position === 0 && ERROR_NAME.test(name) && (fn.facts.parameters.length > 1 || isMethod(call, 'on') || isMethod(call, 'once'))
  return symbolicParameter(fn, position, isErrorFirst || (position === 0 && isErrorEvent(call)) ? 'error' : 'unknown')
}

function isRejectionCallback(call: CallRecord, index: number): boolean {
  return (isMethod(call, 'catch') && index === 0) || (isMethod(call, 'then') && index === 1)
}

function isErrorEvent(call: CallRecord): boolean {
  const event = call.args[0]
  return (isMethod(call, 'on') || isMethod(call, 'once')) && event?.kind === 'literal' && /error|exception|rejection/i.test(String(event.value))
}

function isMethod(call: CallRecord, name: string): boolean {
  return call.callee.kind === 'member' && call.callee.name === name
}

function parameterName(fn: FunctionValue, index: number): string {
  const pattern = fn.facts.parameters[index]?.pattern
  if (pattern === undefined) return ''
  return pattern[0] === 'name' ? pattern[2] : pattern[0] === 'default' && pattern[2][0] === 'name' ? pattern[2][2] : ''
}

/** A parameter of `fn` with nothing known but its role and type. */
export function symbolicParameter(fn: FunctionValue, index: number, role: ParameterValue['role']): Value {
  const parameter = fn.facts.parameters[index]
  const location = (node: number): Location => ({ file: fn.source.file, fn: fn.facts.id, node })
  if (parameter === undefined) return undefinedAt(location(0))
  return { kind: 'parameter', at: location(parameter.node), name: parameterName(fn, index), index, role, type: parameter.type, fn: location(0) }
}
