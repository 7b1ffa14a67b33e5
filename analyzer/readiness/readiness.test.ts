// What the readiness report says of small applications.
import { expect, test } from 'vitest'
import { rules } from '../../rules/index.js'
import { loadTexts } from '../../testing/project.js'
import { analyze } from '../analyze.js'
import { DEFAULT_CONFIGURATION } from '../check/configuration.js'
import { readinessOf, type Control, type Readiness } from './readiness.js'

const ran = new Set(rules.map(({ id }) => id))

function readinessFor(files: Readonly<Record<string, string>>, looked: ReadonlySet<string> = ran): Readiness {
  const manifest = `{"name":"a","scripts":{"start":"node app.js"},"dependencies":{"express":"^5.0.0","fastify":"^5.0.0"}}`
  const texts = new Map([['package.json', manifest], ...Object.entries(files)])
  const configuration = { ...DEFAULT_CONFIGURATION, preset: 'strict' as const }
  return readinessOf(analyze(loadTexts(texts).input, rules, { configuration, only: [] }), looked)
}

function control(readiness: Readiness, id: string): Control {
  const found = readiness.areas.flatMap(({ controls }) => controls).find((one) => one.id === id)
  if (found === undefined) throw new Error(`There is no control ${id}.`)
  return found
}

const express = (lines: string): Record<string, string> => ({
  'app.js': `const express = require('express')
const app = express()
${lines}
app.get('/', (req, res) => res.json({}))
app.listen(3000)
`,
})

const cookie = (options: string): Record<string, string> =>
  express(`app.use(require('express-session')({ secret: process.env.SESSION_SECRET, cookie: ${options} }))`)
const session = (options: string, lines = ''): Record<string, string> =>
  express(`app.use(require('express-session')({ secret: process.env.SESSION_SECRET, ${options} }))\n${lines}`)
const transfer = `app.post('/transfer', express.urlencoded(), (req, res) => res.json(move(req.session.user, req.body.to)))`
const token = (options: string): Record<string, string> =>
  express(`app.post('/login', (req, res) => res.json({ t: require('jsonwebtoken').sign({ id: 1 }, process.env.JWT_SECRET${options}) }))`)
const verifying = (read: string): Record<string, string> =>
  express(
    `app.get('/me', (req, res) => { const t = req.get('authorization'); const user = ${read}; res.json(require('./users').find(user.sub)) })`,
  )
const fastify = (lines: string, options = ''): Record<string, string> => ({
  'app.js': `const app = require('fastify')(${options})\n${lines}\napp.get('/', () => 1)\napp.listen({ port: 3000 })\n`,
})
const image = (text: string): Record<string, string> => ({ ...express(''), Dockerfile: text })

const login = (line: string): Record<string, string> =>
  express(`const log = require('pino')()
app.post('/login', express.json(), (req, res) => {
  if (req.body.password !== process.env.PASSWORD) {
    ${line}
    return res.sendStatus(401)
  }
  res.json({ ok: true })
})`)
const socket = (options: string): Record<string, string> =>
  express(`new (require('ws').WebSocketServer)({ port: 8080, path: '/live', ${options} })`)

const flexible = (options: string): Record<string, string> =>
  express(`const { RateLimiterRedis, RateLimiterMemory } = require('rate-limiter-flexible')
const limiter = new RateLimiterRedis({ storeClient: require('./redis'), points: 5, ${options} })
app.use((req, res, next) => limiter.consume(req.ip).then(() => next(), () => res.sendStatus(429)))`)

