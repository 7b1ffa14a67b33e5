// Limiters whose refusals come out as failures in Nest on Fastify: its filter answers 500 for the error of @fastify/rate-limit, from version 12 on also where that says a status (domain fact C30),
// and middleware for Express finds the response of Node there, which has no `status()` (C31).
import type { Value } from '../../link/value.js'
import type { LimiterFault } from './limiterFaults.js'
import { routesBehind, type Limiter } from './limiters.js'
import { isFastifyLimiter } from './limits.js'
import type { ProjectModel } from '../model.js'
import { isNestOnFastify } from '../nestPlatform.js'
import { protectsRoute } from '../queries.js'
import { hasProperty, property, propertyAt } from '../values.js'
import { versionOf } from '../versions.js'

const BUILDER = 'errorResponseBuilder'

/** A limiter whose refusals come out as failures. Filters of the project may answer in another way, so that nothing is said of them. */
export function failingFault(model: ProjectModel, limiter: Limiter): LimiterFault | null {
  const { options, call } = limiter
  if (limiter.package === 'express-rate-limit') return foreignFault(model, limiter)
  if (!isFastifyLimiter(limiter.package)) return null
  const builder = property(options, BUILDER)
  const major = versionOf(model, call.at.file, '@nestjs/core')?.major ?? 0
  if (builder === null ? major < 12 : !isWithoutStatus(model, builder)) return null
  const routes = routesBehind(model, limiter).filter(({ app }) => isNestOnFastify(app))
  if (routes.length === 0 || routes.some((route) => protectsRoute(model, route, 'error-handler').by === 'code')) return null
  return {
    kind: 'failing',
    at: builder === null || options === null ? call.at : propertyAt(options, BUILDER),
    cause: 'Nest answers 500 for what is no exception of its own',
    remedy: `let \`${BUILDER}\` give an HttpException, or an object with \`statusCode\``,
    confidence: 'high',
    repair:
      builder === null
        ? { how: 'set', option: BUILDER, code: "(_request, context) => ({ statusCode: context.statusCode, message: 'Too Many Requests' })" }
        : null,
  }
}

/** A limiter for Express, unless it answers in a way of its own. */
function foreignFault(model: ProjectModel, limiter: Limiter): LimiterFault | null {
  if (hasProperty(limiter.options, 'handler') !== 'no' || !routesBehind(model, limiter).some(({ app }) => isNestOnFastify(app))) return null
  return {
    kind: 'failing',
    at: limiter.call.at,
    cause: 'it is made for Express, and its answer is a TypeError in Nest on Fastify',
    remedy: 'register @fastify/rate-limit, or provide ThrottlerGuard of @nestjs/throttler',
    confidence: 'high',
    repair: null,
  }
}

/** True where it gives nothing but objects of its own that hold no status. */
function isWithoutStatus(model: ProjectModel, builder: Value | null): boolean {
  if (builder?.kind !== 'function') return false
  const { returns } = model.summaryOf(builder)
  return (
    returns.length > 0 &&
    returns.every(({ value }) => value.kind === 'object' && value.role === 'plain' && !value.isOpen && !value.properties.has('statusCode'))
  )
}
