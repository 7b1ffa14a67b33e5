// Everything that keeps rate limiters from limiting, in one form: where, why, what instead, and which routes suffer.
import type { CallRecord } from '../../link/value.js'
import { locationKey, type Location } from '../../text/location.js'
import { limitDemand } from './limitDemand.js'
import { limiterFaults, type Repair } from './limiterFaults.js'
import { misplacedLimiters, type Misplacement } from './limiterPlacement.js'
import { limiterMisuses, type LimiterMisuse } from './limiterUse.js'
import { limiterCallsIn, limiterCallsOf, limitersOf, routesBehind, valuesPassed, type Limiter } from './limiters.js'
import { THROTTLER } from './limits.js'
import { unknownThrottlers } from './unknownThrottlers.js'
import type { Confidence, ProjectModel, Route } from '../model.js'
import { originOf } from '../origins.js'
import { protectsRoute } from '../queries.js'
import { isTrue, property, propertyAt } from '../values.js'
import { recordedOnce } from '../recorded.js'

export interface LimiterProblem {
  /** `never`: limits nothing. `everything`: refuses all. `bypassed`: clients get around it. `unset`: limits nothing where a variable is not set. `failing`: refuses with 500. */
  readonly kind: 'never' | 'everything' | 'bypassed' | 'unset' | 'failing' | 'unused' | Misplacement['kind']
  readonly at: Location
  readonly cause: string
  readonly remedy: string
  readonly confidence: Confidence
  /** Routes that have no other limiter. */
  readonly routes: readonly Route[]
  readonly limiter: Limiter | null
  readonly repair: Repair | null
  readonly misplacement: Misplacement | null
}

/** The problems of all limiters of production code, of their options first. */
export const limiterProblems: (model: ProjectModel) => readonly LimiterProblem[] = recordedOnce((model) =>
  oncePerPlace([
    ...optionProblems(model),
    ...usageProblems(model),
    ...model.apps.flatMap((app) => misplacedLimiters(model, app).map(ofMisplacement)),
    ...unusedLimiters(model),
    ...unknownThrottlers(model),
  ]),
)

/** True for a limiter that lets every request through by its own options: what it lets through, and where, is no matter then. */
export function limitsNothing(model: ProjectModel, call: CallRecord | null | undefined): boolean {
  return limiterProblems(model).some(({ kind, limiter }) => kind === 'never' && limiter !== null && limiter.call === call)
}

/** What a problem is told as: places where a limiter cannot work come to one that limits nothing. */
export function messageOf({
  kind,
}: LimiterProblem): Exclude<LimiterProblem['kind'], 'behind' | 'uncalled' | 'unread' | 'shadowed' | 'overtaken' | 'enclosed'> {
  if (kind === 'overtaken') return 'bypassed'
  return kind === 'behind' || kind === 'uncalled' || kind === 'unread' || kind === 'shadowed' || kind === 'enclosed' ? 'never' : kind
}

/** A plugin of Fastify that several contexts register has one cause, and the routes of all of them. */
function oncePerPlace(problems: readonly LimiterProblem[]): readonly LimiterProblem[] {
  const found = new Map<string, LimiterProblem>()
  for (const problem of problems) {
    const key = `${problem.kind} ${locationKey(problem.at)} ${problem.cause}`
    const before = found.get(key)
    found.set(key, before === undefined ? problem : { ...before, routes: [...new Set([...before.routes, ...problem.routes])] })
  }
  return [...found.values()]
}

const none = { limiter: null, repair: null, misplacement: null }

const optionProblems = recordedOnce((model): readonly LimiterProblem[] =>
  limitersOf(model).flatMap((limiter) => {
    const routes = routesBehind(model, limiter)
    const alone = routes.filter((route) => !hasOther(model, route, limiter.call))
    const faults = limiterFaults(model, limiter).map((fault): LimiterProblem => ({ ...none, ...fault, limiter, routes: alone }))
    return [...faults, ...failureProblems(model, limiter, alone)]
  }),
)

function hasOther(model: ProjectModel, route: Route, call: CallRecord): boolean {
  return protectsRoute(model, route, 'rate-limit').links.some(
    ({ effect }) => effect.call !== call && !effect.isConditional && originOf(effect.call?.callee ?? null)?.calls[0] !== call,
  )
}

/** `skipFailedRequests` in front of a login counts everything but wrong passwords. */
function failureProblems(model: ProjectModel, limiter: Limiter, routes: readonly Route[]): readonly LimiterProblem[] {
  const { options } = limiter
  if (options === null || isTrue(property(options, 'skipFailedRequests')) !== 'yes') return []
  const guessed = routes.filter((route) => limitDemand(model, route, 'costly')?.isCredential === true)
  if (guessed.length === 0) return []
  const remedy = 'take `skipFailedRequests` away; `skipSuccessfulRequests` is what spares people who know their password'
  return [
    {
      ...none,
      kind: 'bypassed',
      at: propertyAt(options, 'skipFailedRequests'),
      cause: '`skipFailedRequests` leaves out wrong passwords',
      remedy,
      confidence: 'high',
      routes: guessed,
      limiter,
      repair: { how: 'remove', option: 'skipFailedRequests' },
    },
  ]
}

