// Limiters that code uses in a way that limits nothing: made anew for each request, asked without waiting for the answer, or limiters in name only.
import type { CallRecord, FunctionValue, Value } from '../../link/value.js'
import { functionsBehind } from '../../link/handlers.js'
import type { Location } from '../../text/location.js'
import { behaviourOf } from '../behaviour.js'
import { conductOf, type Conduct } from '../conduct.js'
import { isConsumption, isLookup } from './limitBehaviour.js'
import { headerIn } from './limiterKey.js'
import { limiterMadeBy } from './limiters.js'
import { numbersWithin } from './ownNumbers.js'
import type { ProjectModel, Route } from '../model.js'
import { recorded, recordedOnce } from '../recorded.js'
import { methodName } from '../origins.js'
import { isNext, requestPartsIn } from '../requests.js'
import { contains } from '../search.js'

export interface LimiterMisuse {
  /**
   * `perRequest`: each request gets a limiter of its own, which has counted nothing. `unawaited`: the request goes on before the limiter answers.
   * `idle`: own middleware that is called a limiter and passes every request on. `chosen`: own middleware counts by a header of the client, in `name`.
   * `short`: own middleware forgets what it counted after so many milliseconds as `name` says, where seconds or minutes were meant.
   */
  readonly kind: 'perRequest' | 'unawaited' | 'idle' | 'chosen' | 'short'
  readonly at: Location
  readonly call: CallRecord | null
  readonly name: string
  readonly routes: readonly Route[]
}

/** Misuses in middleware and handlers of routes, each place once. */
export const limiterMisuses: (model: ProjectModel) => readonly LimiterMisuse[] = recordedOnce((model) =>
  [...usesOf(model)].flatMap(([fn, use]) => {
    const { fresh, forgotten, idle, chosen, short } = misusesIn(model, fn)
    const base = { name: fn.facts.name, routes: [...use.routes] }
    return [
      ...fresh.map((call): LimiterMisuse => ({ ...base, kind: 'perRequest', at: call.at, call })),
      ...forgotten.map((call): LimiterMisuse => ({ ...base, kind: 'unawaited', at: call.at, call })),
      ...(idle && !use.hasOther ? [{ ...base, kind: 'idle', at: use.at, call: null } satisfies LimiterMisuse] : []),
      ...(chosen === null ? [] : [{ ...base, ...chosen, kind: 'chosen' } satisfies LimiterMisuse]),
      ...(short === null ? [] : [{ ...base, ...short, kind: 'short' } satisfies LimiterMisuse]),
    ]
  }),
)

interface Use {
  readonly at: Location
  readonly routes: Set<Route>
  /** True where it may be another function that runs there: `let limit = passOn`, with a limiter in its place where the environment asks for one. */
  hasOther: boolean
}

/** The functions that run in front of routes and at their ends. */
const usesOf = recordedOnce((model): ReadonlyMap<FunctionValue, Use> => {
  const uses = new Map<FunctionValue, Use>()
  for (const route of model.routes) {
    for (const { value, at, entry } of route.chain) {
      for (const fn of entry.isOff ? [] : functionsBehind(value)) {
        const use = uses.get(fn) ?? { at, routes: new Set<Route>(), hasOther: false }
        use.routes.add(route)
        use.hasOther ||= value.kind === 'choice' && value.options.length > 1
        uses.set(fn, use)
      }
    }
  }
  return uses
})

const misusesIn = recorded((model, fn: FunctionValue) => {
  const conduct = conductOf(model, fn)
  return {
    fresh: freshLimiters(conduct),
    forgotten: forgottenAnswers(conduct),
    idle: isIdle(model, conduct),
    chosen: chosenKey(model, conduct),
    short: shortWindow(model, fn),
  }
})

/** Called a limiter, and everything that it does is seen: it refuses nobody, waits for nothing and hands nothing on but to `next`. */
function isIdle(model: ProjectModel, conduct: Conduct): boolean {
  const { fn, records, summary } = conduct
  if (!/rate_?limit|limiter|throttl/i.test(fn.facts.name) || conduct.isErrorHandler || summary.isExhausted) return false
  if (!conduct.continues || conduct.refusals.length > 0 || conduct.delegations.length > 0 || conduct.answers.length > 0) return false
  if (summary.throws.length > 0 || records.some((record) => record.isAwaited || (!isNext(record.callee) && record.args.some(isNext))))
    return false
  return !behaviourOf(model, fn).some(({ capability }) => capability === 'rate-limit' || capability === 'slow-down')
}

/** `Date.now() - start > 60`: a window that is over before the next request comes. */
function shortWindow(model: ProjectModel, fn: FunctionValue): Pick<LimiterMisuse, 'at' | 'call' | 'name'> | null {
  const effect = behaviourOf(model, fn).find(({ capability, package: name }) => capability === 'rate-limit' && name === null)
  const window = effect === undefined ? null : numbersWithin(model, fn).window
  if (effect === undefined || window === null || window.value >= 1000 || (window.value > 60 && window.value % 60 !== 0)) return null
  return { at: effect.at, call: effect.call, name: String(window.value) }
}

/** `limiter.consume(req.headers['x-forwarded-for'])`, in a function that refuses by what it counted, and counts by nothing else. */
function chosenKey(model: ProjectModel, { fn, records }: Conduct): Pick<LimiterMisuse, 'at' | 'call' | 'name'> | null {
  const counts = records.filter((record) => counting.test(methodName(record.callee) ?? '') && isLookup(record))
  const chosen = counts.flatMap((call) => {
    const name =
      keysOf(call)
        .map(headerIn)
        .find((one) => one !== null) ?? null
    return name === null ? [] : [{ at: call.at, call, name }]
  })
  const isOnly = counts.every((call) => chosen.some((one) => one.call === call) || !keysOf(call).some(isFromRequest))
  const [first] = chosen
  if (first === undefined || !isOnly || !behaviourOf(model, fn).some(({ capability }) => capability === 'rate-limit')) return null
  return first
}

const counting =
  /^(consume|penalty|get|incr|incrby|increment|hit|check|limit|zadd|zcard|zcount|zremrangebyscore|eval|evalsha|hincrby|hget|has)$/i

/** Records are stored as objects; keys are texts. */
function keysOf({ args }: CallRecord): readonly Value[] {
  return args.filter(({ kind }) => kind !== 'object')
}

function isFromRequest(key: Value): boolean {
  return requestPartsIn(key).length > 0
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
