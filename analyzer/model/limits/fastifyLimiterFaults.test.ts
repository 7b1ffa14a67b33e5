// Numbers that @fastify/rate-limit gets as texts, which it does not take.
import { expect, test } from 'vitest'
import { modelOf } from '../../../testing/model.js'
import { limiterProblems } from './limiterProblems.js'

const causes = (max: string, head = ''): readonly string[] =>
  limiterProblems(
    modelOf(`
      //- /app.js
      import Fastify from 'fastify'
      import rateLimit from '@fastify/rate-limit'
      ${head}
      const app = Fastify()
      await app.register(rateLimit, { max: ${max} })
      app.get('/', async () => 1)
      await app.listen({ port: 3000 })
    `),
  ).map(({ cause }) => cause)

const text = '`max` is a text, so that the default of 1000 counts'

test('a variable as it is, also in front of a number', () => {
  expect(causes('process.env.MAX')).toEqual([text])
  expect(causes('process.env.MAX || 100')).toEqual([text])
  expect(causes('process.env.MAX ?? 100')).toEqual([text])
  expect(causes('Number(process.env.MAX) || 100')).toEqual([])
})

test('what a schema makes a number of is one', () => {
  const env = (type: string) => `import env from '@fastify/env'
      const app0 = Fastify()
      await app0.register(env, { schema: { type: 'object', properties: { MAX: { type: '${type}' } } } })`
  expect(causes('app0.config.MAX', env('number'))).toEqual([])
  expect(causes('app0.config.MAX', env('string'))).toEqual([text])
  const zod = (rule: string) => `import { z } from 'zod'
      const settings = z.object({ MAX: ${rule} }).parse(process.env)`
  expect(causes('settings.MAX', zod('z.coerce.number().default(100)'))).toEqual([])
  expect(causes('settings.MAX', zod('z.string()'))).toEqual([text])
})

test('a limit that another one of the same plugin runs before', () => {
  const causesOf = (options: string, lines: string): readonly string[] =>
    limiterProblems(
      modelOf(`
        //- /app.js
        import Fastify from 'fastify'
        import rateLimit from '@fastify/rate-limit'
        const app = Fastify()
        await app.register(rateLimit, ${options})
        ${lines}
        await app.listen({ port: 3000 })
      `),
    ).map(({ cause }) => cause)
  const shadowed = 'another limit of the same plugin counts each request first'
  const asking = `app.post('/login', { config: { rateLimit: { max: 5 } } }, async () => 1)`
  const hooked = (hook: string) => `app.post('/login', { ${hook}: app.rateLimit({ max: 5 }) }, async () => 1)`
  expect(causesOf('{ max: 100 }', asking)).toEqual([])
  expect(causesOf('{ max: 100 }', hooked('preHandler'))).toEqual([shadowed])
  expect(causesOf('{ max: 100 }', hooked('onRequest'))).toEqual([])
  expect(causesOf('{ max: 100, global: false }', hooked('preHandler'))).toEqual([])
  expect(causesOf('{ max: 100, global: false }', `app.addHook('onRequest', app.rateLimit())\n${asking}`)).toEqual([shadowed])
})
