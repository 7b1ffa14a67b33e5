// Fixes of options, secrets and log lines of Fastify, run before and after.
import { test } from 'vitest'
import noConsole from '../../../rules/no-console/rule.js'
import noCredentialedAnyOrigin from '../../../rules/no-credentialed-any-origin/rule.js'
import noHardcodedSecret from '../../../rules/no-hardcoded-secret/rule.js'
import noSecretFallback from '../../../rules/no-secret-fallback/rule.js'
import noSensitiveLogging from '../../../rules/no-sensitive-logging/rule.js'
import noStackInResponse from '../../../rules/no-stack-in-response/rule.js'
import noUnsafeCsp from '../../../rules/no-unsafe-csp/rule.js'
import noWeakenedSecurityHeaders from '../../../rules/no-weakened-security-headers/rule.js'
import requireLongHsts from '../../../rules/require-long-hsts/rule.js'
import requireProcessErrorHandlers from '../../../rules/require-process-error-handlers/rule.js'
import { moduleApp } from '../fastifyApplications.js'
import { probeOrigin } from '../probe.js'
import { proveFix, type ProbedApplication } from '../proveFix.js'

/** Starts take their time on a busy machine. */
const TIMEOUT = 60_000
const honest = [
  { method: 'GET', path: '/', status: 200 },
  { method: 'GET', path: '/missing', status: 404 },
]

const withImport = (line: string, lines: string, options = ''): string =>
  moduleApp(lines, options).replace("from 'fastify'\n", `from 'fastify'\n${line}\n`)
const withHelmet = (options: string): string => withImport("import helmet from '@fastify/helmet'", `await app.register(helmet, ${options})`)
const headerOf =
  (name: string) =>
  async ({ get }: ProbedApplication): Promise<string> =>
    (await get('/')).headers.get(name) ?? ''

test('no-unsafe-csp, require-long-hsts and no-weakened-security-headers: options of the plugin', { timeout: TIMEOUT }, async () => {
  const policy = headerOf('content-security-policy')
  await proveFix({
    rule: noUnsafeCsp,
    app: withHelmet(`{ contentSecurityPolicy: { directives: { scriptSrc: ["'self'", "'unsafe-inline'"] } } }`),
    honest,
    weakness: async (app) => (await policy(app)).includes("script-src 'self' 'unsafe-inline'"),
  })
  const transport = headerOf('strict-transport-security')
  await proveFix({
    rule: requireLongHsts,
    app: withHelmet('{ hsts: { maxAge: 3600 } }'),
    honest,
    weakness: async (app) => (await transport(app)).startsWith('max-age=3600;'),
  })
  const sniffing = headerOf('x-content-type-options')
  await proveFix({
    rule: noWeakenedSecurityHeaders,
    app: withHelmet('{ noSniff: false }'),
    honest,
    weakness: async (app) => (await sniffing(app)) === '',
  })
})

test('no-credentialed-any-origin: a list in place of reflection', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: noCredentialedAnyOrigin,
    app: withImport("import cors from '@fastify/cors'", `app.register(cors, { origin: true, credentials: true })`),
    env: { ALLOWED_ORIGINS: 'https://shop.example.com' },
    honest,
    weakness: async ({ url }) => (await probeOrigin(url, { flood: '/' })).foreign === 'reflected',
  })
})

test('no-stack-in-response: the stack is logged and not sent', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: noStackInResponse,
    app: moduleApp(`app.get('/fail', async () => { throw new Error('column pin_hash of accounts') })
app.setErrorHandler((error, request, reply) => {
  reply.code(500).send({ error: 'Internal Server Error', stack: error.stack })
})`),
    honest: [...honest, { method: 'GET', path: '/fail', status: 500 }],
    weakness: async ({ get }) => /\bat .*server\.mjs/.test(await (await get('/fail')).text()),
  })
})

const printed = async ({ get, output }: ProbedApplication): Promise<string> => {
  await get('/asked?token=abc')
  await new Promise((resolve) => setTimeout(resolve, 50))
  return output()
}

test('no-console: the logger of the request', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: noConsole,
    app: moduleApp(`app.get('/asked', async (request) => {\n  console.log('asked by', request.ip)\n  return {}\n})`, '{ logger: true }'),
    honest,
    weakness: async (app) => !/"reqId":.*"msg":"asked by"/.test(await printed(app)),
  })
})

test('no-sensitive-logging: names in place of values', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: noSensitiveLogging,
    app: moduleApp(
      `app.get('/asked', async (request) => {\n  request.log.info({ headers: request.headers }, 'asked')\n  return {}\n})`,
      '{ logger: true }',
    ),
    honest,
    weakness: async ({ get, output }) => {
      await get('/asked', { authorization: 'Bearer s3cr3t-t0ken' })
      await new Promise((resolve) => setTimeout(resolve, 50))
      return output().includes('s3cr3t-t0ken')
    },
  })
})

test('secrets of the plugins: from the environment, without a fallback', { timeout: TIMEOUT }, async () => {
  const jwt = (secret: string): string => withImport("import jwt from '@fastify/jwt'", `await app.register(jwt, { secret: ${secret} })`)
  const env = { JWT_SECRET: 'wd3ryq8vn5kt2mz7hx4bpc9sgf6jle1a' }
  const startsWithout = async ({ startsUnder }: ProbedApplication): Promise<boolean> => startsUnder({ JWT_SECRET: null })
  await proveFix({ rule: noHardcodedSecret, app: jwt(`'h7Gd92kLw0PzQx4RvT6bNm1sYc8'`), env, honest, weakness: startsWithout })
  await proveFix({
    rule: noSecretFallback,
    app: jwt(`process.env.JWT_SECRET || 'h7Gd92kLw0PzQx4RvT6bNm1sYc8'`),
    env,
    honest,
    weakness: startsWithout,
  })
})

test('require-process-error-handlers: an error that nobody catches is logged before the end', { timeout: TIMEOUT }, async () => {
  await proveFix({
    rule: requireProcessErrorHandlers,
    app: moduleApp(`app.get('/later', async () => {\n  setTimeout(() => { throw new Error('nobody catches this') }, 200)\n  return {}\n})`),
    honest,
    weakness: async ({ get, output }) => {
      await get('/later')
      await new Promise((resolve) => setTimeout(resolve, 600))
      return !/closing Error: nobody catches this/.test(output())
    },
  })
})
