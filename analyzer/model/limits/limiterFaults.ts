// Options with which a limiter never refuses a request, or refuses everything.
import type { ObjectValue, Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { conductOf } from '../conduct.js'
import { textFault } from './fastifyLimiterFaults.js'
import { keyFault } from './limiterKey.js'
import { failingFault } from './nestLimiterFaults.js'
import { skipFault } from './limiterSkip.js'
import type { Limiter } from './limiters.js'
import { isFastifyLimiter, THROTTLER } from './limits.js'
import type { Confidence, ProjectModel } from '../model.js'
import { globalOf } from '../origins.js'
import { mayBeUnset } from './unsetVariables.js'
import { property, propertyAt } from '../values.js'
import { versionOf } from '../versions.js'

export interface LimiterFault {
  readonly kind: 'never' | 'everything' | 'bypassed' | 'unset' | 'failing'
  readonly at: Location
  /** What is wrong, as a clause. */
  readonly cause: string
  /** What to write instead, as a clause. */
  readonly remedy: string
  readonly confidence: Confidence
  readonly repair: Repair | null
}

/** How a fix mends the option: takes it away, writes another value, adds a default to the value, makes a number of it, gives it another name, or lets its function answer at once. */
export type Repair =
  | { readonly how: 'remove'; readonly option: string }
  | { readonly how: 'set'; readonly option: string; readonly code: string }
  | { readonly how: 'default' | 'number'; readonly value: Value; readonly code: string }
  | { readonly how: 'rename'; readonly options: ObjectValue; readonly option: string; readonly name: string }
  | { readonly how: 'settle'; readonly at: Location }

/** Longest time that a timer of Node can wait, in milliseconds: above it, the counters of the memory store are cleared at once. */
const LONGEST_TIMER = 2 ** 31 - 1

/** What is wrong with the options of a limiter, measured with express-rate-limit 8 and @fastify/rate-limit 11 (domain facts C2 to C5, C24). */
export function limiterFaults(model: ProjectModel, limiter: Limiter): readonly LimiterFault[] {
  return [skipFault, textFault, mostFault, windowFault, shortWindowFault, handlerFault, keyFault, failingFault].flatMap(
    (find) => find(model, limiter) ?? [],
  )
}

function mostFault(model: ProjectModel, limiter: Limiter): LimiterFault | null {
  const { options, limit, call } = limiter
  const option = ['limit', 'max', 'points', 'tokensPerInterval'].find(
    (name) => property(options, name) === limit.mostValue && limit.mostValue !== null,
  )
  if (option === undefined || options === null || limit.mostValue === null) return null
  const at = propertyAt(options, option)
  const value = limit.mostValue
  const repair: Repair = { how: 'set', option, code: '100' }
  const never = (cause: string, confidence: Confidence): LimiterFault => ({
    kind: 'never',
    at,
    cause,
    remedy: `give \`${option}\` a number`,
    confidence,
    repair,
  })
  if (value.kind === 'global' && (value.name === 'Infinity' || value.name === 'NaN')) return never(`\`${option}\` is ${value.name}`, 'high')
  if (value.kind === 'literal') {
    const { value: literal } = value
    if (typeof literal === 'string' && Number.isNaN(Number(literal)) && !isFastifyLimiter(limiter.package))
      return never(`\`${option}\` is a text that is no number`, 'high')
    if (typeof literal === 'number' && (Number.isNaN(literal) || literal === Infinity)) return never(`\`${option}\` is ${literal}`, 'high')
    const isNothing = literal === false || (typeof literal === 'number' && literal <= 0)
    if (isNothing && isBefore(model, limiter, 'express-rate-limit', 7))
      return never(`before version 7 of express-rate-limit, \`${option}: ${String(literal)}\` switches it off`, 'high')
    if (
      isNothing &&
      (limiter.package.endsWith('rate-limit') || limiter.package === THROTTLER || limiter.package === 'rate-limiter-flexible') &&
      !call.guards.some((guard) => guard.kind === 'condition')
    )
      return {
        kind: 'everything',
        at,
        cause: `\`${option}\` is ${String(literal)}`,
        remedy: `give \`${option}\` a number above 0`,
        confidence: 'high',
        repair,
      }
  }
  const name = unparsedVariable(value)
  if (name === null || !mayBeUnset(model, name)) return null
  return {
    kind: 'unset',
    at,
    cause: `\`${option}\` is NaN where \`${name}\` is not set`,
    remedy: 'add a default, as in `|| 100`',
    confidence: 'medium',
    repair: { how: 'default', value, code: '100' },
  }
}

/** The variable in `Number(process.env.X)`, `parseInt(process.env.X, 10)` and `+process.env.X`, which is NaN where it is not set. */
function unparsedVariable(value: Value): string | null {
  const inner =
    value.kind === 'result' && /^(Number(\.parseInt|\.parseFloat)?|parseInt|parseFloat)$/.test(globalOf(value.call.callee) ?? '')
      ? value.call.args[0]
      : value.kind === 'operation' && value.operator === '+' && value.operands.length === 1
        ? value.operands[0]
        : undefined
  return inner?.kind === 'environment' && inner.name !== '*' ? inner.name : null
}

/** True where the installed version of the package is known to be one before this. */
function isBefore(model: ProjectModel, { package: name, call }: Limiter, wanted: string, major: number): boolean {
  const version = name === wanted ? versionOf(model, call.at.file, name) : null
  return version !== null && version.major < major
}

/** `ttl: 60` of Nest, and `timeWindow: 60` of Fastify: milliseconds, where seconds were meant (domain fact C27). */
function shortWindowFault(model: ProjectModel, limiter: Limiter): LimiterFault | null {
  const { options, limit } = limiter
  const option = limiter.package === THROTTLER ? 'ttl' : isFastifyLimiter(limiter.package) ? 'timeWindow' : undefined
  const value = limit.windowValue
  if (options === null || option === undefined || value?.kind !== 'literal' || isBefore(model, limiter, THROTTLER, 5)) return null
  if (typeof value.value !== 'number' || value.value <= 0 || value.value >= 1000 || (value.value > 60 && value.value % 60 !== 0))
    return null
  return {
    kind: 'never',
    at: propertyAt(options, option),
    cause: `\`${option}\` is ${value.value} milliseconds`,
    remedy: `give \`${option}\` the length of the window in milliseconds, such as \`60 * 1000\``,
    confidence: 'high',
    repair: { how: 'set', option, code: `${value.value} * 1000` },
  }
}

function windowFault(model: ProjectModel, limiter: Limiter): LimiterFault | null {
  const { options, limit } = limiter
  const value = limit.windowValue
  if (options === null || value === null || limiter.package !== 'express-rate-limit') return null
  const fault = (cause: string, code: string, confidence: Confidence): LimiterFault => ({
    kind: 'never',
    at: propertyAt(options, 'windowMs'),
    cause,
    remedy: 'give `windowMs` the length of the window in milliseconds, such as `15 * 60 * 1000`',
    confidence,
    repair: { how: 'set', option: 'windowMs', code },
  })
  if (value.kind === 'global' && (value.name === 'Infinity' || value.name === 'NaN'))
    return fault(`\`windowMs\` is ${value.name}`, '15 * 60 * 1000', 'high')
  const name = unparsedVariable(value)
  if (name !== null && mayBeUnset(model, name))
    return {
      ...fault(`\`windowMs\` is NaN where \`${name}\` is not set`, '', 'medium'),
      kind: 'unset',
      remedy: 'add a default, as in `|| 15 * 60 * 1000`',
      repair: { how: 'default', value, code: '15 * 60 * 1000' },
    }
  if (value.kind !== 'literal') return null
  const window = Number(value.value)
  if (Number.isNaN(window)) return fault('`windowMs` is a text that is no number', '15 * 60 * 1000', 'high')
  if (window > LONGEST_TIMER)
    return fault('`windowMs` is longer than a timer can wait, so that the counters are cleared at once', '24 * 60 * 60 * 1000', 'high')
  if (window >= 1000) return null
  // Below a hundred somebody thought of minutes or seconds; what is a whole number of minutes, of seconds.
  const isMinutes = window <= 60
  const isSeconds = !isMinutes && window % 60 === 0
  return fault(
    `\`windowMs\` is ${window} milliseconds`,
    isSeconds ? `${window} * 1000` : isMinutes ? `${window || 15} * 60 * 1000` : '60 * 1000',
    isMinutes || isSeconds ? 'high' : 'medium',
  )
}

function handlerFault(model: ProjectModel, { options }: Limiter): LimiterFault | null {
  const handler = property(options, 'handler')
  if (options === null || handler?.kind !== 'function') return null
  const conduct = conductOf(model, handler)
  const isPassing = conduct.continues && conduct.answers.length === 0 && conduct.refusals.length === 0 && conduct.delegations.length === 0
  if (!isPassing || conduct.summary.isExhausted) return null
  return {
    kind: 'never',
    at: propertyAt(options, 'handler'),
    cause: '`handler` passes the request on instead of refusing it',
    remedy: 'answer 429 in `handler`, or leave it out',
    confidence: 'high',
    repair: { how: 'remove', option: 'handler' },
  }
}