test.each<[string, string, Readonly<Record<string, string>>, string | null]>([
  ['shared-store', 'in-place', flexible('duration: 60'), 'app.js:4'],
  ['shared-store', 'in-place', flexible('insuranceLimiter: new RateLimiterMemory({ points: 5, duration: 60 })'), 'app.js:4'],
  [
    'shared-store',
    'in-place',
    fastify(`app.register(require('@fastify/redis'), {})
app.register(async (api) => { await api.register(require('@fastify/rate-limit'), { max: 5, redis: api.redis }); api.get('/a', () => 1) })`),
    'app.js:3',
  ],
  [
    'shared-store',
    'not-known',
    fastify(`app.register(require('@fastify/rate-limit'), { max: 5, redis: require('./unknown') })`),
    'app.js:2',
  ],
  ['session-cookies', 'in-place', cookie(`{ secure: true, sameSite: 'lax' }`), 'app.js:3'],
  ['session-cookies', 'partly', cookie(`{ secure: true }`), 'app.js:3'],
  ['session-cookies', 'missing', cookie(`{ maxAge: 1 }`), 'app.js:3'],
  ['session-cookies', 'not-known', cookie(`require('./unknown')()`), 'app.js:3'],
  ['session-cookies', 'not-applicable', express(''), null],
  ['session-store', 'missing', cookie('{}'), 'app.js:3'],
  ['session-store', 'in-place', session('store: new (require("connect-redis").RedisStore)({ client })'), 'app.js:3'],
  ['session-store', 'in-place', express(`app.use(require('cookie-session')({ keys: [process.env.KEY] }))`), 'app.js:3'],
  ['session-store', 'not-known', session(`store: require('./unknown')()`), 'app.js:3'],
  ['session-store', 'not-applicable', express(''), null],
  ['session-store', 'not-applicable', express(`require('detect-environment')()`), null],
  ['session-store', 'not-judged', express(`require('iron-session')`), null],
  ['csrf-protection', 'missing', session('cookie: { maxAge: 1 }', transfer), 'app.js:2'],
  ['csrf-protection', 'in-place', session(`cookie: { sameSite: 'lax' }`, transfer), 'app.js:3'],
  ['csrf-protection', 'not-applicable', express(transfer), null],
  ['database-timeouts', 'not-applicable', express(''), null],
  ['database-timeouts', 'missing', express(`new (require('pg').Pool)({ connectionString: process.env.DB })`), 'app.js:3'],
  ['database-timeouts', 'partly', express(`new (require('pg').Pool)({ statement_timeout: 30_000 })`), 'app.js:3'],
  ['database-timeouts', 'in-place', express(`new (require('pg').Pool)({ connectionTimeoutMillis: 5e3, query_timeout: 3e4 })`), 'app.js:3'],
  ['database-timeouts', 'not-known', express(`new (require('pg').Pool)(require('./unknown').options)`), 'app.js:3'],
  ['database-timeouts', 'partly', express(`require('mongoose').connect(process.env.DB)`), 'app.js:3'],
  ['database-timeouts', 'in-place', express(`require('mongoose').connect(process.env.DB, { socketTimeoutMS: 45_000 })`), 'app.js:3'],
  ['database-timeouts', 'not-judged', express(`require('@prisma/client')`), null],
  ['database-errors', 'missing', express(`new (require('pg').Pool)()`), 'app.js:3'],
  ['database-errors', 'in-place', express(`const pool = new (require('pg').Pool)()\npool.on('error', () => {})`), 'app.js:3'],
  ['database-errors', 'missing', express(`require('redis').createClient().connect()`), 'app.js:3'],
  ['database-errors', 'in-place', express(`require('redis').createClient().on('ready', () => {}).on('error', () => {})`), 'app.js:3'],
  [
    'session-cookies',
    'missing',
    fastify(`app.register(require('@fastify/session'), { secret: 'x', cookie: { secure: false, httpOnly: false } })`),
    'app.js:2',
  ],
  ['session-cookies', 'in-place', fastify(`app.register(require('@fastify/session'), { cookie: { sameSite: 'lax' } })`), 'app.js:2'],
  ['session-cookies', 'not-judged', express(`require('iron-session')`), null],
  ['token-expiry', 'not-judged', express(`require('paseto')`), null],
  [
    'token-expiry',
    'partly',
    express(`const jwt = require('jsonwebtoken')
app.post('/login', (req, res) => res.json({ t: jwt.sign({ id: 1 }, process.env.JWT_SECRET, { expiresIn: '1h' }) }))
app.use((req, res, next) => { req.user = jwt.verify(req.get('authorization'), process.env.JWT_SECRET, { ignoreExpiration: true }); next() })`),
    'app.js:4',
  ],
  [
    'no-secrets-in-code',
    'missing',
    express(`app.set('key', process.env.STRIPE_KEY || 'sk_live_51Hq8xKLmN0pQrStUvWxYz01234567')`),
    'app.js:3',
  ],
  [
    'checked-environment',
    'partly',
    express(`if (!process.env.JWT_SECRET) throw new Error('JWT_SECRET is missing')
app.set('keys', [process.env.JWT_SECRET, process.env.MAIL_PASSWORD || 'none'])`),
    'app.js:3',
  ],
  [
    'client-address',
    'missing',
    express(`app.set('trust proxy', true); app.use(require('express-rate-limit').rateLimit({ limit: 5 }))`),
    'app.js:3',
  ],
  ['client-address', 'not-applicable', express(`app.use(require('express-rate-limit').rateLimit({ limit: 5 }))`), 'app.js:2'],
  ['token-expiry', 'not-applicable', express(`require('jose')`), null],
  [
    'token-expiry',
    'missing',
    express(`new (require('jose').SignJWT)({ id: 1 }).setProtectedHeader({ alg: 'HS256' }).sign(key)`),
    'app.js:3',
  ],
  [
    'security-headers',
    'partly',
    express(`app.use((req, res, next) => { res.set('X-Content-Type-Options', 'nosniff'); next() })`),
    'app.js:4',
  ],
  ['token-expiry', 'in-place', token(`, { expiresIn: '15m' }`), 'app.js:3'],
  ['token-expiry', 'missing', token(''), 'app.js:3'],
  ['token-expiry', 'not-known', token(', process.env.OPTIONS'), 'app.js:3'],
  ['trusted-proxies', 'in-place', express(`app.set('trust proxy', 1)`), 'app.js:3'],
  ['trusted-proxies', 'missing', express(`app.enable('trust proxy')`), 'app.js:3'],
  ['trusted-proxies', 'missing', express(`app.set('trust proxy', process.env.PROXIES)`), 'app.js:3'],
  ['verified-certificates', 'missing', express(`const agent = new (require('https').Agent)({ rejectUnauthorized: false })`), 'app.js:3'],
  ['verified-certificates', 'in-place', express(''), 'app.js:2'],
  ['https', 'not-judged', express(''), 'app.js:2'],
  ['body-limit', 'in-place', express(`app.use(express.json())`), 'app.js:3'],
  ['body-limit', 'in-place', express(`app.use(express.json({ limit: '2mb' }))`), 'app.js:3'],
  ['body-limit', 'partly', express(`app.use(express.json({ limit: '50mb' }))`), 'app.js:3'],
  ['body-limit', 'not-known', express(`app.use(express.json({ limit: process.env.LIMIT }))`), 'app.js:3'],
  ['body-limit', 'not-applicable', express(''), null],
  ['body-limit', 'partly', express(`app.post('/f', require('multer')().single('f'), (req, res) => res.json({}))`), 'app.js:3'],
  [
    'rate-limit',
    'missing',
    express(
      `app.use(require('express-rate-limit').rateLimit({ limit: 100, skip: () => true }))\napp.get('/a', (req, res) => res.json({}))`,
    ),
    'app.js:4',
  ],
  ['validation', 'not-applicable', express(''), null],
  ['validation', 'not-known', express(`app.post('/a', (req, res) => res.json(req.body))`), 'app.js:3'],
  ['validation', 'not-applicable', express(`app.post('/out', (req, res) => { res.clearCookie('sid'); res.json({}) })`), null],
  [
    'validation',
    'not-known',
    express(`const all = new Map()\napp.post('/a', (req, res) => { all.set(1, req.body.a); res.end() })`),
    'app.js:4',
  ],
  ['validation', 'not-applicable', express(`const all = new Map()\napp.post('/a', (req, res) => { all.set(1, req.ip); res.end() })`), null],
  ['validation', 'in-place', express(`app.post('/a', require('celebrate').celebrate({}), (req, res) => res.json({}))`), 'app.js:3'],
  ['validation', 'partly', express(`app.post('/a', (req, res) => new (require('pg').Pool)().query('INSERT', [req.body.a]))`), 'app.js:3'],
  [
    'body-limit',
    'in-place',
    { 'app.js': `const app = require('fastify')()\napp.get('/', () => 1)\napp.listen({ port: 3000 })\n` },
    'app.js:1',
  ],
  ['health-route', 'in-place', express(`app.get('/api/healthz', (req, res) => res.send('ok'))`), 'app.js:3'],
  ['health-route', 'missing', express(''), 'app.js:2'],
  ['graceful-shutdown', 'in-place', express(`process.on('SIGTERM', () => server.close())\nconst server = app.listen(3001)`), 'app.js:3'],
  ['graceful-shutdown', 'missing', express(`process.on('SIGTERM', () => process.exit(0))`), 'app.js:3'],
  ['graceful-shutdown', 'not-known', express(`process.on('SIGTERM', require('./elsewhere'))`), 'app.js:3'],
  ['graceful-shutdown', 'missing', express(''), 'app.js:5'],
  ['webhook-signatures', 'not-known', express(`app.post('/webhooks/pay', (req, res) => res.json({}))`), 'app.js:3'],
  ['socket-origins', 'missing', express(`new (require('socket.io').Server)(3001, { cors: { origin: '*' } })`), 'app.js:3'],
  [
    'socket-origins',
    'in-place',
    express(`new (require('socket.io').Server)(3001, { cors: { origin: ['https://a.example'] } })`),
    'app.js:3',
  ],
  ['socket-origins', 'not-known', express(`new (require('socket.io').Server)(3001)`), 'app.js:3'],
  [
    'socket-origins',
    'missing',
    express(`new (require('ws').Server)({ port: 3001 }).on('connection', (socket) => socket.on('message', (data) => socket.send(data)))`),
    'app.js:3',
  ],
  [
    'socket-origins',
    'in-place',
    express(`new (require('ws').Server)({ port: 3001, verifyClient: ({ origin }) => origin === 'a' })`),
    'app.js:3',
  ],
  [
    'webhook-signatures',
    'missing',
    express(`app.post('/webhooks/stripe', (req, res) => require('axios').post('https://a.example', req.body))`),
    'app.js:3',
  ],
  ['socket-origins', 'not-applicable', express(''), null],
  [
    'cors',
    'in-place',
    express(`const allowed = new Set(process.env.ORIGINS.split(','))
    const isAllowed = (origin) => allowed.has(origin)
    app.use((req, res, next) => {
      const { origin } = req.headers
      if (!isAllowed(origin)) return next()
      res.set('Access-Control-Allow-Origin', origin)
      next()
    })`),
    'app.js:8',
  ],
  [
    'cors',
    'not-known',
    express(`app.use((req, res, next) => {
      res.set('Access-Control-Allow-Origin', process.env.ORIGIN)
      next()
    })`),
    'app.js:4',
  ],
  ['cors', 'in-place', express(`new (require('socket.io').Server)(3001, { cors: { origin: '*' } })`), 'app.js:2'],
  [
    'webhook-signatures',
    'partly',
    express(`app.post('/webhook', (req, res) => {
  if (req.get('x-signature') !== process.env.SIGNATURE) return res.json({ ok: false })
  require('./orders').pay(req.body.id)
  res.json({ ok: true })
})`),
    'app.js:3',
  ],
  ['webhook-signatures', 'not-applicable', express(''), null],
  ['image-user', 'in-place', image('FROM node:20 AS base\nUSER node\nFROM base\nCMD ["node", "app.js"]\n'), 'Dockerfile:2'],
  ['image-user', 'missing', image('FROM node:20 AS build\nUSER node\nFROM node:20-alpine\nCMD ["node", "app.js"]\n'), 'Dockerfile:3'],
  ['image-user', 'missing', image('FROM node:20\nUSER root\nCMD ["node", "app.js"]\n'), 'Dockerfile:2'],
  ['image-user', 'not-known', image('FROM company/base:1\nCMD ["node", "app.js"]\n'), 'Dockerfile:1'],
  ['image-version', 'missing', image('FROM node:alpine\nCMD ["node", "app.js"]\n'), 'Dockerfile:1'],
  ['image-version', 'in-place', image('FROM gcr.io/distroless/nodejs22-debian12:nonroot\nCMD ["app.js"]\n'), 'Dockerfile:1'],
  ['image-version', 'in-place', image('FROM node:20-alpine\nCMD ["node", "app.js"]\n'), 'Dockerfile:1'],
  ['production-mode', 'in-place', image('FROM node:20\nENV NODE_ENV=production\nCMD ["node", "app.js"]\n'), 'Dockerfile:2'],
  ['production-mode', 'not-known', express(''), 'app.js:2'],
  ['production-mode', 'missing', image('FROM node:20\nCMD ["node", "app.js"]\n'), 'Dockerfile:1'],
  ['container-health', 'missing', image('FROM node:20\nCMD ["node", "app.js"]\n'), 'Dockerfile:1'],
  ['container-health', 'in-place', image('FROM node:20\nHEALTHCHECK CMD node health.js\nCMD ["node", "app.js"]\n'), 'Dockerfile:2'],
  ['container-health', 'not-applicable', express(''), null],
  ['image-build', 'partly', image('FROM node:20\nCOPY . .\nRUN npm ci && npm run build\nCMD ["node", "app.js"]\n'), 'Dockerfile:3'],
  [
    'image-build',
    'in-place',
    image('FROM node:20 AS b\nRUN npm run build\nFROM node:20\nCOPY --from=b . .\nCMD ["node", "app.js"]\n'),
    'Dockerfile:3',
  ],
  ['image-build', 'not-applicable', express(''), null],
  ['error-tracking', 'missing', express(''), 'app.js:2'],
  ['error-tracking', 'in-place', express(`require('@sentry/node').init({ dsn: process.env.SENTRY_DSN })`), 'app.js:3'],
  ['metrics', 'missing', express(''), 'app.js:2'],
  ['metrics', 'in-place', express(`require('prom-client').collectDefaultMetrics()`), 'app.js:3'],
  ['request-ids', 'missing', express(`app.use(require('morgan')('tiny'))\nrequire('pino')().info('up')`), 'app.js:2'],
  ['request-ids', 'in-place', express(`app.use(require('pino-http')())`), 'app.js:3'],
  ['request-ids', 'not-known', fastify(''), 'app.js:1'],
  ['request-ids', 'in-place', fastify('', '{ logger: true }'), 'app.js:1'],
  [
    'request-ids',
    'in-place',
    fastify('', `{ logger: true, requestIdHeader: 'x-request-id', genReqId: () => crypto.randomUUID() }`),
    'app.js:1',
  ],
  ['login-log', 'not-applicable', express(''), null],
  ['login-log', 'missing', login(''), 'app.js:4'],
  ['login-log', 'in-place', login(`log.warn({ event: 'login_failed' }, 'refused')`), 'app.js:6'],
  ['socket-messages', 'not-applicable', express(''), null],
  ['socket-messages', 'missing', socket(''), 'app.js:3'],
  ['socket-messages', 'in-place', socket('maxPayload: 65536'), 'app.js:3'],
  ['socket-messages', 'not-known', socket(`...require('./settings').sockets`), 'app.js:3'],
  ['kept-data', 'not-applicable', express(''), null],
  [
    'kept-data',
    'partly',
    express(`const notes = []
app.post('/notes', express.json(), (req, res) => { notes.push(req.body); res.end() })
app.get('/notes', (req, res) => res.json(notes))`),
    'app.js:3',
  ],
  ['kept-data', 'in-place', express(`const pool = new (require('pg').Pool)()`), 'app.js:3'],
  ['reproducible-install', 'in-place', image('FROM node:20\nRUN npm ci --omit=dev\nCMD ["node", "app.js"]\n'), 'Dockerfile:2'],
  ['reproducible-install', 'missing', image('FROM node:20\nCOPY . .\nRUN npm install\nCMD ["node", "app.js"]\n'), 'Dockerfile:3'],
  ['reproducible-install', 'not-known', image('FROM node:20\nCOPY . .\nRUN ./install.sh\nCMD ["node", "app.js"]\n'), 'Dockerfile:1'],
  ['production-start', 'missing', image('FROM node:20\nCMD ["npx", "nodemon", "app.js"]\n'), 'Dockerfile:2'],
  ['production-start', 'in-place', image('FROM node:20\nCMD ["node", "app.js"]\n'), 'Dockerfile:2'],
  ['deploy-secrets', 'missing', image('FROM node:20\nENV JWT_SECRET=8f2b1c9d7e6a5f4b3c2d1e0f9a8b7c6d\n'), 'Dockerfile:2'],
  ['deploy-secrets', 'in-place', image('FROM node:20\nENV PORT=3000\n'), 'Dockerfile:2'],
  ['deploy-secrets', 'not-applicable', express(''), null],
  ['maintained-packages', 'missing', express(`app.use(require('xss-clean')())`), 'app.js:3'],
  ['maintained-packages', 'in-place', express(''), 'app.js:2'],
  [
    'token-verification',
    'in-place',
    verifying(`require('jsonwebtoken').verify(t, process.env.KEY, { algorithms: ['HS256'] })`),
    'app.js:3',
  ],
  ['token-verification', 'missing', verifying(`require('jsonwebtoken').verify(t, process.env.KEY, { algorithms: ['none'] })`), 'app.js:3'],
  [
    'token-verification',
    'missing',
    express(`app.use((req, res, next) => { req.user = require('jsonwebtoken').decode(req.cookies.token); next() })`),
    'app.js:3',
  ],
  ['token-verification', 'not-applicable', express(''), null],
  [
    'secret-comparison',
    'missing',
    express(`app.use((req, res, next) => (req.get('x-api-key') === process.env.API_KEY ? next() : res.sendStatus(401)))`),
    'app.js:3',
  ],
  [
    'secret-comparison',
    'in-place',
    express(`const key = Buffer.from(process.env.API_KEY)
app.use((req, res, next) => (require('crypto').timingSafeEqual(Buffer.from(req.get('x-api-key')), key) ? next() : res.sendStatus(401)))`),
    'app.js:4',
  ],
  ['secret-comparison', 'not-applicable', express(''), null],
  ['request-timeouts', 'partly', fastify(''), 'app.js:1'],
  ['request-timeouts', 'in-place', express(''), 'app.js:5'],
  [
    'api-documentation',
    'partly',
    express(`app.use('/docs', require('swagger-ui-express').serve, require('swagger-ui-express').setup({}))
app.post('/orders', (req, res) => res.json({}))`),
    'app.js:3',
  ],
  [
    'api-documentation',
    'in-place',
    express(`const ui = require('swagger-ui-express')
app.use('/docs', require('express-basic-auth')({ users: { docs: process.env.DOCS } }), ui.serve, ui.setup({}))
app.post('/orders', (req, res) => res.json({}))`),
    'app.js:4',
  ],
  ['api-documentation', 'not-applicable', express(''), null],
  [
    'password-hashing',
    'in-place',
    express(`const derive = require('node:util').promisify(require('node:crypto').scrypt)
app.post('/users', async (req, res) => res.json(await derive(req.body.password, 'salt', 32)))`),
    'app.js:4',
  ],
])('%s is %s', (id, status, files, place) => {
  const { status: said, answers } = control(readinessFor(files), id)
  const [first] = answers[0]?.places ?? []
  expect({ status: said, place: first === undefined ? null : `${first.file}:${first.line}` }).toEqual({ status, place })
})

