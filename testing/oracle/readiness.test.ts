// What the readiness report claims of an application is what the running application shows.
import { describe, expect, test } from 'vitest'
import { analyze } from '../../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../../analyzer/check/configuration.js'
import type { ProjectInput } from '../../analyzer/analyze.js'
import { readinessOf, type Readiness } from '../../analyzer/readiness/readiness.js'
import { rules } from '../../rules/index.js'
import { loadTexts } from '../project.js'
import { fixtureFolder, readFixture, type ExpressVersion, type Fixture } from './fixture.js'
import { applicationTexts, fixtureOf, type InlineApplication } from './inlineApplication.js'
import { probe, send, type ProbeReport } from './probe.js'
import { startApplication } from './start.js'
import { inTurns } from './turns.js'

const TIMEOUT = 90_000
const turn = inTurns(2)
const ran = new Set(rules.map(({ id }) => id))

/** Own middleware, packages, plugins and modules; strong and weak; of all three frameworks. */
const fixtures = [
  'own-middleware',
  'own-middleware-weak',
  'plain-commonjs',
  'wrappers',
  'config-schemas',
  'fastify-await',
  'fastify-callbacks',
  'fastify-error-handlers',
  'fastify-limits',
  'nest-hardened',
  'nest-plain',
  'nest-cors',
]

const server = (layers: string, end = ''): string => `//- /server.js
const express = require('express')
const helmet = require('helmet')
const cors = require('cors')
const { rateLimit } = require('express-rate-limit')
const app = express()
${layers}
app.get('/', (req, res) => res.json({ ok: true }))
app.get('/broken', (req, res) => { throw new Error('secret-of-the-server') })
${end}
app.listen(process.env.PORT)
`
const generic = `app.use((err, req, res, next) => { res.status(500).json({ error: 'Internal error' }) })`

const applications: Readonly<Record<string, string>> = {
  'all is there': server(
    `app.disable('x-powered-by'); app.use(helmet()); app.use((req, res, next) => { res.set('Permissions-Policy', 'camera=()'); next() }); app.use(cors({ origin: ['https://app.example'] })); app.use(rateLimit({ windowMs: 60000, limit: 20 }))`,
    generic,
  ),
  'nothing is there': server('', `app.use((err, req, res, next) => { res.status(500).json({ error: err.message, stack: err.stack }) })`),
  'everybody may read, with cookies': server(`app.use(cors({ origin: true, credentials: true }))`, generic),
  'everybody may read': server(
    `app.use(helmet({ contentSecurityPolicy: false, strictTransportSecurity: false })); app.use(cors())`,
    generic,
  ),
  'only outside production': server(
    `if (process.env.NODE_ENV !== 'production') { app.use(helmet()); app.use(rateLimit({ limit: 20 })) }`,
    generic,
  ),
  'one origin and no limit that counts': server(
    `app.use(cors({ origin: 'https://app.example' })); app.use(rateLimit({ limit: 20, skip: () => true }))`,
    generic,
  ),
}

const PLAN = { flood: '/', error: '/broken', secret: 'secret-of-the-server', attempts: 25 }

describe.concurrent('claims and reality agree', () => {
  test.each(fixtures)('%s', (name) => turn(() => compare({ app: { fixture: name } }, readFixture(fixtureFolder(name)))), TIMEOUT)
  test.each(Object.entries(applications))(
    '%s',
    (_title, text) => turn(() => compare({ app: text }, { title: '', entry: 'server.js', express: [5], requests: [], probes: PLAN })),
    TIMEOUT,
  )
})

async function compare(application: InlineApplication, fixture: Fixture): Promise<void> {
  const express: ExpressVersion = 5
  const texts = applicationTexts(application, express)
  const readiness = report(loadTexts(texts).input)
  const running = await startApplication(texts, { express, fixture: { ...fixtureOf(application, texts), probes: fixture.probes } })
  try {
    const { headers } = await send(running.url, { method: 'GET', path: fixture.probes.flood, headers: fixture.probes.headers ?? {} })
    const seen = await probe(running.url, fixture.probes)
    const claims = { ...areaClaims(readiness), ...routeClaims(readiness, fixture.probes.flood) }
    const reality = realityOf(headers, seen)
    const judged = Object.entries(claims).filter(([id, claim]) => claim !== null && reality[id] !== undefined)
    expect(judged.length, 'claims that were looked at').toBeGreaterThan(4)
    expect(Object.fromEntries(judged)).toEqual(Object.fromEntries(judged.map(([id]) => [id, reality[id]])))
    // Every claim can be checked by a reader.
    for (const { answers } of readiness.areas.flatMap(({ controls }) => controls)) {
      for (const { status, places, text } of answers)
        if (['in-place', 'partly', 'missing'].includes(status)) expect(places, text).not.toEqual([])
    }
  } finally {
    await running.stop()
  }
}

function report(input: ProjectInput): Readiness {
  return readinessOf(analyze(input, rules, { configuration: { ...DEFAULT_CONFIGURATION, preset: 'strict' }, only: [] }), ran)
}

type Claim = 'in-place' | 'missing' | null

/** Claims about the whole application; what is partly so, or not known, claims nothing of a single request. */
function areaClaims({ areas }: Readiness): Readonly<Record<string, Claim>> {
  const claim = (status: string): Claim => (status === 'in-place' || status === 'missing' ? status : null)
  return Object.fromEntries(areas.flatMap(({ controls }) => controls.map(({ id, status }) => [id, claim(status)])))
}

/** The table of routes, for the one that is asked. */
function routeClaims({ routes }: Readiness, path: string): Readonly<Record<string, Claim>> {
  const [route, ...others] = routes.filter((one) => one.method === 'GET' && one.path === path)
  if (route === undefined || others.length > 0) return {}
  const claim = ({ answer, isConditional }: (typeof route.protections)['cors']): Claim =>
    answer === 'unknown' || isConditional ? null : answer === 'yes' ? 'in-place' : 'missing'
  return {
    'route: security-headers': claim(route.protections['security-headers']),
    'route: rate-limit': claim(route.protections['rate-limit']),
  }
}

function realityOf(
  headers: Headers,
  { securityHeaders, poweredBy, origin, error, limitedAt }: ProbeReport,
): Readonly<Record<string, Claim>> {
  const answer = (holds: unknown): Claim => (holds ? 'in-place' : 'missing')
  const isClosed = (origin.foreign === 'none' || origin.foreign === 'other') && !origin.nullIsAllowed
  return {
    'security-headers': answer(securityHeaders.length >= 3),
    'route: security-headers': answer(securityHeaders.length >= 3),
    'content-security-policy': answer(headers.has('content-security-policy')),
    'strict-transport-security': answer(headers.has('strict-transport-security')),
    'permissions-policy': answer(headers.has('permissions-policy')),
    'no-powered-by': answer(!/express/i.test(poweredBy ?? '')),
    cors: answer(isClosed),
    'rate-limit': answer(limitedAt !== null),
    'route: rate-limit': answer(limitedAt !== null),
    ...(error === null ? {} : { 'silent-errors': answer(!error.leaksStack && !error.leaksMessage) }),
  }
}
