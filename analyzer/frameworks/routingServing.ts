// How routing-controllers calls middleware, checkers and actions: what it passes to them, and what it makes of what they return.
import { findMethod } from '../link/classMembers.js'
import type { CallSite, Machine } from '../link/machine.js'
import { placeOf } from '../link/places.js'
import { recordReturned } from '../link/returnedAnswers.js'
import { type Returned, type Serving, serveWith } from '../link/serving.js'
import { symbolicParameter } from '../link/roles.js'
import type { ClassValue, FunctionValue, ParameterValue, Value } from '../link/value.js'
import { arrayValue, unknown } from '../link/values.js'
import { passOrRefuse, under } from './guardAnswers.js'
import { parameterOf } from './nestContext.js'
import { actionObject, argumentsOf, type Called } from './routingParameters.js'
import { servedCopy } from './servedCopies.js'

type Role = ParameterValue['role']

const ROLES: Readonly<Record<'use' | 'error', readonly Role[]>> = {
  use: ['request', 'response', 'next'],
  error: ['error', 'request', 'response', 'next'],
}

/** The method of a middleware class; null for a class that has none. What it throws, or rejects with, the package hands on. */
export function middlewareOf(
  machine: Machine,
  target: ClassValue,
  instance: Value,
  names: readonly ('use' | 'error')[] = ['error', 'use'],
): FunctionValue | null {
  for (const name of names) {
    const method = findMethod(machine, target, instance.kind === 'object' ? instance : null, name)
    if (method === null) continue
    return servedCopy(machine, method, name, (fn) =>
      serveWith(fn, {
        catches: true,
        parameters: (_machine, _site, run) =>
          ROLES[name].map((role, index) =>
            index < run.facts.parameters.length ? symbolicParameter(run, index, role) : parameterOf(run.at, role, role),
          ),
        finish: () => undefined,
      }),
    )
  }
  return null
}

/** The function of `authorizationChecker` in front of one action, or of `currentUserChecker` in front of one that needs a user. */
export function servedChecker(machine: Machine, checker: FunctionValue, roles: readonly Value[] | null): FunctionValue {
  const key = `checker ${roles?.map((role) => (role.kind === 'literal' ? String(role.value) : `#${machine.identity(role)}`)).join() ?? 'of users'}`
  return servedCopy(machine, checker, key, (fn) =>
    serveWith(fn, {
      catches: true,
      parameters: (_machine, _site, run) => {
        const at = placeOf(run.source.file, run.facts, run.facts.parameters[0]?.node ?? 0)
        return [actionObject(at), arrayValue(at, [...(roles ?? [])])]
      },
      finish: (running, site, returns) => passOrRefuse(running, site, returns, roles === null || roles.length === 0 ? 401 : 403),
    }),
  )
}

/** One action: what it is called with, and who sees what it returns. */
export interface Action extends Called {
  readonly interceptors: readonly FunctionValue[]
  /** True where `@Redirect` sends clients to what it returns. */
  readonly redirects: boolean
}

/** A method of a controller. What it returns is sent, after interceptors saw it. */
export function servedAction(machine: Machine, method: FunctionValue, action: Action): FunctionValue {
  const serving: Serving = {
    catches: true,
    parameters: (running, site, run) => argumentsOf(running, site, run, action),
    finish: (running, site, returns, parameters) => {
      const seen = action.interceptors.reduce((values, one) => intercepted(running, site, one, values), returns)
      if (action.redirects) for (const { value, guards } of seen) under(running, guards, () => redirect(running, site, value))
      else recordReturned(running, site.frame, method, parameters, [...seen])
    },
  }
  return servedCopy(machine, method, `action ${machine.identity(action)}`, (fn) => serveWith(fn, serving))
}

function redirect(machine: Machine, site: CallSite, target: Value): void {
  machine.run.callMethod(machine, site, parameterOf(site.at, 'response', 'response'), 'redirect', [target])
}

/** `intercept(action, content)` of a class, or a function of that kind: what it returns is sent in place of the content. */
function intercepted(machine: Machine, site: CallSite, interceptor: FunctionValue, returns: readonly Returned[]): readonly Returned[] {
  return returns.map(({ value, guards, at }) => {
    let result = value
    under(machine, guards, () => {
      const content = value.kind === 'promise' ? (value.result ?? unknown(at, 'what an action promises')) : value
      result = machine.run.call(machine, { ...site, at, isAwaited: true }, interceptor, null, [actionObject(at), content])
    })
    return { value: result, guards, at }
  })
}
