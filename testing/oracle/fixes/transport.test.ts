// Fixes of the rules about transport, proven on running servers.
import { afterAll, beforeAll, test } from 'vitest'
import noDisabledTlsVerification from '../../../rules/no-disabled-tls-verification/rule.js'
import { certificate, startPartner, type Partner } from '../partner.js'
import { proveFix, type ProbedApplication } from '../proveFix.js'

/** Type checks and starts take their time on a busy machine. */
const TIMEOUT = 60_000

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
