// Tests of require-unknown-path-limit.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import rule from './rule.js'

test('paths that Fastify does not know', () => {
  const app = (lines: string, head = 'await app.register(rateLimit, { max: 100 })'): string => `
    //- /app.js
    import Fastify from 'fastify'
    import rateLimit from '@fastify/rate-limit'
    const app = Fastify()
    ${head}
    ${lines}
    app.get('/', async () => ({ ok: true }))
    await app.listen({ port: 3000 })
  `
  const handler = "(request, reply) => reply.code(404).send('none')"
  check(
    rule,
    app(`app.setNotFoundHandler(${handler})
    ${'^'.repeat(`app.setNotFoundHandler(${handler})`.length)} [high info] does not know are not limited`),
  )
  check(rule, app(`app.setNotFoundHandler({ preHandler: app.rateLimit() }, ${handler})`))
  check(rule, app(`app.get('/*', async () => 'page')`))
  // A limiter that limits nothing is told of where it is made.
  check(rule, app('', 'await app.register(rateLimit, { max: 100, allowList: () => true })'))
  check(rule, app(`app.addHook('onRequest', app.rateLimit())`, 'await app.register(rateLimit, { max: 100, global: false })'))
  checkFix(rule, app(`app.setNotFoundHandler(${handler})`), app(`app.setNotFoundHandler({ preHandler: app.rateLimit() }, ${handler})`))
  const early = app('', `app.setNotFoundHandler(${handler})\n    await app.register(rateLimit, { max: 100 })`)
  checkNoFix(rule, early)
  checkFix(
    rule,
    app(''),
    app('').replace(
      'max: 100 })',
      `max: 100 })
    app.setNotFoundHandler({ preHandler: app.rateLimit() }, (request, reply) => {
      reply.code(404).send({ message: \`Route \${request.method}:\${request.url} not found\`, error: 'Not Found', statusCode: 404 })
    })`,
    ),
  )
})
