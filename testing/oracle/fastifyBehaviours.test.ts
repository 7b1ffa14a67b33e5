// What plugins and hooks do for requests of Fastify: the model's answer beside that of the running application.
import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import middie from '@fastify/middie'
import rateLimit from '@fastify/rate-limit'
import Fastify, { type FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import expressHelmet from 'helmet'
import { expect, test, vi } from 'vitest'
import { analyze } from '../../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../../analyzer/check/configuration.js'
import type { Capability, ProjectModel } from '../../analyzer/model/model.js'
import { protectsRoute } from '../../analyzer/model/queries.js'
import { loadTexts } from '../project.js'
import { ENOUGH_HEADERS } from './capabilities.js'
import { fastifyBehaviours } from './fastifyBehaviours.js'
import { applicationTexts } from './inlineApplication.js'
import { SECURITY_HEADERS } from './probe.js'

const names = { Fastify, fp, helmet, cors, rateLimit, middie, expressHelmet }
/** The route that stands behind the statements, where they have none of their own. */
const routeBehind = (statements: string): string => (statements.includes("get('/'") ? '' : `app.get('/', async () => ({ ok: true }))`)

test.each(Object.entries(fastifyBehaviours))('the model says what stands around a route: %s', async (_title, statements) => {
  vi.stubEnv('NODE_ENV', 'production')
  const app = await started(statements)
  try {
    const { headers } = await app.inject({ method: 'GET', url: '/', headers: { origin: 'https://foreign.invalid' } })
    const statuses = []
    for (let sent = 0; sent < 25; sent += 1) statuses.push((await app.inject('/')).statusCode)
    const reality: Partial<Record<Capability, string>> = {
      'security-headers': answer(SECURITY_HEADERS.filter((name) => name in headers).length >= ENOUGH_HEADERS),
      csp: answer('content-security-policy' in headers),
      hsts: answer('strict-transport-security' in headers),
      cors: answer('access-control-allow-origin' in headers),
      'rate-limit': answer(statuses.includes(429)),
    }
    const model = modelOf(statements)
    expect(Object.fromEntries(Object.keys(reality).map((capability) => [capability, saidOf(model, capability as Capability)]))).toEqual(
      reality,
    )
  } finally {
    await app.close()
    vi.unstubAllEnvs()
  }
})

/** Runs the very text that the model reads. */
async function started(statements: string): Promise<FastifyInstance> {
  const run = new Function(
    'app',
    'pass',
    ...Object.keys(names),
    `return (async () => { ${statements}\n${routeBehind(statements)}\n})()`,
  ) as (...args: unknown[]) => Promise<void>
  const app = Fastify()
  await run(app, async () => undefined, ...Object.values(names))
  await app.ready()
  return app
}

function modelOf(statements: string): ProjectModel {
  const text = `//- /server.js
import Fastify from 'fastify'
import fp from 'fastify-plugin'
import helmet from '@fastify/helmet'
import cors from '@fastify/cors'
import rateLimit from '@fastify/rate-limit'
import middie from '@fastify/middie'
import expressHelmet from 'helmet'
const app = Fastify()
const pass = async () => undefined
${statements}
${routeBehind(statements)}
await app.listen({ port: 3000 })
`
  const texts = applicationTexts({ app: text }, 5)
  return analyze(loadTexts(texts).input, [], { configuration: DEFAULT_CONFIGURATION, only: [] }).model
}

function saidOf(model: ProjectModel, capability: Capability): string {
  const route = model.routes.find(({ path }) => path === '/')
  return route === undefined ? 'no route' : protectsRoute(model, route, capability).answer
}

function answer(holds: unknown): string {
  return holds ? 'yes' : 'no'
}
