// Who is limited where no route fits: the model's answer for unknown paths beside that of the running application.
import rateLimit from '@fastify/rate-limit'
import Fastify from 'fastify'
import fp from 'fastify-plugin'
import { expect, test } from 'vitest'
import { analyze } from '../../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../../analyzer/check/configuration.js'
import { unknownPathsOf } from '../../analyzer/link/hookedRoutes.js'
import { protectsRoute } from '../../analyzer/model/queries.js'
import { loadTexts } from '../project.js'
import { applicationTexts } from './inlineApplication.js'

const limited = `await app.register(rateLimit, { max: 5 })`
const asked = `await app.register(rateLimit, { max: 5, global: false })`
const answer = `(request, reply) => reply.code(404).send('none')`

/** A title, statements over `app`, and the prefix under which an unknown path is asked for. */
const cases: Readonly<Record<string, readonly [statements: string, prefix?: string]>> = {
  'Fastify’s own answer': [limited],
  'a handler': [`${limited}; app.setNotFoundHandler(${answer})`],
  'a handler behind a limit': [`${limited}; app.setNotFoundHandler({ preHandler: app.rateLimit() }, ${answer})`],
  'a handler behind a limit of its own': [`${asked}; app.setNotFoundHandler({ preHandler: [app.rateLimit({ max: 3 })] }, ${answer})`],
  'a handler with validation in front': [`${limited}; app.setNotFoundHandler({ preValidation: app.rateLimit() }, ${answer})`],
  'Fastify’s own answer behind a limit': [`${limited}; app.setNotFoundHandler({ preHandler: app.rateLimit() })`],
  'a handler in an after': [
    `app.register(rateLimit, { max: 5 }); app.after(() => { app.setNotFoundHandler({ preHandler: app.rateLimit() }, ${answer}) })`,
  ],
  'a hook of the application': [`${asked}; app.addHook('onRequest', app.rateLimit())`],
  'a later hook of the application, and a handler': [
    `${asked}; app.addHook('preHandler', app.rateLimit()); app.setNotFoundHandler(${answer})`,
  ],
  'a counter of its own': [
    `let count = 0; app.addHook('onRequest', async (request, reply) => { count += 1; if (count > 5) return reply.code(429).send('slow down') })`,
  ],
  'a hook of another context': [
    `${asked}; app.register(async (inner) => { inner.addHook('onRequest', inner.rateLimit()) }, { prefix: '/in' })`,
    '/in',
  ],
  'a handler of another context': [
    `${limited}; app.setNotFoundHandler({ preHandler: app.rateLimit() }, ${answer}); app.register(async (inner) => { inner.setNotFoundHandler(${answer}) }, { prefix: '/in' })`,
    '/in',
  ],
  'a handler of another context behind its hook': [
    `${asked}; app.register(async (inner) => { inner.addHook('onRequest', inner.rateLimit()); inner.setNotFoundHandler(${answer}) }, { prefix: '/in' })`,
    '/in',
  ],
  'a handler that a context without a prefix sets': [
    `${limited}; app.register(async (inner) => { inner.setNotFoundHandler({ preHandler: inner.rateLimit() }, ${answer}) })`,
  ],
  'a handler that a shared plugin sets': [
    `await app.register(fp(async (inner) => { await inner.register(rateLimit, { max: 5 }); inner.setNotFoundHandler({ preHandler: inner.rateLimit() }, ${answer}) }))`,
  ],
}

test.each(Object.entries(cases))('%s', async (_title, [statements, prefix = '']) => {
  const app = Fastify()
  const names = { fp, rateLimit }
  const run = new Function('app', ...Object.keys(names), `return (async () => { ${statements} })()`) as (
    ...args: unknown[]
  ) => Promise<void>
  await run(app, ...Object.values(names))
  const statuses = []
  for (let sent = 0; sent < 10; sent += 1) statuses.push((await app.inject(`${prefix}/nothing/here`)).statusCode)
  await app.close()
  expect(saidOf(statements, prefix)).toBe(statuses.includes(429) ? 'yes' : 'no')
})

function saidOf(statements: string, prefix: string): string {
  const texts = applicationTexts(
    {
      app: `//- /server.js
import Fastify from 'fastify'
import fp from 'fastify-plugin'
import rateLimit from '@fastify/rate-limit'
const app = Fastify()
${statements}
await app.listen({ port: 3000 })
`,
    },
    5,
  )
  const { model } = analyze(loadTexts(texts).input, [], { configuration: DEFAULT_CONFIGURATION, only: [] })
  const [app] = model.apps
  const answering = app === undefined ? [] : unknownPathsOf(app)
  // The answer of the nearest prefix, else that of the application.
  const route = answering.find(({ path }) => path === `${prefix}/*`) ?? answering.find(({ path }) => path === '/*')
  return route === undefined ? 'no route' : protectsRoute(model, route, 'rate-limit').answer
}
