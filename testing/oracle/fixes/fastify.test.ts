// Fixes for Fastify, run before and after: plugins in its idiom, hooks, error handlers, options.
import { expect, test } from 'vitest'
import noErrorObjectInResponse from '../../../rules/no-error-object-in-response/rule.js'
import noPermissiveCors from '../../../rules/no-permissive-cors/rule.js'
import noUnsetOrigin from '../../../rules/no-unset-origin/rule.js'
import requireErrorHandler from '../../../rules/require-error-handler/rule.js'
import requirePermissionsPolicy from '../../../rules/require-permissions-policy/rule.js'
import requireSecurityHeaders from '../../../rules/require-security-headers/rule.js'
import requireStructuredLogging from '../../../rules/require-structured-logging/rule.js'
import { commonApp, moduleApp, shapes, typedApp } from '../fastifyApplications.js'
import { probeOrigin } from '../probe.js'
import { proveFix, provenFix, type ProbedApplication } from '../proveFix.js'

/** Type checks and starts take their time on a busy machine. */
const TIMEOUT = 60_000
const honest = [
  { method: 'GET', path: '/', status: 200 },
  { method: 'GET', path: '/missing', status: 404 },
]

test.each(shapes)('require-security-headers: the plugin registered first, in %s', { timeout: TIMEOUT }, async (_name, app) => {
  await proveFix({
    rule: requireSecurityHeaders,
    app,
    honest,
    weakness: async ({ get }) => !(await get('/')).headers.has('content-security-policy'),
  })
})

test('the dependency is the one that fits the installed Fastify', { timeout: TIMEOUT }, async () => {
  const { after } = await provenFix({
    rule: requireSecurityHeaders,
    app: moduleApp(''),
    honest,
    weakness: async ({ get }) => !(await get('/')).headers.has('x-frame-options'),
  })
  expect(after.get('package.json')).toContain('"@fastify/helmet": "^13.2.0"')
  expect(after.get('server.mjs')).toContain('await app.register(helmet)')
})

test.each(shapes)('require-permissions-policy: a hook, in %s', { timeout: TIMEOUT }, async (_name, app) => {
  await proveFix({
    rule: requirePermissionsPolicy,
    app,
    honest,
    weakness: async ({ get }) => !(await get('/')).headers.has('permissions-policy'),
  })
})

test('require-error-handler: a generic answer from 500 on', { timeout: TIMEOUT }, async () => {
  // What clients get wrong keeps its status, also where the reply alone has it, and the body that Fastify gives it.
  const failing = `app.get('/fail', async () => { throw new Error('column pin_hash of accounts') })
app.get('/mine', async (request, reply) => {
  reply.code(401)
  throw new Error('no session')
})`
  const refused = '{"statusCode":401,"error":"Unauthorized","message":"no session"}'
  for (const app of [moduleApp(failing), commonApp(failing), typedApp(failing)])
    await proveFix({
      rule: requireErrorHandler,
      app,
      honest: [...honest, { method: 'GET', path: '/fail', status: 500 }, { method: 'GET', path: '/mine', status: 401 }],
      weakness: async ({ get }) =>
        (await (await get('/fail')).text()).includes('pin_hash') || (await (await get('/mine')).text()) !== refused,
    })
})

test('no-error-object-in-response: errors that handlers return, and error handlers that send them on', { timeout: TIMEOUT }, async () => {
  const weakness = async ({ get }: ProbedApplication) => (await (await get('/fail')).text()).includes('pin_hash')
  const fails = { method: 'GET', path: '/fail', status: 500 }
  await proveFix({
    rule: noErrorObjectInResponse,
    app: moduleApp(`app.get('/fail', async (request, reply) => {
  try {
    throw new Error('column pin_hash of accounts')
  } catch (error) {
    reply.code(500)
    return { error: error.message }
  }
})`),
    honest: [...honest, fails],
    weakness,
  })
  await proveFix({
    rule: noErrorObjectInResponse,
    app: moduleApp(`app.get('/fail', async () => { throw new Error('column pin_hash of accounts') })
app.setErrorHandler((error, request, reply) => {
  reply.code(500).send({ error: error.message })
})`),
    honest: [...honest, fails],
    weakness,
  })
  // Fastify takes the status from an error that is sent, so what a client got wrong stays 4xx.
  await proveFix({
    rule: noErrorObjectInResponse,
    app: moduleApp(`app.get('/fail', async () => { throw new Error('column pin_hash of accounts') })
app.get('/gone', async () => { throw Object.assign(new Error('no such note'), { statusCode: 410 }) })
app.setErrorHandler((error, request, reply) => {
  request.log.error(error)
  return reply.code(500).send(error)
})`),
    honest: [...honest, fails, { method: 'GET', path: '/gone', status: 410 }],
    weakness: async (app) => (await weakness(app)) || !(await (await app.get('/gone')).text()).includes('no such note'),
  })
})

test('no-permissive-cors: origins from the environment', { timeout: TIMEOUT }, async () => {
  const weakness = async ({ url }: ProbedApplication) => (await probeOrigin(url, { flood: '/' })).foreign !== 'none'
  for (const options of ['', `, {}`, `, { origin: true }`, `, { origin: ['*'] }`])
    await proveFix({
      rule: noPermissiveCors,
      app: moduleApp(`await app.register(cors${options})`).replace(
        "from 'fastify'\n",
        "from 'fastify'\nimport cors from '@fastify/cors'\n",
      ),
      env: { ALLOWED_ORIGINS: 'https://shop.example.com' },
      honest,
      weakness,
    })
})

test('no-unset-origin: answers where the variable is not set', { timeout: TIMEOUT }, async () => {
  // Not one request is answered before the fix, so none is the same before and after.
  const weakness = async ({ get }: ProbedApplication) => (await get('/')).status === 500 && (await get('/missing')).status === 500
  for (const origin of ['process.env.CORS_ORIGIN', "process.env.CORS_ORIGIN ?? ''", 'null'])
    await proveFix({
      rule: noUnsetOrigin,
      app: moduleApp(`await app.register(cors, { origin: ${origin} })`).replace(
        "from 'fastify'\n",
        "from 'fastify'\nimport cors from '@fastify/cors'\n",
      ),
      honest: [],
      weakness,
    })
})

test('require-structured-logging: the logger that Fastify brings', { timeout: TIMEOUT }, async () => {
  const weakness = async ({ get, output }: ProbedApplication) => {
    await get('/')
    await new Promise((resolve) => setTimeout(resolve, 50))
    return !/"url":"\/"/.test(output())
  }
  await proveFix({ rule: requireStructuredLogging, app: moduleApp(''), honest, weakness })
  await proveFix({ rule: requireStructuredLogging, app: moduleApp('', '{ logger: true, disableRequestLogging: true }'), honest, weakness })
})

test('a plugin that fastify-cli starts gets its lines within', { timeout: TIMEOUT }, async () => {
  const app = { fixture: 'fastify-cli' }
  const fails = { method: 'GET', path: '/example/broken', status: 500 }
  await proveFix({
    rule: requireSecurityHeaders,
    app,
    honest,
    weakness: async ({ get }) => !(await get('/example')).headers.has('content-security-policy'),
  })
  await proveFix({
    rule: requireErrorHandler,
    app,
    honest: [...honest, fails],
    weakness: async ({ get }) => (await (await get('/example/broken')).text()).includes('salary'),
  })
})
