// How many requests pass where several limits of @fastify/rate-limit stand around a route, and whether those count that a guard refuses: what the model says beside the running application.
import rateLimit from '@fastify/rate-limit'
import Fastify from 'fastify'
import shared from 'fastify-plugin'
import { expect, test } from 'vitest'
import { analyze } from '../../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../../analyzer/check/configuration.js'
import { limitOf } from '../../analyzer/model/limits/limits.js'
import { uncountedGuards } from '../../analyzer/model/limits/uncountedGuards.js'
import type { ProjectModel, Route } from '../../analyzer/model/model.js'
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
  await run(app, statements)
  let passed = 0
  while (passed < 20 && (await app.inject('/')).statusCode === 200) passed += 1
  await app.close()
  expect(saidOf(statements)).toBe(passed)
})

const limited = `await app.register(rateLimit, { max: 3 })`
const asked = `await app.register(rateLimit, { max: 3, global: false })`
const atHandler = `await app.register(rateLimit, { max: 3, hook: 'preHandler' })`
const guard = `async (request, reply) => { if (request.headers['x-password'] !== 'open sesame') return reply.code(401).send({}) }`

const guarded: Readonly<Record<string, string>> = {
  'a guard of the route': `${limited}; app.get('/', { onRequest: guard }, async () => 1)`,
  'a list of guards of the route': `${limited}; app.get('/', { onRequest: [guard] }, async () => 1)`,
  'a guard of the route in front of validation': `${limited}; app.get('/', { preValidation: guard }, async () => 1)`,
  'a guard of the route in front of the handler': `${limited}; app.get('/', { preHandler: guard }, async () => 1)`,
  'a hook behind the plugin': `${limited}; app.addHook('onRequest', guard); ${plain}`,
  'a hook in front of the plugin': `app.addHook('onRequest', guard); ${limited}; ${plain}`,
  'a hook behind the route': `${limited}; ${plain}; app.addHook('onRequest', guard)`,
  'a later hook': `${limited}; app.addHook('preHandler', guard); ${plain}`,
  'a hook, with routes in a context within': `app.register(rateLimit, { max: 3 }); app.addHook('onRequest', guard); app.register(async (api) => { api.get('/', async () => 1) })`,
  'a hook in the context of the routes': `app.register(rateLimit, { max: 3 }); app.register(async (api) => { api.addHook('onRequest', guard); api.get('/', async () => 1) })`,
  'a route that comes once the plugin has loaded': `app.register(rateLimit, { max: 3 }); app.after(() => { app.get('/', { onRequest: guard }, async () => 1) })`,
  'a hook around the context of the plugin': `app.addHook('onRequest', guard); app.register(async (api) => { await api.register(rateLimit, { max: 3 }); api.get('/', async () => 1) })`,
  'a limit in front of the handler, and a hook at the start': `${atHandler}; app.addHook('onRequest', guard); ${plain}`,
  'a limit in front of the handler, and a hook at the same time': `${atHandler}; app.addHook('preHandler', guard); ${plain}`,
  'a limit in front of the handler, and a guard of the route at the same time': `${atHandler}; app.get('/', { preHandler: guard }, async () => 1)`,
  'a limit in front of the handler, and a guard in front of validation': `${atHandler}; app.get('/', { preValidation: guard }, async () => 1)`,
  'a limit of the route, and a guard of the route': `${asked}; app.get('/', { onRequest: guard, config: { rateLimit: { max: 3 } } }, async () => 1)`,
  'a limit of the route, and a later guard': `${asked}; app.get('/', { preHandler: guard, config: { rateLimit: { max: 3 } } }, async () => 1)`,
  'a limit of the route at the time of its guard': `${asked}; app.get('/', { preHandler: guard, config: { rateLimit: { max: 3, hook: 'preHandler' } } }, async () => 1)`,
  'a limit of the route, and a hook': `${asked}; app.addHook('onRequest', guard); app.get('/', { config: { rateLimit: { max: 3 } } }, async () => 1)`,
  'a limit as a hook in front': `${asked}; app.addHook('onRequest', app.rateLimit()); app.addHook('onRequest', guard); ${plain}`,
  'a limit as a hook behind': `${asked}; app.addHook('onRequest', guard); app.addHook('onRequest', app.rateLimit()); ${plain}`,
  'a limit as a hook, and a guard of the route': `${asked}; app.addHook('onRequest', app.rateLimit()); app.get('/', { onRequest: guard }, async () => 1)`,
  'a list that begins with the limit': `${asked}; app.get('/', { onRequest: [app.rateLimit(), guard] }, async () => 1)`,
  'a list that begins with the guard': `${asked}; app.get('/', { onRequest: [guard, app.rateLimit()] }, async () => 1)`,
  'a hook in front of a list': `${asked}; app.addHook('onRequest', guard); app.get('/', { onRequest: [app.rateLimit()] }, async () => 1)`,
  'a limit as a later guard of the route': `${asked}; app.get('/', { onRequest: guard, preHandler: app.rateLimit() }, async () => 1)`,
  'a hook around a limit as a hook': `${asked}; app.addHook('onRequest', guard); app.register(async (api) => { api.addHook('onRequest', api.rateLimit()); api.get('/', async () => 1) })`,
  'a limit as a hook around a guard': `${asked}; app.addHook('onRequest', app.rateLimit()); app.register(async (api) => { api.addHook('onRequest', guard); api.get('/', async () => 1) })`,
  'a limit as a hook that comes behind the context of the guard': `${asked}; app.register(async (api) => { api.addHook('onRequest', guard); api.get('/', async () => 1) }); app.addHook('onRequest', app.rateLimit())`,
  'a shared plugin with the guard, and a limit as a hook behind it': `${asked}; app.register(shared(async (one) => one.addHook('onRequest', guard))); app.addHook('onRequest', app.rateLimit()); ${plain}`,
  'a limit as a hook, and a shared plugin with the guard behind it': `${asked}; app.addHook('onRequest', app.rateLimit()); app.register(shared(async (one) => one.addHook('onRequest', guard))); ${plain}`,
  'a limit as a hook once the plugin has loaded, and a hook of the application': `app.register(rateLimit, { max: 3, global: false }); app.after(() => { app.addHook('onRequest', app.rateLimit()) }); app.addHook('onRequest', guard); ${plain}`,
  'a limit as a hook once the plugin has loaded, and a shared plugin with the guard': `app.register(rateLimit, { max: 3, global: false }); app.after(() => { app.addHook('onRequest', app.rateLimit()) }); app.register(shared(async (one) => one.addHook('onRequest', guard))); ${plain}`,
  'shared plugins in their order': `app.register(shared(async (one) => one.addHook('onRequest', guard))); app.register(shared(async (one) => { await one.register(rateLimit, { max: 3, global: false }); one.addHook('onRequest', one.rateLimit()) })); ${plain}`,
  'a hook of routes that puts the guard in front': `app.addHook('onRoute', (route) => { route.onRequest = [guard] }); ${limited}; ${plain}`,
  'a limit as a hook, whatever time the plugin says': `${atHandler}; app.addHook('onRequest', app.rateLimit()); app.addHook('onRequest', guard); ${plain}`,
}

