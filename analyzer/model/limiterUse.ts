// Limiters that code asks in a way that limits nothing: made anew for each request, or asked without waiting for the answer.
import type { CallRecord, FunctionValue } from '../link/value.js'
import { functionsBehind } from '../link/handlers.js'
import { conductOf, type Conduct } from './conduct.js'
import { isConsumption } from './limitBehaviour.js'
import { limiterMadeBy } from './limiters.js'
import type { ProjectModel, Route } from './model.js'
import { methodName } from './origins.js'
import { contains } from './search.js'

export interface LimiterMisuse {
  /** `perRequest`: each request gets a limiter of its own, which has counted nothing. `unawaited`: the request goes on before the limiter answers. */
  readonly kind: 'perRequest' | 'unawaited'
  readonly call: CallRecord
  readonly routes: readonly Route[]
}

/** Misuses in middleware and handlers of routes, each place once. */
export function limiterMisuses(model: ProjectModel): readonly LimiterMisuse[] {
  const routesOf = new Map<FunctionValue, Set<Route>>()
  for (const route of model.routes) {
    for (const { value } of route.chain) {
      for (const fn of functionsBehind(value)) routesOf.set(fn, (routesOf.get(fn) ?? new Set<Route>()).add(route))
    }
  }
  return [...routesOf].flatMap(([fn, routes]) => {
    const conduct = conductOf(model, fn)
    return [
      ...freshLimiters(conduct).map((call): LimiterMisuse => ({ kind: 'perRequest', call, routes: [...routes] })),
      ...forgottenAnswers(conduct).map((call): LimiterMisuse => ({ kind: 'unawaited', call, routes: [...routes] })),
    ]
  })
}

/** `rateLimit({ … })(req, res, next)` inside a function that runs for each request. */
function freshLimiters(conduct: Conduct): readonly CallRecord[] {
  return conduct.delegations.flatMap(({ callee }) => {
    if (callee.kind !== 'result' || limiterMadeBy(callee.call)?.kind !== 'middleware') return []
    return conduct.records.includes(callee.call) ? [callee.call] : []
  })
}

/** `limiter.consume(req.ip); next()`: never limits, and the rejection that nobody handles ends the process (domain fact C17). */
function forgottenAnswers(conduct: Conduct): readonly CallRecord[] {
  const asked = conduct.records.filter(isConsumption)
  return asked.filter((record) => {
    if (asked.length > 1 || !/^(consume|limit)$/.test(methodName(record.callee) ?? '') || record.isAwaited || record.isCaught) return false
    const isItsResult = (value: { readonly kind: string; readonly call?: CallRecord }): boolean =>
      value.kind === 'result' && value.call === record
    const isLookedAt = conduct.records.some(
      (other) =>
        other !== record &&
        (contains(other.callee, isItsResult) ||
          other.args.some((arg) => contains(arg, isItsResult)) ||
          other.guards.some((guard) => contains(guard.value, isItsResult))),
    )
    return !isLookedAt && !conduct.summary.returns.some(({ value }) => contains(value, isItsResult))
  })
}
