// Fixes of the rules about transport, proven on running servers.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect, type SecureVersion } from 'node:tls'
import { afterAll, beforeAll, test } from 'vitest'
import noDisabledTlsVerification from '../../../rules/no-disabled-tls-verification/rule.js'
import noPermissiveTrustProxy from '../../../rules/no-permissive-trust-proxy/rule.js'
import requireModernTls from '../../../rules/require-modern-tls/rule.js'
import { fixturesRoot } from '../fixture.js'
import { certificate, key, startPartner, type Partner } from '../partner.js'
import { proveFix, type ProbedApplication } from '../proveFix.js'

/** Type checks and starts take their time on a busy machine. */
const TIMEOUT = 60_000
const tsconfig = readFileSync(join(fixturesRoot, 'nest-plain', 'tsconfig.json'), 'utf8')

let partner: Partner
beforeAll(async () => {
  partner = await startPartner()
})
afterAll(() => partner.stop())

/** Whether it talks to a server whose certificate nobody knows. */
async function trustsAnybody({ get }: ProbedApplication): Promise<boolean> {
  return (await get('/partner')).status === 200
}

/** A partner whose authority is given is talked to before and after. */
const honest = [{ method: 'GET', path: '/known', status: 200 }]

test('no-disabled-tls-verification: an agent', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noDisabledTlsVerification,
    env: { PARTNER_URL: partner.url, CA: certificate },
    app: `
      //- /server.ts
      import https from 'node:https'
      import express, { type Response } from 'express'

      const app = express()
      const agent = new https.Agent({ keepAlive: false, rejectUnauthorized: false })
      const known = new https.Agent({ ca: process.env.CA })
      const ask = (through: https.Agent, res: Response) => {
        https
          .get(process.env.PARTNER_URL ?? '', { agent: through }, (answer) => {
            answer.resume()
            res.sendStatus(answer.statusCode ?? 500)
          })
          .on('error', () => res.sendStatus(502))
      }
      app.get('/partner', (_req, res) => ask(agent, res))
      app.get('/known', (_req, res) => ask(known, res))
      app.listen(process.env.PORT)
    `,
    honest,
    weakness: trustsAnybody,
  }),
)

test('no-disabled-tls-verification: the whole process', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noDisabledTlsVerification,
    env: { PARTNER_URL: partner.url, CA: certificate },
    app: `
      //- /server.ts
      import https from 'node:https'
      import Fastify from 'fastify'

      process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
      const app = Fastify()
      app.get('/partner', async (_request, reply) => {
        const answer = await fetch(process.env.PARTNER_URL ?? '').catch(() => null)
        return reply.code(answer?.status ?? 502).send()
      })
      app.get('/known', (_request, reply) => {
        https
          .get(process.env.PARTNER_URL ?? '', { ca: process.env.CA }, (answer) => {
            answer.resume()
            void reply.code(answer.statusCode ?? 500).send()
          })
          .on('error', () => void reply.code(502).send())
      })
      app.listen({ port: Number(process.env.PORT) })
    `,
    honest,
    weakness: trustsAnybody,
  }),
)

/** Whether the address counts that the client wrote, and not the one that a proxy added. */
async function believesClients({ get }: ProbedApplication): Promise<boolean> {
  return (await (await get('/', { 'x-forwarded-for': '6.6.6.6, 203.0.113.9' })).text()).includes('6.6.6.6')
}

const root = [{ method: 'GET', path: '/', status: 200 }]

test('no-permissive-trust-proxy: Express', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noPermissiveTrustProxy,
    app: `
      //- /server.ts
      import express from 'express'

      const app = express()
      app.enable('trust proxy')
      app.get('/', (req, res) => {
        res.json({ ip: req.ip })
      })
      app.listen(process.env.PORT)
    `,
    honest: root,
    weakness: believesClients,
  }),
)

test('no-permissive-trust-proxy: a text, which counts no proxy', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noPermissiveTrustProxy,
    env: { HOPS: '1' },
    app: `
      //- /server.js
      const app = require('express')()
      app.set('trust proxy', process.env.HOPS)
      app.get('/', (req, res) => res.json({ ip: req.ip }))
      app.listen(process.env.PORT)
    `,
    honest: root,
    weakness: async ({ get }) => !(await (await get('/', { 'x-forwarded-for': '203.0.113.9' })).text()).includes('203.0.113.9'),
  }),
)

test('no-permissive-trust-proxy: Fastify', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noPermissiveTrustProxy,
    app: `
      //- /server.ts
      import Fastify from 'fastify'

      const app = Fastify({ trustProxy: true })
      app.get('/', async (request) => ({ ip: request.ip }))
      app.listen({ port: Number(process.env.PORT) })
    `,
    honest: root,
    weakness: believesClients,
  }),
)

test('no-permissive-trust-proxy: Nest on Fastify', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: noPermissiveTrustProxy,
    app: `//- /src/main.ts
import { Controller, Get, Ip, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify'

@Controller()
class RootController {
  @Get()
  root(@Ip() ip: string) {
    return { ip }
  }
}

@Module({ controllers: [RootController] })
class AppModule {}

async function bootstrap() {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule, new FastifyAdapter({ trustProxy: true }))
  await app.listen(Number(process.env.PORT))
}
void bootstrap()
//- /package.json
{
  "name": "behind-a-proxy",
  "dependencies": {
    "@nestjs/common": "^12.0.0",
    "@nestjs/core": "^12.0.0",
    "@nestjs/platform-fastify": "^12.0.0",
    "reflect-metadata": "^0.2.2",
    "rxjs": "^7.8.2"
  },
  "devDependencies": { "@types/node": "^20.19.0" }
}
//- /tsconfig.json
${tsconfig}
`,
    honest: root,
    weakness: believesClients,
  }),
)

/** Whether a client that speaks this version and no other gets in. */
function speaks(port: number, version: SecureVersion): Promise<boolean> {
  const options = { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0', ca: certificate }
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', ...options }, () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

test.each([
  ['a version', (options: string) => options.startsWith('`minVersion')],
  ['a level of ciphers', (options: string) => options.includes('SECLEVEL')],
])('require-modern-tls: %s', { timeout: TIMEOUT }, (_what, isMeant) =>
  proveFix({
    rule: requireModernTls,
    env: { KEY: key, CERTIFICATE: certificate },
    finding: ({ message }) => isMeant(message.slice(message.indexOf('`'))),
    app: `
      //- /server.ts
      import https from 'node:https'
      import type { AddressInfo } from 'node:net'
      import express from 'express'

      const app = express()
      const secure = https.createServer(
        { key: process.env.KEY, cert: process.env.CERTIFICATE, minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' },
        app,
      )
      app.get('/port', (_req, res) => {
        const tell = () => res.json((secure.address() as AddressInfo).port)
        if (secure.listening) tell()
        else secure.once('listening', tell)
      })
      app.listen(process.env.PORT, () => secure.listen(0, '127.0.0.1'))
    `,
    honest: [{ method: 'GET', path: '/port', status: 200 }],
    weakness: async ({ get }) => {
      const port = Number(await (await get('/port')).text())
      if (!(await speaks(port, 'TLSv1.2'))) throw new Error('nobody gets in')
      return speaks(port, 'TLSv1.1')
    },
  }),
)
