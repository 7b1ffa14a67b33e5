// Tests of no-unset-origin.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix } from '../../testing/checkFix.js'
import rule from './rule.js'

/** An application of Fastify with these lines. */
function application(lines: string): string {
  return `
    //- /app.js
    import Fastify from 'fastify'
    import cors from '@fastify/cors'
    const app = Fastify()
${lines}
    app.get('/me', async () => ({}))
    await app.listen({ port: 3000 })
    //- /package.json
    { "type": "module", "dependencies": { "fastify": "^5.0.0", "@fastify/cors": "^11.0.0" } }
  `
}

test('a variable that nobody demands', () => {
  check(
    rule,
    application(`
    app.register(cors, { origin: process.env.CORS_ORIGIN, credentials: true })
    //                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high warning] Every request is answered with 500 unless CORS_ORIGIN is set.
    `),
  )
})

test('a list that is made only where the variable is set', () => {
  check(
    rule,
    application(`
    app.register(cors, { origin: process.env.CORS_ORIGINS?.split(',') })
    //                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] unless CORS_ORIGINS is set.
    const { ALLOWED } = process.env
    const origin = ALLOWED?.split(',').map((one) => one.trim())
    app.register(cors, { origin })
    //                   ^^^^^^ [high] unless ALLOWED is set.
    app.register(cors, { origin: process.env.STRICT.split(',') })
    app.register(cors, { origin: process.env.CORS_ORIGINS?.split(',') ?? false })
    app.register(cors, { origin: process.env.CORS_ORIGINS?.split(',') ?? ['https://a.example.com'] })
    const list = [process.env.CORS_ORIGINS?.split(',')]
    app.register(cors, { origin: list })
    `),
  )
})

test('the list gets an end', () => {
  checkFix(
    rule,
    application(`    app.register(cors, { origin: process.env.CORS_ORIGINS?.split(',') })`),
    application(`    app.register(cors, { origin: process.env.CORS_ORIGINS?.split(',') || false })`),
  )
})

test('an option that is nothing as it stands', () => {
  check(
    rule,
    application(`
    app.register(cors, { origin: undefined })
    //                   ^^^^^^^^^^^^^^^^^ [high warning] CORS has no origin here.
    app.register(cors, { origin: process.env.CORS_ORIGIN || '' })
    //                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high warning] unless CORS_ORIGIN is set.
    `),
  )
})

test('a fallback, a list, a check at start, a schema that fills it in', () => {
  check(
    rule,
    application(`
    app.register(cors, { origin: process.env.CORS_ORIGIN ?? false })
    app.register(cors, { origin: (process.env.CORS_ORIGIN ?? '').split(',') })
    app.register(cors, { origin: false })
    app.register(cors, { origin: true })
    app.register(cors, {})
    app.register(cors)
    app.register(cors, { origin: process.env.NODE_ENV === 'production' ? 'https://a.example.com' : true })`),
  )
  check(
    rule,
    application(`
    if (!process.env.CORS_ORIGIN) throw new Error('CORS_ORIGIN is missing')
    app.register(cors, { origin: process.env.CORS_ORIGIN })`),
  )
  check(
    rule,
    `
    //- /env.ts
    import { z } from 'zod'
    export const env = z.object({ CORS_ORIGIN: z.string(), OTHER_ORIGIN: z.string().default('https://a.example.com') }).parse(process.env)
    //- /app.ts
    import Fastify from 'fastify'
    import cors from '@fastify/cors'
    import { env } from './env.js'
    const app = Fastify()
    app.register(cors, { origin: env.CORS_ORIGIN })
    app.register(async (instance) => { instance.register(cors, { origin: env.OTHER_ORIGIN }) })
    app.listen({ port: 3000 })
  `,
  )
})

test('Nest on Fastify hands it on, Nest on Express switches CORS off', () => {
  const nest = (adapter: string, marks: string): string => `
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { FastifyAdapter } from '@nestjs/platform-fastify'
    import { AppModule } from './app.module'
    async function bootstrap() {
      const app = await NestFactory.create(AppModule${adapter})
      app.enableCors({ origin: process.env.CORS_ORIGIN })
${marks}
      await app.listen(3000)
    }
    bootstrap()
    //- /app.module.ts
    import { Module } from '@nestjs/common'
    @Module({})
    export class AppModule {}
  `
  check(rule, nest('', ''))
  check(
    rule,
    nest(
      ', new FastifyAdapter()',
      `    //                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Every request is answered with 500 unless CORS_ORIGIN is set.`,
    ),
  )
})

test('the fix falls back to no origin', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const app = require('fastify')()
    const origin = process.env.CORS_ORIGIN
    app.register(require('@fastify/cors'), { origin, credentials: true })
    app.listen({ port: 3000 })
  `,
    `
    //- /app.js
    const app = require('fastify')()
    const origin = process.env.CORS_ORIGIN
    app.register(require('@fastify/cors'), { origin: origin || false, credentials: true })
    app.listen({ port: 3000 })
  `,
  )
  checkFix(
    rule,
    `
    //- /app.js
    const app = require('fastify')()
    app.register(require('@fastify/cors'), { origin: process.env.CORS_ORIGIN ?? '' })
    app.listen({ port: 3000 })
  `,
    `
    //- /app.js
    const app = require('fastify')()
    app.register(require('@fastify/cors'), { origin: (process.env.CORS_ORIGIN ?? '') || false })
    app.listen({ port: 3000 })
  `,
  )
})
