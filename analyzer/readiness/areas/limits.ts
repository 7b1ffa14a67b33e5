// How often a client may ask.
import { limitDemand, wantsGeneralLimit } from '../../model/limits/limitDemand.js'
import { limiterProblems } from '../../model/limits/limiterProblems.js'
import { limitersOf, routesBehind, type Limiter } from '../../model/limits/limiters.js'
import { countsInMemory, isInsurance, storeHolder } from '../../model/limits/limiterStores.js'
import type { App, Route } from '../../model/model.js'
import { trustProxyOf } from '../../model/transport/trustProxy.js'
import type { Context, ControlDefinition, Judgement } from '../control.js'
import { coverage, duration } from '../coverage.js'
import { againstIt, unlessFound, withheld } from '../fromFindings.js'
import { judgeTrust, trustPlaces } from './transport.js'
import { locationKey } from '../../text/location.js'

export const limits: readonly ControlDefinition[] = [
  {
    id: 'rate-limit',
    area: 'rate-limits',
    title: 'Every route stands behind a rate limit',
    weight: 3,
    rules: ['require-rate-limit', 'require-unknown-path-limit'],
    judge: (context) =>
      context.apps.map((app) =>
        coverage(context, app, {
          capability: 'rate-limit',
          noun: 'a rate limit',
          needs: (route) => wantsGeneralLimit(context.model, route),
          isVain: isVainIn(context),
        }),
      ),
  },
  {
    id: 'credential-rate-limit',
    area: 'rate-limits',
    title: 'Routes that take credentials stand behind a strict rate limit',
    weight: 3,
    rules: ['require-auth-rate-limit', 'no-lax-auth-rate-limit'],
    judge: (context) => {
      const covered = context.apps.map((app) =>
        coverage(context, app, {
          capability: 'rate-limit',
          noun: 'a rate limit',
          needs: (route) => limitDemand(context.model, route, 'costly')?.isCredential === true,
          isVain: isVainIn(context),
        }),
      )
      return covered.some(({ status }) => status === 'in-place' || status === 'partly')
        ? [...covered, ...againstIt(context, ['no-lax-auth-rate-limit'], 'partly')]
        : covered
    },
  },
  {
    id: 'effective-rate-limit',
    area: 'rate-limits',
    title: 'The limiters limit',
    weight: 2,
    rules: ['no-ineffective-rate-limit'],
    judge: (context) => unlessFound(context, ['no-ineffective-rate-limit'], limiterList(context)),
  },
  {
    id: 'shared-store',
    area: 'rate-limits',
    title: 'Several processes count together',
    weight: 1,
    rules: ['require-shared-rate-limit-store'],
    judge: sharedStore,
  },
  {
    id: 'client-address',
    area: 'rate-limits',
    title: 'Limiters count clients, and not the proxy in front',
    weight: 2,
    rules: ['require-proxy-aware-rate-limit'],
    judge: clientAddress,
  },
]

/** Routes whose only limiters let everything through by their own options. */
function isVainIn({ model }: Context): (route: Route) => boolean {
  const vain = new Set(limiterProblems(model).flatMap(({ kind, limiter, routes }) => (kind === 'never' && limiter !== null ? routes : [])))
  return (route) => vain.has(route)
}

/** Each limiter with its numbers and the routes behind it. */
function limiterList({ model }: Context): { readonly text: string; readonly shown: Judgement['shown'] } {
  const shown = eachOnce(limitersOf(model)).map((limiter) => {
    const { most, window } = limiter.limit
    const count = routesBehind(model, limiter).length
    const numbers = `${most ?? '?'} per ${window === null ? '?' : duration(window)}`
    return { at: limiter.call.at, note: `${limiter.package}, ${numbers}, in front of ${count === 1 ? '1 route' : `${count} routes`}` }
  })
  const text = shown.length === 0 ? 'No limiter of a package is made.' : 'No limiter was found that lets everything through.'
  return { text, shown }
}

/** A place that makes limiters for several routes, as a decorator of the project does, is one line. */
function eachOnce(limiters: readonly Limiter[]): readonly Limiter[] {
  return [...new Map(limiters.map((limiter) => [locationKey(limiter.call.at), limiter])).values()]
}

function sharedStore(context: Context): readonly Judgement[] {
  const rules = ['require-shared-rate-limit-store']
  const found = againstIt(context, rules)
  if (found.length > 0) return found
  const doubt = withheld(context, rules)
  if (doubt !== null) return [doubt]
  const limiters = limitersOf(context.model).filter((limiter) => !isInsurance(context.model, limiter))
  if (limiters.length === 0) return [{ status: 'not-applicable', text: 'No limiter of a package is made.', shown: [], app: null }]
  return eachOnce(limiters.map((limiter) => storeHolder(context.model, limiter))).map((limiter): Judgement => {
    const answer = countsInMemory(context.model, limiter)
    const shown = [{ at: limiter.call.at, note: limiter.package }]
    if (answer === 'no') return { status: 'in-place', text: 'The counts are kept outside the process.', shown, app: null }
    if (answer === 'unknown') return { status: 'not-known', text: 'Where the counts are kept is not known.', shown, app: null }
    return { status: 'not-applicable', text: 'The counts are kept in memory; nothing says that several processes run.', shown, app: null }
  })
}

function clientAddress(context: Context): readonly Judgement[] {
  const rules = ['require-proxy-aware-rate-limit']
  const found = againstIt(context, rules)
  if (found.length > 0) return found
  const doubt = withheld(context, rules)
  if (doubt !== null) return [doubt]
  const limited = new Set(limitersOf(context.model).flatMap((limiter) => routesBehind(context.model, limiter).map(({ app }) => app.scope)))
  return context.apps.map((app): Judgement => {
    if (!limited.has(app.scope))
      return { status: 'not-applicable', text: 'No limiter of a package stands in front of its routes.', shown: [], app }
    return byTrust(context, app)
  })
}

function byTrust({ model }: Context, app: App): Judgement {
  const judged = judgeTrust(model, app, 'Named proxies say who the client is.')
  if (judged !== null) return judged
  const { setting } = trustProxyOf(model, app.scope)
  return {
    status: 'not-applicable',
    text: `${setting === null ? 'Nothing says that a proxy stands in front' : 'No proxy is trusted'}; where one stands in front, it has to be named.`,
    shown: trustPlaces(app, setting),
    app,
  }
}
