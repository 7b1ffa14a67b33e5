// Fixes of the rule about webhooks, proven on running servers with events that are signed as Stripe signs them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Stripe from 'stripe'
import { expect, test } from 'vitest'
import requireWebhookSignature from '../../../rules/require-webhook-signature/rule.js'
import { fixturesRoot } from '../fixture.js'
import { proveFix, type ProbedApplication } from '../proveFix.js'

/** Type checks and starts take their time on a busy machine. */
const TIMEOUT = 60_000
const SECRET = 'whsec_of_a_test'
const env = { STRIPE_KEY: 'sk_test_of_nobody', STRIPE_WEBHOOK_SECRET: SECRET }
const honest = [{ method: 'GET', path: '/', status: 200 }]

/** The status with which an event is answered that Stripe signed so many seconds ago; null is not signed. */
async function statusOf({ url }: ProbedApplication, age: number | null): Promise<number> {
  const payload = '{ "id": "evt_1", "object": "event", "type": "invoice.paid" }'
  const timestamp = Math.floor(Date.now() / 1000) - (age ?? 0)
  const signature = await Stripe.webhooks.generateTestHeaderString({ payload, secret: age === null ? 'another' : SECRET, timestamp })
  const headers = { 'content-type': 'application/json', 'stripe-signature': signature }
  return (await fetch(`${url}/webhook`, { method: 'POST', headers, body: payload })).status
}

/** Whether events are refused that Stripe signed; those of others have to be in any case. */
async function refusesSigned(application: ProbedApplication): Promise<boolean> {
  expect(await statusOf(application, null)).toBe(400)
  return (await statusOf(application, 0)) !== 200
}

const server = (parsers: string, tolerance: string): string => `
  //- /server.ts
  import express from 'express'
  import Stripe from 'stripe'

  const stripe = new Stripe(process.env.STRIPE_KEY ?? '')
  const app = express()
  ${parsers}
  app.get('/', (_req, res) => {
    res.json({ ok: true })
  })
  app.post('/webhook', express.raw({ type: 'application/json' }), (req, res) => {
    try {
      const signature = String(req.headers['stripe-signature'])
      const event = stripe.webhooks.constructEvent(req.body, signature, process.env.STRIPE_WEBHOOK_SECRET ?? ''${tolerance})
      res.json({ received: event.type })
    } catch {
      res.sendStatus(400)
    }
  })
  app.listen(process.env.PORT)
`

test('bytes are kept from the parser that stands in front', { timeout: TIMEOUT }, () =>
  proveFix({ rule: requireWebhookSignature, env, app: server('app.use(express.json())', ''), honest, weakness: refusesSigned }),
)

test('events grow old', { timeout: TIMEOUT }, () =>
  proveFix({
    rule: requireWebhookSignature,
    env,
    app: server('', ', -1'),
    honest,
    weakness: async (application) => {
      expect(await refusesSigned(application)).toBe(false)
      return (await statusOf(application, 24 * 60 * 60)) === 200
    },
  }),
)

test('Nest keeps the bytes', { timeout: TIMEOUT }, () => {
  const folder = join(fixturesRoot, 'nest-plain')
  return proveFix({
    rule: requireWebhookSignature,
    env,
    app: `//- /src/main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'

async function bootstrap() {
  const app = await NestFactory.create(AppModule)
  await app.listen(Number(process.env.PORT))
}
void bootstrap()
//- /src/app.module.ts
import { BadRequestException, Controller, Get, Headers, HttpCode, Module, Post, RawBodyRequest, Req } from '@nestjs/common'
import { IncomingMessage } from 'node:http'
import Stripe from 'stripe'

@Controller()
class AppController {
  private readonly stripe = new Stripe(process.env.STRIPE_KEY ?? '')

  @Get()
  hello() {
    return { ok: true }
  }

  @Post('webhook')
  @HttpCode(200)
  webhook(@Req() request: RawBodyRequest<IncomingMessage>, @Headers('stripe-signature') signature: string) {
    try {
      return this.stripe.webhooks.constructEvent(request.rawBody as Buffer, signature, process.env.STRIPE_WEBHOOK_SECRET ?? '').type
    } catch {
      throw new BadRequestException()
    }
  }
}

@Module({ controllers: [AppController] })
export class AppModule {}
//- /package.json
${readFileSync(join(folder, 'package.json'), 'utf8').replace('"dependencies": {', '"dependencies": { "stripe": "^23.1.0",')}
//- /tsconfig.json
${readFileSync(join(folder, 'tsconfig.json'), 'utf8')}`,
    honest,
    weakness: refusesSigned,
  })
})
