// Small applications of Fastify as text: in an ES module, in CommonJS, in a TypeScript function.

export const moduleApp = (lines: string, options = ''): string => `
//- /server.mjs
import Fastify from 'fastify'

const app = Fastify(${options})
${lines}
app.get('/', async () => ({ ok: true }))
await app.listen({ port: Number(process.env.PORT) })
`

export const commonApp = (lines: string): string => `
//- /server.js
const app = require('fastify')()
${lines}
app.get('/', (request, reply) => reply.send({ ok: true }))
app.listen({ port: process.env.PORT })
`

export const typedApp = (lines: string): string => `
//- /server.ts
import Fastify from 'fastify'

export async function start(): Promise<void> {
  const app = Fastify().withTypeProvider()
  ${lines}
  app.get('/', async () => ({ ok: true }))
  await app.listen({ port: Number(process.env.PORT) })
}

void start()
`

/** The same application in each of them, with its name. */
export const shapes = [
  ['an ES module', moduleApp('')],
  ['CommonJS', commonApp('')],
  ['a TypeScript function', typedApp('')],
] as const
