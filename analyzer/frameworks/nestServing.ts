// How Nest calls guards, interceptors, pipes, filters and handlers, and what their results mean in the words of a request.
import type { CallSite, Machine } from '../link/machine.js'
import { noteMade } from '../link/machine.js'
import { placeOf } from '../link/places.js'
import { recordReturned } from '../link/returnedAnswers.js'
import { type Returned, serveWith } from '../link/serving.js'
import type { FunctionValue, Guard, PathCondition, Value } from '../link/value.js'
import { type Truth, truthOf } from '../link/truth.js'
import { choice, literal, undefinedAt } from '../link/values.js'
import { contextOf, parameterOf, recordNext, type Target } from './nestContext.js'
import { classDecorator } from './nestDecorators.js'
import { handlerArguments, ownsResponse } from './nestParameters.js'
import { typed, type EnhancerKind } from './nestState.js'

/** The method that each kind of enhancer has. */
export const METHOD_OF: Readonly<Record<EnhancerKind, string>> = {
  guard: 'canActivate',
  interceptor: 'intercept',
  pipe: 'transform',
  filter: 'catch',
}

const made = new WeakMap<FunctionValue, Map<string, FunctionValue>>()

/** The method of an enhancer as it runs in front of a target. Targets with the same metadata share one. */
export function servedEnhancer(machine: Machine, method: FunctionValue, kind: EnhancerKind, target: Target): FunctionValue {
  const key = kind === 'guard' || kind === 'interceptor' ? targetKey(machine, target) : ''
  return served(machine, method, `${kind} ${key}`, (fn) =>
    serveWith(fn, {
      parameters: (_machine, _site, run) => enhancerArguments(run, kind, target),
      holding: (_machine, [exception]) => (kind === 'filter' && exception !== undefined ? caughtBy(method, exception) : []),
      finish: (running, site, returns) => finishEnhancer(running, site, kind, returns),
    }),
  )
}

/** A method of a controller or resolver. */
export function servedHandler(machine: Machine, method: FunctionValue): FunctionValue {
  return served(machine, method, 'handler', (fn) =>
    serveWith(fn, {
      parameters: (running, site, run) => handlerArguments(running, site, run),
      finish: (running, site, returns, parameters) => {
        if (!ownsResponse(running, fn)) recordReturned(running, site.frame, fn, parameters, [...returns])
      },
    }),
  )
}

/** A copy of the method that is called in its own way; methods of one instance keep theirs. */
function served(machine: Machine, method: FunctionValue, key: string, serve: (fn: FunctionValue) => void): FunctionValue {
  let copies = made.get(method)
  if (copies === undefined) made.set(method, (copies = new Map()))
  const known = copies.get(key)
  if (known !== undefined) return known
  const copy: FunctionValue = { ...method }
  noteMade(machine, copy)
  serve(copy)
  copies.set(key, copy)
  return copy
}

function targetKey(machine: Machine, target: Target): string {
  const text = (map: ReadonlyMap<string, Value>): string =>
    [...map].map(([key, value]) => `${key}=${value.kind === 'literal' ? String(value.value) : `#${machine.identity(value)}`}`).join(',')
  return `${target.transport} ${text(target.handler)} | ${text(target.owner)}`
}

function enhancerArguments(fn: FunctionValue, kind: EnhancerKind, target: Target): readonly Value[] {
  return fn.facts.parameters.map((parameter, index): Value => {
    const at = placeOf(fn.source.file, fn.facts, parameter.node)
    if (kind === 'pipe') {
      if (index > 0) return typed(at, 'ArgumentMetadata')
      return { kind: 'member', at, object: parameterOf(at, 'request', 'request'), name: 'body' }
    }
    if (kind === 'filter') return index === 0 ? parameterOf(at, 'error', 'exception') : contextOf(at, target)
    return index === 0 ? contextOf(at, target) : typed(at, 'CallHandler')
  })
}

/** Nest hands a filter with `@Catch(A, B)` instances of these classes alone (domain fact D27). */
function caughtBy({ owner, at }: FunctionValue, exception: Value): readonly Guard[] {
  const classes = owner === null ? [] : (classDecorator(owner, /^Catch$/)?.args ?? [])
  const tests = classes.map((one): Value => ({ kind: 'operation', at, operator: 'instanceof', operands: [exception, one] }))
  const [first] = tests
  return first === undefined ? [] : [{ at, value: tests.length === 1 ? first : choice(at, '||', tests), holds: true, kind: 'condition' }]
}

/** A guard that returns something true passes the request on, any other refuses it with 403; pipes that return pass on. */
function finishEnhancer(machine: Machine, site: CallSite, kind: EnhancerKind, returns: readonly Returned[]): void {
  if (kind === 'pipe') for (const { guards, at } of returns.slice(0, 1)) under(machine, guards, () => recordNext(machine, site, at))
  if (kind !== 'guard') return
  const all = returns.length > 0 ? returns : [{ value: undefinedAt(site.at), guards: [], at: site.at }]
  for (const { value, guards, at } of all) {
    const settledValue = value.kind === 'promise' ? (value.result ?? value) : value
    const truth = settledValue.kind === 'promise' ? 'unknown' : truthOf(settledValue)
    under(machine, guards, () => {
      if (truth !== 'no') inCase(machine, { value: settledValue, holds: true }, truth, () => recordNext(machine, site, at))
      if (truth !== 'yes' && !isInherited(settledValue))
        inCase(machine, { value: settledValue, holds: false }, truth, () => refuse(machine, { ...site, at }))
    })
  }
}

function inCase(machine: Machine, { value, holds }: PathCondition, truth: Truth, work: () => void): void {
  if (truth !== 'unknown') work()
  else under(machine, [...machine.guards, { at: value.at, value, holds, kind: 'condition' }], work)
}

/** What the guard that it extends decides, that guard refuses. */
function isInherited(value: Value): boolean {
  return value.kind === 'result' && value.call.callee.kind === 'member' && value.call.callee.name === 'canActivate'
}

function refuse(machine: Machine, site: CallSite): void {
  const response = parameterOf(site.at, 'response', 'response')
  const status = machine.run.callMethod(machine, site, response, 'status', [literal(site.at, 403)])
  machine.run.callMethod(machine, site, status, 'json', [literal(site.at, 'Forbidden resource')])
}

function under(machine: Machine, guards: Returned['guards'], work: () => void): void {
  const before = machine.guards.splice(0, machine.guards.length, ...guards)
  try {
    work()
  } finally {
    machine.guards.splice(0, machine.guards.length, ...before)
  }
}
