// Fixes of limits for Fastify, run before and after.
import { expect, test } from 'vitest'
import noIneffectiveRateLimit from '../../../rules/no-ineffective-rate-limit/rule.js'
import noLaxAuthRateLimit from '../../../rules/no-lax-auth-rate-limit/rule.js'
import requireAuthRateLimit from '../../../rules/require-auth-rate-limit/rule.js'
import requireProxyAwareRateLimit from '../../../rules/require-proxy-aware-rate-limit/rule.js'
import requireRateLimit from '../../../rules/require-rate-limit/rule.js'
import requireUnknownPathLimit from '../../../rules/require-unknown-path-limit/rule.js'
import { commonApp, moduleApp, shapes } from '../fastifyApplications.js'
import { proveFix, provenFix, type ProbedApplication } from '../proveFix.js'

/** Type checks and starts take their time on a busy machine. */
const TIMEOUT = 60_000
const honest = [
  { method: 'GET', path: '/', status: 200 },
  { method: 'GET', path: '/missing', status: 404 },
]

const isUnlimited = async ({ get }: ProbedApplication) => {
  for (let sent = 0; sent < 110; sent += 1) if ((await get('/')).status === 429) return false
  return true
}

const guessesPaths = async ({ get }: ProbedApplication) => {
  for (let sent = 0; sent < 110; sent += 1) if ((await get(`/guess/${sent}`)).status === 429) return false
  return true
}

test.each(shapes)('require-rate-limit: a limit for every route and for unknown paths, in %s', { timeout: TIMEOUT }, async (_name, app) => {
  await proveFix({ rule: requireRateLimit, app, honest, weakness: isUnlimited })
  await proveFix({ rule: requireRateLimit, app, honest, weakness: guessesPaths })
})

const guessesKeys = async ({ get }: ProbedApplication) => {
  for (let sent = 0; sent < 110; sent += 1) if ((await get('/')).status !== 401) return false
  return true
}