test('which limiter covers which routes, with its numbers', () => {
  const files = express(`app.get('/open', (req, res) => res.json({}))
app.use(require('express-rate-limit').rateLimit({ windowMs: 15 * 60 * 1000, limit: 100 }))`)
  const { status, answers } = control(readinessFor(files), 'rate-limit')
  expect({ status, text: answers[0]?.text }).toEqual({
    status: 'partly',
    text: '1 of 2 routes behind a rate limit; 1 of 2 routes without.',
  })
  expect(answers[0]?.places.map(({ line, note }) => `${line} ${note}`)).toEqual([
    '4 express-rate-limit.rateLimit, 100 per 15 min: 1 route',
    '3 GET /open without it',
  ])
})

test('what stands in front of a route goes by the name that readers know, else by its place', () => {
  const { routes } = readinessFor({
    ...express(`const validate = require('./middleware/validate')
app.post('/users', validate(require('zod').z.object({})), (req, res) => res.json(req.body))
app.use((err, req, res, next) => { res.status(500).json({ error: 'no' }) })`),
    'middleware/validate.js': `module.exports = (schema) => (req, res, next) => {
  const parsed = schema.safeParse(req.body)
  if (!parsed.success) return res.status(400).json({ error: 'invalid' })
  req.body = parsed.data
  next()
}
`,
  })
  const { protections } = routes.find(({ path }) => path === '/users') ?? { protections: null }
  expect(protections?.validation.by.map(({ note }) => note)).toEqual(['validate(…)'])
  expect(protections?.['error-handler'].by.map(({ note }) => note)).toEqual(['app.js:5'])
})

