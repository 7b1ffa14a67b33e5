// How many requests pass where several limits of @fastify/rate-limit stand around a route: the model's number beside that of the running application.
import rateLimit from '@fastify/rate-limit'
import Fastify from 'fastify'
import { expect, test } from 'vitest'
import { analyze } from '../../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../../analyzer/check/configuration.js'
import { limitOf } from '../../analyzer/model/limits/limits.js'
import { protectsRoute } from '../../analyzer/model/queries.js'
import { loadTexts } from '../project.js'
import { applicationTexts } from './inlineApplication.js'

const forAll = `await app.register(rateLimit, { max: 8 })`
const forSome = `await app.register(rateLimit, { max: 8, global: false })`
const asking = (where: string): string => `${where}.get('/', { config: { rateLimit: { max: 3 } } }, async () => 1)`
const ofRoutes = (where: string, limit: string): string =>
  `${where}.addHook('onRoute', (route) => { route.config = { ...route.config, rateLimit: ${limit} } })`
const plain = `app.get('/', async () => 1)`

const cases: Readonly<Record<string, string>> = {
  'a limit for all': `${forAll}; ${plain}`,
  'a route that asks for a stricter one': `${forAll}; ${asking('app')}`,
  'a hook for all': `${forSome}; app.addHook('onRequest', app.rateLimit()); ${plain}`,
  'a hook in front of a route that asks': `${forSome}; app.addHook('onRequest', app.rateLimit()); ${asking('app')}`,
  'a later hook, and a route that asks': `${forSome}; app.addHook('preHandler', app.rateLimit()); ${asking('app')}`,
  'a limit for all, and a stricter hook of the route behind it': `${forAll}; app.get('/', { preHandler: app.rateLimit({ max: 3 }) }, async () => 1)`,
  'a limit for all, and a stricter hook of the route at the same time': `${forAll}; app.get('/', { onRequest: app.rateLimit({ max: 3 }) }, async () => 1)`,
  'a hook of routes in front of the plugin': `${ofRoutes('app', '{ max: 3 }')}; ${forAll}; ${plain}`,
  'a hook of routes behind the plugin, which has looked already': `${forAll}; ${ofRoutes('app', '{ max: 3 }')}; ${plain}`,
  'a hook of routes in a context within': `${forAll}; app.register(async (inner) => { ${ofRoutes('inner', '{ max: 3 }')}; inner.get('/', async () => 1) })`,
  'a hook of routes that takes the limit away too late': `${forAll}; ${ofRoutes('app', 'false')}; ${plain}`,
  'a hook of routes behind one plugin and in front of another': `${forSome}; app.register(async (inner) => { ${ofRoutes('inner', '{ max: 3 }')}; await inner.register(rateLimit, { max: 9 }); inner.get('/', async () => 1) })`,
  'two plugins, one within the other': `${forAll}; app.register(async (inner) => { await inner.register(rateLimit, { max: 3 }); inner.get('/', async () => 1) })`,
  'a hook of one plugin, and a route that asks another': `${forSome}; app.addHook('onRequest', app.rateLimit()); app.register(async (inner) => { await inner.register(rateLimit, { global: false }); ${asking('inner')} })`,
  'one line that registers two plugins': `for (const max of [8, 3]) await app.register(rateLimit, { max }); ${plain}`,
  'a hook where one line registers two plugins': `for (const max of [3, 8]) await app.register(rateLimit, { max, global: false }); app.get('/', { preHandler: app.rateLimit() }, async () => 1)`,
  'one line for a context and the one within: the hook is of the first': `const limit = (one, max) => one.register(rateLimit, { max, global: false }); await limit(app, 3); await app.register(async (inner) => { await limit(inner, 8) }); app.get('/', { preHandler: app.rateLimit() }, async () => 1)`,
  'the same, with the route within': `const limit = (one, max) => one.register(rateLimit, { max, global: false }); await limit(app, 3); await app.register(async (inner) => { await limit(inner, 8); inner.get('/', { preHandler: inner.rateLimit() }, async () => 1) })`,
}

test.each(Object.entries(cases))('%s', async (_title, statements) => {
  const app = Fastify()
  await (new Function('app', 'rateLimit', `return (async () => { ${statements} })()`) as (...args: unknown[]) => Promise<void>)(
    app,
    rateLimit,
  )
  let passed = 0
  while (passed < 20 && (await app.inject('/')).statusCode === 200) passed += 1
  await app.close()
  expect(saidOf(statements)).toBe(passed)
})

/** The least of the limits that the model sees in front of the route. */
function saidOf(statements: string): number {
  const head = "import Fastify from 'fastify'\nimport rateLimit from '@fastify/rate-limit'\nconst app = Fastify()"
  const texts = applicationTexts({ app: `//- /server.js\n${head}\n${statements}\nawait app.listen({ port: 3000 })\n` }, 5)
  const { model } = analyze(loadTexts(texts).input, [], { configuration: DEFAULT_CONFIGURATION, only: [] })
  const [route] = model.routes
  const links = route === undefined ? [] : protectsRoute(model, route, 'rate-limit').links
  return Math.min(...links.map(({ effect }) => limitOf(model, effect).most ?? Infinity))
}
