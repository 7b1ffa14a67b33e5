// How each framework says what rules talk about: names of packages, and the line that registers them.
import type { App, Framework } from './model.js'
import { isNestOnFastify } from './nestPlatform.js'

export interface Idiom {
  /** As its readers write it. */
  readonly framework: string
  readonly helmet: string
  /** The line that registers helmet for the whole application. */
  readonly addHelmet: string
  readonly limiter: string
  /** Sets a header of a response. */
  readonly setHeader: string
  /** How an application is told which proxies to trust. */
  readonly trust: string
  /** What to do where there is no logger, and where requests are not logged: without the full stop. */
  readonly useLogger: string
  readonly logRequests: string
  /** What checks the shape of a body in front of the handler. */
  readonly schema: string
  /** What checks that a request is not forged by another site. */
  readonly checkForgery: string
  /** Ends gracefully. */
  readonly close: string
  /** Why the place of a registration matters. */
  readonly order: string
  /** What a registration covers that is not for the whole application. */
  readonly part: string
}

const idioms: Readonly<Record<Framework, Idiom>> = {
  express: {
    framework: 'Express',
    helmet: 'helmet',
    addHelmet: 'app.use(helmet())',
    limiter: 'express-rate-limit',
    setHeader: 'res.setHeader',
    trust: "`app.set('trust proxy', 1)`",
    useLogger: 'Use pino or winston, and log each request with pino-http or morgan',
    logRequests: 'Register pino-http, or morgan in front of the logger, before the routes',
    schema: 'zod, joi or express-validator',
    checkForgery: 'csrf-csrf',
    close: '`server.close()`, and exit when it has closed',
    order: 'Express runs middleware in the order of registration, so it does nothing for what was registered before it.',
    part: 'Middleware on a path, a router or a route runs for requests there and for no others.',
  },
  fastify: {
    framework: 'Fastify',
    helmet: '@fastify/helmet',
    addHelmet: 'await app.register(helmet)',
    limiter: '@fastify/rate-limit',
    setHeader: 'reply.header',
    trust: "`trustProxy: ['loopback', 'uniquelocal']` in the options of Fastify",
    useLogger: 'Pass logger to Fastify: it logs with pino, requests included',
    logRequests: 'Take disableRequestLogging away',
    schema: 'schema.body of the route',
    checkForgery: '@fastify/csrf-protection',
    close: '`app.close()`, as close-with-grace does',
    order: 'A plugin that looks at routes sees only those that are registered after it has loaded.',
    part: 'A plugin that is registered within another covers that context, and none around or beside it.',
  },
  nest: {
    framework: 'Nest',
    helmet: 'helmet',
    addHelmet: 'app.use(helmet()), or from 12.1 on app.useSecurityHeaders()',
    limiter: 'ThrottlerModule and ThrottlerGuard of @nestjs/throttler',
    setHeader: 'res.setHeader',
    trust: "`app.set('trust proxy', 1)`",
    useLogger: "Use Nest's Logger, or pino, and log each request",
    logRequests: 'Log each request, with pino-http for example',
    schema: 'a class with decorators, or a pipe with a schema',
    checkForgery: 'csrf-csrf',
    close: '`app.enableShutdownHooks()`',
    order: 'What is registered after init() or listen() does nothing.',
    part: 'Middleware for some routes runs for requests there and for no others.',
  },
}

/** On Fastify Nest takes the plugins of Fastify. */
const nestOnFastify: Idiom = {
  ...idioms.nest,
  helmet: '@fastify/helmet',
  addHelmet: 'await app.register(helmet)',
  trust: "`trustProxy: ['loopback', 'uniquelocal']` in the options of FastifyAdapter",
  checkForgery: idioms.fastify.checkForgery,
}

/** The words for an application. */
export function idiomOf(app: Pick<App, 'framework'> & Partial<Pick<App, 'scope'>>): Idiom {
  return app.scope !== undefined && isNestOnFastify({ framework: app.framework, scope: app.scope }) ? nestOnFastify : idioms[app.framework]
}

/** The same as data of a problem. */
export function idiomTexts(app: Pick<App, 'framework'> & Partial<Pick<App, 'scope'>>): Readonly<Record<keyof Idiom, string>> {
  return { ...idiomOf(app) }
}
