// What decorators of @nestjs/platform-fastify say of a route below: the options that plugins of Fastify read of it.
import { write } from '../link/heapLog.js'
import type { Machine } from '../link/machine.js'
import type { ObjectValue } from '../link/value.js'
import { objectValue } from '../link/values.js'
import type { Link } from './nestChains.js'
import type { NestDecorator } from './nestDecorators.js'
import type { NestApplication } from './nestState.js'
import { contextOf } from './fastifyContexts.js'
import { ownSettings } from './fastifyRouteOptions.js'

export interface PlatformRoute {
  /** The options of the route of Fastify; null where nothing is said. */
  readonly options: ObjectValue | null
  /** Plugins that the route configures for itself. */
  readonly links: readonly Link[]
}

const NOTHING: PlatformRoute = { options: null, links: [] }

/** `@RouteConfig({ rateLimit: … })`: the `config` of the route of Fastify. Nest reads it of the method alone. */
export function platformRoute(machine: Machine, app: NestApplication, decorators: readonly NestDecorator[]): PlatformRoute {
  const written = decorators.find((one) => one.name === 'RouteConfig' && one.package === '@nestjs/platform-fastify')
  const config = written?.args[0]
  if (app.raw === null || written === undefined || config === undefined) return NOTHING
  const options = objectValue(written.at)
  write(machine, options.properties, 'config', config)
  return { options, links: ownSettings(machine, app.site, contextOf(app.raw), options) }
}
