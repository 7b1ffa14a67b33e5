// What may log the requests of a Nest application although no layer says by what it does that it is a request log.
import { functionsBehind } from '../../link/handlers.js'
import type { CallRecord } from '../../link/value.js'
import { conductOf } from '../conduct.js'
import type { ProjectModel } from '../model.js'
import { originOf } from '../origins.js'
import { callsThat } from '../perPart.js'
import { productionCalls } from '../productionCalls.js'
import { isFalse, property } from '../values.js'
import { logCallOf } from './logCalls.js'

/** True where a module of a package logs each request, and where an interceptor or middleware of the project logs whatever it is about. */
export function mayLogRequests(model: ProjectModel): boolean {
  return productionCalls(model, loggingModules(model)).length > 0 || hasLoggingLayer(model)
}

const loggingModules = callsThat((call) => isLoggingModule(call), { packages: (name) => logs.test(name) })

/** nestjs-pino brings pino-http for every route; nest-winston and its like bring a logger alone. */
const logs = /pino|morgan|logging-interceptor|(request|http)-?log/

function isLoggingModule({ callee, args }: CallRecord): boolean {
  const origin = originOf(callee)
  if (origin === null || !logs.test(origin.package) || !/^(forRoot|register)(Async)?$/.test(origin.path.at(-1) ?? '')) return false
  return isFalse(property(property(args[0] ?? null, 'pinoHttp'), 'autoLogging')) !== 'yes'
}

function hasLoggingLayer(model: ProjectModel): boolean {
  return model.scopes.some(
    ({ framework, entries }) =>
      framework === 'nest' &&
      entries.some(
        ({ isOff, handlers }) =>
          !isOff &&
          handlers
            .flatMap((handler) => functionsBehind(handler))
            .filter(({ facts }) => /^(intercept|use)$/.test(facts.name))
            .some((fn) => conductOf(model, fn).records.some(isLine)),
      ),
  )
}

/** What stands where something failed speaks of errors alone. */
function isLine(record: CallRecord): boolean {
  return logCallOf(record) !== null && !record.guards.some(({ kind }) => kind === 'catch')
}
