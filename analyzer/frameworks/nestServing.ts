// How Nest calls guards, interceptors, pipes, filters and handlers, and what their results mean in the words of a request.
import type { FunctionFacts } from '../extract/facts.js'
import type { CallSite, Machine } from '../link/machine.js'
import { placeOf } from '../link/places.js'
import { recordReturned } from '../link/returnedAnswers.js'
import { type Returned, serveWith } from '../link/serving.js'
import type { FunctionValue, Guard, Value } from '../link/value.js'
import { choice } from '../link/values.js'
import { contextOf, parameterOf, recordNext, type Target } from './nestContext.js'
import { passOrRefuse, under } from './guardAnswers.js'
import { classDecorator } from './nestDecorators.js'
import { handlerArguments, ownsResponse } from './nestParameters.js'
import { typed, type EnhancerKind } from './nestState.js'
import { servedCopy } from './servedCopies.js'

/** The method that each kind of enhancer has. */
export const METHOD_OF: Readonly<Record<EnhancerKind, string>> = {
  guard: 'canActivate',
  interceptor: 'intercept',
  pipe: 'transform',
  filter: 'catch',
}

/** The method of an enhancer as it runs in front of a target. Targets with the same metadata share one. */
export function servedEnhancer(machine: Machine, method: FunctionValue, kind: EnhancerKind, target: Target): FunctionValue {
  const key = kind === 'guard' || kind === 'interceptor' ? targetKey(machine, target) : ''
  return servedCopy(machine, method, `${kind} ${key}`, (fn) =>
    serveWith(fn, {
      parameters: (_machine, _site, run) => enhancerArguments(run, kind, target),
      holding: (_machine, [exception]) => (kind === 'filter' && exception !== undefined ? caughtBy(method, exception) : []),
      finish: (running, site, returns) => finishEnhancer(running, site, kind, returns),
    }),
  )
}

/** A method of a controller or resolver. */
export function servedHandler(machine: Machine, method: FunctionValue): FunctionValue {
  return servedCopy(machine, method, 'handler', (fn) =>
    serveWith(fn, {
      parameters: (running, site, run) => handlerArguments(running, site, run),
      finish: (running, site, returns, parameters) => {
        if (!ownsResponse(running, fn)) recordReturned(running, site.frame, fn, parameters, [...returns])
      },
    }),
  )
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
    if (kind === 'filter') return index === 0 ? parameterOf(at, 'error', nameOf(parameter)) : contextOf(at, target)
    return index === 0 ? contextOf(at, target) : typed(at, 'CallHandler')
  })
}

/** The name of the code, by which fixes log the error. */
function nameOf({ pattern }: FunctionFacts['parameters'][number]): string {
  return pattern[0] === 'name' ? pattern[2] : 'exception'
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
  if (kind === 'guard') passOrRefuse(machine, site, returns, 403)
}