function usageProblems(model: ProjectModel): readonly LimiterProblem[] {
  return limiterMisuses(model).map((misuse) => {
    const { kind, at, call, name, routes } = misuse
    const [cause, remedy] = misusedTexts[kind]
    return {
      ...none,
      kind: kind === 'chosen' ? 'bypassed' : 'never',
      at,
      cause: cause.replace('{name}', name),
      remedy,
      confidence: kind === 'idle' || kind === 'chosen' ? 'medium' : 'high',
      routes: routes.filter((route) =>
        call === null ? protectsRoute(model, route, 'rate-limit').answer === 'no' : !hasOther(model, route, call),
      ),
    }
  })
}

const misusedTexts: Readonly<Record<LimiterMisuse['kind'], readonly [cause: string, remedy: string]>> = {
  perRequest: ['each request gets one of its own, which has counted nothing', 'make the limiter once, outside the function'],
  unawaited: ['the request goes on before it has answered', 'await it, and answer 429 when it rejects'],
  idle: ['`{name}` passes every request on', 'answer 429 above the limit and do not call `next` then'],
  chosen: [
    'it counts by the header `{name}`, which a client fills as it likes',
    'count by the address that the framework gives for the proxies that it trusts',
  ],
  short: ['it forgets what it counted after {name} milliseconds', 'reckon the window in milliseconds, as in `60 * 1000`'],
}

const misplacedTexts: Readonly<Record<Misplacement['kind'], readonly [cause: string, remedy: string]>> = {
  late: ['it comes after the routes', 'register the limiter before the routes'],
  elsewhere: ['no route is under its path', 'register it under the path that the routes have'],
  development: ['it is only on outside production', 'register it in every environment, or in production'],
  behind: ['it stands behind the handler that answers', 'put the limiter in front of the handler'],
  shadowed: [
    'another limit of the same plugin counts each request first',
    'register the plugin for all routes without a hook, and give the route its limit in `config: { rateLimit: … }`',
  ],
  overtaken: [
    'a check of passwords stands in front of it, and wrong ones are refused before they are counted',
    'put the limit in front of that check: middleware, hooks and guards run in their order, and limits on routes of Fastify behind the hooks',
  ],
  enclosed: [
    'it stands in a plugin with a context of its own, and no route is in that',
    'wrap this plugin in fastify-plugin, so that it shares the context around it',
  ],
  unread: ['no plugin reads `config.rateLimit` of this route', 'register @fastify/rate-limit in front of it, and await that'],
  uncalled: ['the factory is registered instead of what it makes, and no request gets past it', 'call it with its options'],
}

const notLoaded = ['it loads after the routes', 'await its registration in front of the routes'] as const

function ofMisplacement(misplacement: Misplacement): LimiterProblem {
  const isPlugin = misplacement.kind === 'late' && misplacement.registration?.scope.framework === 'fastify'
  const [cause, remedy] = isPlugin ? notLoaded : misplacedTexts[misplacement.kind]
  const { kind, at, confidence, missed } = misplacement
  return { ...none, kind, at, cause, remedy, confidence, routes: missed, misplacement }
}

/** Limiters that are made at start and that nothing takes. Silent where anything was not understood, since it may be there. */
const unusedLimiters = recordedOnce((model): readonly LimiterProblem[] => {
  const made = limitersOf(model).filter(
    ({ kind, call }) =>
      // A plugin that is registered with `global: false` waits for routes that ask for a limit.
      kind === 'middleware' && call.argumentsFrom === undefined && call.phase === 'boot' && model.serverFiles.has(call.at.file),
  )
  if (made.length === 0 || model.apps.length === 0 || model.scopes.some((scope) => scope.gaps.some((gap) => gap.isBlind))) return []
  const used = new Set<string>()
  const use = (call: CallRecord | undefined): void => void (call === undefined || used.add(locationKey(call.at)))
  for (const scope of model.scopes)
    for (const { handlers } of scope.entries) for (const value of handlers) for (const call of limiterCallsIn(model, value)) use(call)
  const isUnused = ({ call }: Limiter): boolean => !used.has(locationKey(call.at))
  if (!made.some(isUnused)) return []
  for (const call of model.calls) {
    for (const value of [call.callee, ...call.args])
      for (const within of valuesPassed(value).flatMap(limiterCallsOf)) if (within !== call) use(within)
  }
  // Of one that limits nothing by its options, the guard that asks it is not known.
  const isWhole = (limiter: Limiter): boolean => limiterFaults(model, limiter).every(({ kind }) => kind !== 'never')
  return made
    .filter((limiter) => isUnused(limiter) && isWhole(limiter))
    .map((limiter) => ({
      ...none,
      kind: 'unused',
      at: limiter.call.at,
      cause: limiter.package === THROTTLER ? 'no guard asks it' : 'nothing registers it',
      remedy:
        limiter.package === THROTTLER
          ? 'provide ThrottlerGuard under APP_GUARD, or put it on controllers with `@UseGuards`'
          : 'register it in front of the routes that it is for, or take it away',
      confidence: 'medium',
      routes: [],
      limiter,
    }))
})