test.each(shapes)('require-rate-limit: what guards refuse is counted too, in %s', { timeout: TIMEOUT }, async (name, app) => {
  const check = `async (request${name.includes('Type') ? ': any' : ''}, reply${name.includes('Type') ? ': any' : ''}) => { if (request.headers['x-api-key'] !== process.env.API_KEY) return reply.code(401).send({ error: 'who are you?' }) }`
  const refused = [{ method: 'GET', path: '/', status: 401 }]
  const guarded = app.replace(/( *)app\.get\('\/'/, `$1app.addHook('onRequest', ${check})\n$&`)
  await proveFix({ rule: requireRateLimit, app: guarded, env: { API_KEY: 'k' }, honest: refused, weakness: guessesKeys })
  const own = app.replace("app.get('/', ", `app.get('/', { onRequest: ${check} }, `)
  await proveFix({ rule: requireRateLimit, app: own, env: { API_KEY: 'k' }, honest: refused, weakness: guessesKeys })
})

test('no-ineffective-rate-limit: a limit behind a check of passwords', { timeout: TIMEOUT }, async () => {
  const check = `app.addHook('onRequest', async (request, reply) => {
  const [, password = ''] = Buffer.from(String(request.headers.authorization).slice(6), 'base64').toString().split(':')
  if (!(await bcrypt.compare(password, '$2a$04$abcdefghijklmnopqrstuuWZ2lvEMFqZ9Ic9FF2z/4JbmMTxEoOYK'))) return reply.code(401).send({ error: 'who are you?' })
})`
  const imports = "import Fastify from 'fastify'\nimport bcrypt from 'bcryptjs'\nimport rateLimit from '@fastify/rate-limit'"
  const limit = "app.register(rateLimit, { max: 60, timeWindow: '1 minute' })"
  const refused = [{ method: 'GET', path: '/', status: 401 }]
  const awaited = moduleApp(`await ${limit}\n${check}`).replace("import Fastify from 'fastify'", imports)
  await proveFix({ rule: noIneffectiveRateLimit, app: awaited, honest: refused, weakness: guessesKeys })
  const late = awaited
    .replace("timeWindow: '1 minute'", "timeWindow: '1 minute', hook: 'preHandler'")
    .replace("'onRequest'", "'preHandler'")
  await proveFix({ rule: noIneffectiveRateLimit, app: late, honest: refused, weakness: guessesKeys })
  const requires = "const bcrypt = require('bcryptjs')\nconst rateLimit = require('@fastify/rate-limit')\nconst app = require('fastify')()"
  const inPlugin = commonApp(`${limit}\n${check}`)
    .replace("const app = require('fastify')()", requires)
    .replace(/app\.get\('\/', .*/, "app.register(async (api) => { api.get('/', async () => ({ ok: true })) })")
  await proveFix({ rule: noIneffectiveRateLimit, app: inPlugin, honest: refused, weakness: guessesKeys })
})

test('require-unknown-path-limit: unknown paths beside limited routes', { timeout: TIMEOUT }, async () => {
  const answer = "(request, reply) => reply.code(404).send({ error: 'nothing here' })"
  const limited = (lines: string, rest = '') =>
    moduleApp(`${lines}\n${rest}`).replace("from 'fastify'\n", "from 'fastify'\nimport rateLimit from '@fastify/rate-limit'\n")
  const awaited = `await app.register(rateLimit, { max: 60, timeWindow: '1 minute' })`
  for (const app of [
    limited(awaited),
    limited(awaited, `app.setNotFoundHandler(${answer})`),
    limited(awaited, `app.register(async (shop) => { shop.setNotFoundHandler({ preValidation: async () => {} }, ${answer}) })`),
    commonApp(
      `app.register(require('@fastify/rate-limit'), { max: 60 })\napp.register(async (shop) => { shop.get('/shop', async () => 'shop') })`,
    ).replace(
      "app.get('/', (request, reply) => reply.send({ ok: true }))",
      "app.register(async (home) => { home.get('/', async () => ({ ok: true })) })",
    ),
  ])
    await proveFix({ rule: requireUnknownPathLimit, app, honest, weakness: guessesPaths })
})

test('require-rate-limit: a plugin that limits single routes limits all', { timeout: TIMEOUT }, async () => {
  const app = moduleApp(`await app.register(rateLimit, { global: false, max: 90 })
app.get('/few', { config: { rateLimit: { max: 2 } } }, async () => ({ few: true }))`).replace(
    "from 'fastify'\n",
    "from 'fastify'\nimport rateLimit from '@fastify/rate-limit'\n",
  )
  const { after } = await provenFix({ rule: requireRateLimit, app, honest, weakness: isUnlimited })
  expect([...after.values()].join('\n')).toContain('{ global: true, max: 90 }')
})

const login = `app.post('/login', async (request, reply) => {
  if (request.body?.password !== 'open sesame') return reply.code(401).send({ error: 'wrong password' })
  return { ok: true }
})`
const triesPasswords = async ({ send }: ProbedApplication) => {
  for (let sent = 0; sent < 8; sent += 1)
    if ((await send({ method: 'POST', path: '/login', body: { password: 'no' } })).status === 429) return false
  return true
}
const wrong = { method: 'POST', path: '/login', body: { password: 'no' }, status: 401 }

test('require-auth-rate-limit: a limit in the options of the route', { timeout: TIMEOUT }, async () => {
  await proveFix({ rule: requireAuthRateLimit, app: moduleApp(login), honest: [...honest, wrong], weakness: triesPasswords })
  const inPlugin = `app.register(async (auth) => {
  auth.route({
    method: 'POST',
    url: '/login',
    handler: async (request, reply) => {
      if (request.body?.password !== 'open sesame') return reply.code(401).send({ error: 'wrong password' })
      return { ok: true }
    },
  })
})`
  await proveFix({ rule: requireAuthRateLimit, app: commonApp(inPlugin), honest: [...honest, wrong], weakness: triesPasswords })
})

test('require-auth-rate-limit: routes of the application where nothing can be awaited', { timeout: TIMEOUT }, async () => {
  const other = `app.route({
  method: 'POST',
  url: '/login',
  handler: (request, reply) => {
    reply.code(request.body?.password === 'open sesame' ? 200 : 401).send({})
  }
})`
  const chained = `app.get('/a', async () => 'a').post('/login', async (request, reply) => reply.code(401).send({})).get('/b', async () => 'b')`
  const inFunction = `function accounts(server) {\n  ${login.replaceAll('app.', 'server.').replaceAll('\n', '\n  ')}\n}\naccounts(app)`
  for (const lines of [login, other, chained, inFunction])
    await proveFix({ rule: requireAuthRateLimit, app: commonApp(lines), honest: [...honest, wrong], weakness: triesPasswords })
})

test('no-ineffective-rate-limit: a hook where nothing can be awaited', { timeout: TIMEOUT }, async () => {
  const plugin = `app.register(require('@fastify/rate-limit'), { max: 50, timeWindow: '1 minute' })`
  for (const app of [
    commonApp(plugin),
    commonApp('').replace('app.listen', `${plugin}\napp.listen`),
    commonApp(
      `app.register(function (shop, options, done) { shop.register(require('@fastify/rate-limit'), { max: 50, hook: 'preHandler' }); shop.get('/shop', async () => 'shop'); done() })`,
    ),
  ])
    await proveFix({
      rule: noIneffectiveRateLimit,
      app,
      honest,
      weakness: async ({ get }) => {
        const path = (await get('/shop')).status === 404 ? '/' : '/shop'
        for (let sent = 0; sent < 60; sent += 1) if ((await get(path)).status === 429) return false
        return true
      },
    })
})

test('no-lax-auth-rate-limit: a strict limit beside the general one', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: noLaxAuthRateLimit,
    app: moduleApp(`await app.register(rateLimit, { max: 500, timeWindow: '1 minute' })\n${login}`).replace(
      "from 'fastify'\n",
      "from 'fastify'\nimport rateLimit from '@fastify/rate-limit'\n",
    ),
    honest: [...honest, wrong],
    weakness: triesPasswords,
  })
})

