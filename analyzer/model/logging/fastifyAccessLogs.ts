// The request log of Fastify, as far as an own serializer of requests changes what it writes: the standard one leaves headers out (domain fact E6).
import type { Value } from '../../link/value.js'
import type { SensitiveAccessLog } from './accessLogs.js'
import { fastifyLogging } from './fastifyLogger.js'
import type { App, ProjectModel } from '../model.js'
import { originOf } from '../origins.js'
import { redactPaths } from './redaction.js'
import { serializedRequest } from './requestSerializers.js'
import { property, stringOf } from '../values.js'

/** Request logs of applications whose serializer writes credentials or bodies. */
export function fastifyAccessLogs(model: ProjectModel): readonly SensitiveAccessLog[] {
  return model.apps.flatMap((app) => {
    const options = app.framework === 'fastify' && fastifyLogging(app) === null ? loggerOptions(app) : null
    if (options === null || /^(warn|error|fatal|silent)$/.test(stringOf(property(options, 'level')) ?? '')) return []
    const paths = redactPaths(options)
    return paths === 'unknown' ? [] : (serializedRequest(model, options, 'fastify', paths) ?? [])
  })
}

/** `Fastify({ logger: options })`, and `Fastify({ loggerInstance: pino(options) })`. */
function loggerOptions(app: App): Value | null {
  const setting = (name: string): Value | null => app.scope.settings.find((one) => one.name === name)?.value ?? null
  const given = setting('logger')
  if (given?.kind === 'object') return given
  const maker = originOf(setting('loggerInstance'))?.calls[0]
  return maker?.args.find(({ kind }) => kind === 'object') ?? null
}
