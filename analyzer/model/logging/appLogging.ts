// What an application logs with, and whether it says which requests it got.
import type { Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { fastifyLogging } from './fastifyLogger.js'
import { logCalls } from './logCalls.js'
import type { App, ProjectModel } from '../model.js'
import { callsTo } from '../packageCalls.js'
import { wrappers } from './ownLoggers.js'
import { isNestOnFastify } from '../nestPlatform.js'
import { mayLogRequests } from './nestRequestLogs.js'
import { ofEachBinding } from '../perPart.js'
import { productionCalls } from '../productionCalls.js'
import { loggerKindOf, loggerModules, MADE } from './projectLoggers.js'
import { protectsApp } from '../queries.js'
import { answeredRoutes, isProbesOnly } from '../serving.js'
import { isTrue, isFalse, property, stringOf } from '../values.js'
import { packageAt } from '../versions.js'

export interface LoggingGap {
  /** `none`: no logger at all. `silent`: the logger is off in production. `requests`: it does not say which requests came. */
  readonly gap: 'none' | 'silent' | 'requests'
  readonly at: Location
  /** The pino logger that request logging could use. */
  readonly evidence: readonly Location[]
}

const accessLoggers = ['pino-http', 'express-pino-logger', 'express-winston', 'express-bunyan-logger', 'bunyan-middleware']
const remoteLoggers = ['@google-cloud/logging', '@logtail/node', '@axiomhq/js', 'applicationinsights']

/** The first thing that the application's logging lacks. null where nothing does, or nothing can be told. */
export function loggingGap(model: ProjectModel, app: App): LoggingGap | null {
  if (app.framework === 'fastify') return fastifyGap(model, app)
  // Nest brings a logger, and says of no request that it came.
  if (app.framework === 'nest') return isNestOnFastify(app) || mayLogRequests(model) ? null : requestGap(model, app)
  if (!hasLogger(model)) return { gap: 'none', at: app.at, evidence: [] }
  const silent = silentLogger(model)
  if (silent !== null) return { gap: 'silent', at: silent, evidence: [app.at] }
  return requestGap(model, app)
}

function requestGap(model: ProjectModel, app: App): LoggingGap | null {
  if (isLoggedByPlatform(model, app) || isProbesOnly(model, answeredRoutes(model, app))) return null
  const requests = protectsApp(model, app, 'logging')
  return requests.answer === 'no' && requests.covered.length === 0 && requests.conditional.length === 0 && requests.unknown.length === 0
    ? {
        gap: 'requests',
        at: app.at,
        evidence: logCalls(model)
          .filter(({ how }) => how === 'package')
          .slice(0, 1)
          .map(({ record }) => record.at),
      }
    : null
}

/** Functions of Google Cloud and Azure have a line for each request in the log of the platform. */
function isLoggedByPlatform(model: ProjectModel, { kind, at }: App): boolean {
  if (kind !== 'serverless') return false
  const nearest = packageAt(model, at.file)
  return nearest !== null && platforms.some((name) => name in nearest.dependencies)
}

const platforms = ['firebase-functions', '@google-cloud/functions-framework', 'azure-function-express', 'azure-aws-serverless-express']

/** Fastify brings its logger and a line for each request, once it is asked for it. */
function fastifyGap(model: ProjectModel, app: App): LoggingGap | null {
  const gap = fastifyLogging(app)
  if (gap === null || protectsApp(model, app, 'logging').covered.length > 0) return null
  const hasOther = productionCalls(model, [...callsTo(model, 'pino'), ...callsTo(model, 'winston')]).length > 0
  return { gap: gap === 'off' && !hasOther ? 'none' : 'requests', at: app.at, evidence: [] }
}

/** A logger of a package, of the request, of the project, or one that is known by its type. console is none, nor is morgan. */
const boundLoggers = ofEachBinding((binding) => (loggerKindOf(binding.value) === null ? [] : [binding]), MADE)

function hasLogger(model: ProjectModel): boolean {
  if (logCalls(model).some(({ how, package: name }) => how !== 'console' && name !== 'debug')) return true
  if (loggerModules(model).length > 0 || wrappers(model).size > 0 || boundLoggers(model).length > 0) return true
  return [...accessLoggers, ...remoteLoggers].some((name) => productionCalls(model, callsTo(model, name)).length > 0)
}

/** Where a logger of the project is made so that it writes nothing. */
function silentLogger(model: ProjectModel): Location | null {
  const makers = [...callsTo(model, 'pino', []), ...callsTo(model, 'pino', ['pino']), ...callsTo(model, 'winston', ['createLogger'])]
  const production = productionCalls(model, makers)
  const silent = production.filter((call) => isSilent(call.args[0] ?? null))
  return silent.length > 0 && silent.length === production.length ? (silent[0]?.at ?? null) : null
}

function isSilent(options: Value | null): boolean {
  return (
    isTrue(property(options, 'silent')) === 'yes' ||
    isFalse(property(options, 'enabled')) === 'yes' ||
    stringOf(property(options, 'level')) === 'silent'
  )
}
