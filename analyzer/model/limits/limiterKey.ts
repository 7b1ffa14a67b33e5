// By what a limiter tells clients apart, and whether the client can choose it.
import type { Value } from '../../link/value.js'
import { conductOf } from '../conduct.js'
import type { LimiterFault } from './limiterFaults.js'
import { limiterCallsIn, routesBehind, type Limiter } from './limiters.js'
import { isFastifyLimiter, THROTTLER } from './limits.js'
import type { ProjectModel } from '../model.js'
import { globalOf, originOf } from '../origins.js'
import { protectsRoute } from '../queries.js'
import { headerName, requestPart } from '../requests.js'
import { contains } from '../search.js'
import { property, propertyAt } from '../values.js'

/** Headers that a client may fill as it likes. `cf-connecting-ip` and the like are left out: a proxy that sets them overwrites them. */
const clientHeaders = /^(x-forwarded-for|forwarded|x-client-ip|x-forwarded|user-agent|x-request-id)$/i

/** A key that is another one for each request, or that the client chooses (domain fact C5). */
export function keyFault(model: ProjectModel, limiter: Limiter): LimiterFault | null {
  const { options, package: name } = limiter
  const keys = keysOf(model, options, name)
  if (options === null || keys.length === 0) return null
  const option = optionOf(name)
  const at = propertyAt(options, option)
  // The method of a guard is no option that could be taken away.
  const repair = name === THROTTLER ? null : ({ how: 'remove', option } as const)
  if (keys.every((key) => contains(key, isFresh)))
    return {
      kind: 'never',
      at,
      cause: `\`${option}\` gives every request another key`,
      remedy: 'count by `req.ip` or by the account',
      confidence: 'high',
      repair,
    }
  const header = keys.map(headerIn).find((name) => name !== null)
  if (header !== undefined && header !== null)
    return {
      kind: 'bypassed',
      at,
      cause: `it counts by the header \`${header}\`, which a client fills as it likes`,
      remedy: remedyFor(name),
      confidence: 'medium',
      repair,
    }
  if (keys.some((key) => contains(key, isSessionId)) && !isBehindSignIn(model, limiter))
    return {
      kind: 'bypassed',
      at,
      cause: 'it counts by session, and a client without a cookie gets a new one each time',
      remedy: 'count by `req.ip` or by the account',
      confidence: 'medium',
      repair,
    }
  return null
}

function remedyFor(limiter: string): string {
  return isFastifyLimiter(limiter)
    ? 'count by `request.ip`, and tell Fastify with `trustProxy` which proxies to trust'
    : 'count by `req.ip`, and tell Express with `trust proxy` how many proxies to trust'
}

/** Whether clients are told apart by `req.ip`, which is what trust in proxies decides. `false` for keys of another kind, null where that cannot be told. */
export function countsByAddress(model: ProjectModel, limiter: Limiter): boolean | null {
  if (limiter.kind !== 'middleware') return null
  const generator = property(limiter.options, optionOf(limiter.package))
  if (generator === null || (generator.kind === 'literal' && generator.value === undefined)) return true
  const keys = keysOf(model, limiter.options, limiter.package)
  if (keys.length === 0) return null
  return keys.some((key) => contains(key, (one) => requestPart(one) === 'ip'))
}

/** Nest asks a method of the guard, or an option of that name. */
function optionOf(limiter: string): 'getTracker' | 'keyGenerator' {
  return limiter === THROTTLER ? 'getTracker' : 'keyGenerator'
}

function keysOf(model: ProjectModel, options: Value | null, limiter: string): readonly Value[] {
  const generator = property(options, optionOf(limiter))
  return generator?.kind === 'function' ? conductOf(model, generator).summary.returns.map(({ value }) => value) : []
}

/** Strangers do not get as far on any route, so that there are as many sessions as were signed in. */
function isBehindSignIn(model: ProjectModel, limiter: Limiter): boolean {
  const routes = routesBehind(model, limiter)
  return (
    routes.length > 0 &&
    routes.every((route) => {
      const { answer, links } = protectsRoute(model, route, 'auth')
      const counting = route.chain.findIndex(({ value }) => limiterCallsIn(model, value).includes(limiter.call))
      return answer === 'yes' && links.some(({ link }) => route.chain.indexOf(link) < counting)
    })
  )
}

function isFresh(value: Value): boolean {
  if (value.kind !== 'result') return false
  if (/^(Math\.random|Date\.now|performance\.now|process\.hrtime(\.bigint)?|crypto\.randomUUID)$/.test(globalOf(value.call.callee) ?? ''))
    return true
  const origin = originOf(value.call.callee)
  if (origin === null) return false
  return (
    /^(uuid|nanoid|cuid|ulid|@paralleldrive\/cuid2)$/.test(origin.package) ||
    (origin.package === 'crypto' && /^random/.test(origin.path.at(-1) ?? ''))
  )
}

/** The header of the client in a key, by which whoever asks chooses how it is counted; null where there is none. */
export function headerIn(key: Value): string | null {
  let name: string | null = null
  contains(key, (one) => {
    const read = headerName(one)
    if (read !== null && clientHeaders.test(read)) name = read
    return name !== null
  })
  return name
}

function isSessionId(value: Value): boolean {
  if (value.kind !== 'member' || (value.name !== 'sessionID' && value.name !== 'id')) return false
  const { object } = value
  return value.name === 'sessionID'
    ? requestPart(object) === 'whole'
    : object.kind === 'member' && object.name === 'session' && requestPart(object.object) === 'whole'
}