test.each(Object.entries(guarded))('what a guard refuses counts or not: %s', async (_title, statements) => {
  const app = Fastify()
  const withGuard = `const guard = ${guard}; ${statements}`
  await run(app, withGuard)
  const statuses = new Set<number>()
  for (let sent = 0; sent < 6; sent += 1) statuses.add((await app.inject('/')).statusCode)
  await app.close()
  expect(statuses).toContain(401)
  const { model, route } = modelOf(withGuard)
  expect(uncountedGuards(model, route).length === 0).toBe(statuses.has(429))
})

/** The least of the limits that the model sees in front of the route. */
function saidOf(statements: string): number {
  const { model, route } = modelOf(statements)
  return Math.min(...protectsRoute(model, route, 'rate-limit').links.map(({ effect }) => limitOf(model, effect).most ?? Infinity))
}

function run(app: unknown, statements: string): Promise<void> {
  const all = new Function('app', 'rateLimit', 'shared', `return (async () => { ${statements} })()`) as (
    ...args: unknown[]
  ) => Promise<void>
  return all(app, rateLimit, shared)
}

function modelOf(statements: string): { readonly model: ProjectModel; readonly route: Route } {
  const head =
    "import Fastify from 'fastify'\nimport rateLimit from '@fastify/rate-limit'\nimport shared from 'fastify-plugin'\nconst app = Fastify()"
  const texts = applicationTexts({ app: `//- /server.js\n${head}\n${statements}\nawait app.listen({ port: 3000 })\n` }, 5)
  const { model } = analyze(loadTexts(texts).input, [], { configuration: DEFAULT_CONFIGURATION, only: [] })
  const [route] = model.routes
  if (route === undefined) throw new Error('no route was found')
  return { model, route }
}