test('a rule that did not run, or a finding that is suppressed, is no all-clear', () => {
  const leaking = express(`app.use((err, req, res, next) => {
  // parapet-ignore-next-line no-stack-in-response, no-error-object-in-response -- for now
  res.status(500).json({ stack: err.stack })
})`)
  expect(control(readinessFor(express(''), new Set()), 'no-secrets-in-code').status).toBe('not-judged')
  const { status, answers } = control(readinessFor(leaking), 'silent-errors')
  expect(status).toBe('missing')
  expect(answers[0]?.text).toContain('(suppressed)')
})

test('code that was not understood, or does not parse, withholds an all-clear', () => {
  const broken = { ...express(`require('./broken')`), 'broken.js': 'const = 1' }
  const readiness = readinessFor(broken)
  expect(control(readiness, 'no-secrets-in-code').status).toBe('not-known')
  expect(readiness.unparsed).toEqual([{ file: 'broken.js', line: 1, column: 7 }])
})

test('a session of a default import goes by the name of its package', () => {
  const app = (imported: string, call: string): Record<string, string> => ({
    'app.mjs': `import express from 'express'
${imported}
const app = express()
app.use(${call}({ secret: process.env.SESSION_SECRET, cookie: { maxAge: 1 } }))
app.listen(3000)
`,
  })
  const notes = (files: Record<string, string>): readonly (string | null)[] =>
    control(readinessFor(files), 'session-cookies').answers.flatMap(({ places }) => places.map(({ note }) => note))
  expect(notes(app("import session from 'express-session'", 'session'))).toEqual(['express-session'])
  expect(notes(app("import * as sessions from 'express-session'", 'sessions.default'))).toEqual(['express-session'])
})