test('no-ineffective-rate-limit: the plugin awaited, moved, and its number made one', { timeout: TIMEOUT }, async () => {
  const limited = (lines: string) =>
    moduleApp(lines).replace("from 'fastify'\n", "from 'fastify'\nimport rateLimit from '@fastify/rate-limit'\n")
  await proveFix({
    rule: noIneffectiveRateLimit,
    app: limited(`app.register(rateLimit, { max: 50, timeWindow: '1 minute' })`),
    honest,
    weakness: isUnlimited,
  })
  await proveFix({
    rule: noIneffectiveRateLimit,
    app: limited('').replace('await app.listen', `await app.register(rateLimit, { max: 50, timeWindow: '1 minute' })\nawait app.listen`),
    honest,
    weakness: isUnlimited,
  })
  await proveFix({
    rule: noIneffectiveRateLimit,
    app: limited(`await app.register(rateLimit, { max: process.env.MAX_REQUESTS, timeWindow: '1 minute' })`),
    env: { MAX_REQUESTS: '50' },
    honest,
    weakness: isUnlimited,
  })
})

test('require-proxy-aware-rate-limit: addresses of private networks in place of everybody', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: requireProxyAwareRateLimit,
    app: moduleApp(`await app.register(rateLimit, { max: 50, timeWindow: '1 minute' })`, '{ trustProxy: true }').replace(
      "from 'fastify'\n",
      "from 'fastify'\nimport rateLimit from '@fastify/rate-limit'\n",
    ),
    honest,
    // Whoever writes another address in front of the real one is still counted by the real one.
    weakness: async ({ get }) => {
      for (let sent = 0; sent < 60; sent += 1)
        if ((await get('/', { 'x-forwarded-for': `6.6.6.${sent}, 203.0.113.7` })).status === 429) return false
      return true
    },
  })
})

test('require-proxy-aware-rate-limit: addresses in place of a number that Fastify ignores', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: requireProxyAwareRateLimit,
    app: moduleApp(`await app.register(rateLimit, { max: 50, timeWindow: '1 minute' })`, '{ trustProxy: 1 }').replace(
      "from 'fastify'\n",
      "from 'fastify'\nimport rateLimit from '@fastify/rate-limit'\n",
    ),
    honest,
    // One client uses the counter up, and another one is refused.
    weakness: async ({ get }) => {
      for (let sent = 0; sent < 60; sent += 1) await get('/', { 'x-forwarded-for': '203.0.113.7' })
      return (await get('/', { 'x-forwarded-for': '203.0.113.8' })).status === 429
    },
  })
})

test('no-ineffective-rate-limit: limits in options that nothing reads', { timeout: TIMEOUT }, async () => {
  const route = `app.get('/shop', { config: { rateLimit: { max: 20, timeWindow: '1 minute' } } }, async () => 'shop')`
  const plugin = `app.register(rateLimit, { global: false })`
  const imported = moduleApp(`${plugin}\n${route}`).replace(
    "from 'fastify'\n",
    "from 'fastify'\nimport rateLimit from '@fastify/rate-limit'\n",
  )
  const required = commonApp(`const rateLimit = require('@fastify/rate-limit')\n${plugin}\n${route}`)
  for (const app of [moduleApp(route), imported, commonApp(route), required])
    await proveFix({
      rule: noIneffectiveRateLimit,
      app,
      honest,
      weakness: async ({ get }) => {
        for (let sent = 0; sent < 30; sent += 1) if ((await get('/shop')).status === 429) return false
        return true
      },
    })
})

test('limits of single routes and of all, one fix after the other, where nothing can be awaited', { timeout: TIMEOUT }, async () => {
  const required = `app.register(require('@fastify/rate-limit'), { global: false })`
  const asking = `app.get('/shop', { config: { rateLimit: { max: 20, timeWindow: '1 minute' } } }, async () => 'shop')`
  // The plugin is there and loads too late for the login: it is not registered again.
  const strict = await provenFix({
    rule: requireAuthRateLimit,
    app: commonApp(`${required}\n${login}`),
    honest: [...honest, wrong],
    weakness: triesPasswords,
  })
  expect(strict.after.get('server.js')?.match(/rate-limit/g)).toHaveLength(1)
  // A limit for all beside routes that have their own.
  for (const lines of [
    `${required}\napp.after(() => void ${asking})`,
    `app.register(require('@fastify/rate-limit'), { max: 60 })\napp.after(() => void ${asking})`,
  ])
    await proveFix({
      rule: lines.includes('global') ? requireRateLimit : noIneffectiveRateLimit,
      app: commonApp(lines),
      honest,
      weakness: async (application) => (await isUnlimited(application)) || !(await isRefusedAfter(application, '/shop', 25)),
    })
})

async function isRefusedAfter({ get }: ProbedApplication, path: string, most: number): Promise<boolean> {
  for (let sent = 0; sent < most; sent += 1) if ((await get(path)).status === 429) return true
  return false
}