test('variables: where they are read, whether something stands in, and whether the start asks for them', () => {
  const readiness = readinessFor(
    express(`if (!process.env.JWT_SECRET) throw new Error('JWT_SECRET is missing')
const port = process.env.PORT || 3000
app.set('key', process.env.JWT_SECRET)
app.set('mode', process.env.API_URL)
const empty = process.env.EMPTY || ''
app.set('port', [port, empty])`),
  )
  const told = readiness.environment.map((one) => [
    one.name,
    one.isSecret,
    one.reads.map(({ line }) => line),
    one.fallbacks.length,
    one.isChecked,
  ])
  expect(told).toEqual([
    ['API_URL', false, [6], 0, 'no'],
    ['EMPTY', false, [7], 0, 'no'],
    ['JWT_SECRET', true, [3, 5], 0, 'yes'],
    ['PORT', false, [4], 1, 'no'],
  ])
})

test('what a schema fills in is a fallback, also where it is no text', () => {
  const { environment } = readinessFor(
    express(`const { z } = require('zod')
const env = z.object({
  PORT: z.coerce.number().default(3000),
  LEVEL: z.string().default(''),
  HOST: z.string(),
}).parse(process.env)
app.set('port', env)`),
  )
  expect(environment.map(({ name, fallbacks }) => [name, fallbacks.map(({ line }) => line)])).toEqual([
    ['HOST', []],
    ['LEVEL', []],
    ['PORT', [5]],
  ])
})

test('a variable is asked for where every process that reads it asks', () => {
  const admin = `const app = require('express')()\napp.get('/users', (req, res) => res.json([process.env.JWT_SECRET]))\napp.listen(3001)\n`
  const checked = `if (!process.env.JWT_SECRET) throw new Error('JWT_SECRET is missing')\n`
  const told = (text: string): unknown =>
    readinessFor({
      ...express(`${checked}app.set('key', process.env.JWT_SECRET)`),
      'admin/package.json': '{ "name": "admin", "main": "server.js", "dependencies": { "express": "5" } }',
      'admin/server.js': text,
    }).environment.map(({ name, isChecked }) => [name, isChecked])
  expect(told(admin)).toEqual([['JWT_SECRET', 'no']])
  expect(told(`${checked}${admin}`)).toEqual([['JWT_SECRET', 'yes']])
})

test('applications of one name are told apart by their files', () => {
  const readiness = readinessFor({
    ...express(`require('./admin')`),
    'admin.js': `const app = require('express')()\napp.get('/users', (req, res) => res.json([]))\napp.listen(3001)\n`,
  })
  expect(readiness.applications.map(({ name }) => name).sort()).toEqual(['app of admin.js', 'app of app.js'])
  expect(new Set(readiness.routes.map(({ application }) => application))).toEqual(new Set(['app of admin.js', 'app of app.js']))
})

test('without an application nothing is judged, and nothing has a score', () => {
  const { areas, routes } = readinessFor({ 'app.js': 'console.log(1)\n' })
  expect(new Set(areas.map(({ score }) => score))).toEqual(new Set([null]))
  expect(areas.flatMap(({ controls }) => controls).every(({ status }) => status === 'not-judged')).toBe(true)
  expect(routes).toEqual([])
})
