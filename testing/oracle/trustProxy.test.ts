// Which address Fastify takes for the client's, by the option `trustProxy`: what the model says of it beside what both majors do.
import Fastify from 'fastify'
import Fastify4 from 'fastify4'
import { expect, test } from 'vitest'
import { trustProxyOf, type TrustProxy } from '../../analyzer/model/transport/trustProxy.js'
import { modelOf } from '../model.js'

/** What a client behind one proxy is known by, and one that reaches the server past it and writes another address. */
interface Addresses {
  readonly behind: string
  readonly past: string
}

const PROXY = '127.0.0.1'
const CLIENT = '203.0.113.7'
const FORGED = '6.6.6.6'
const DIRECT = '198.51.100.9'

/** Which kinds fit these addresses. */
function kindOf({ behind, past }: Addresses, forgedBehind: string): TrustProxy['kind'] {
  if (behind === PROXY) return 'ignored'
  if (past === FORGED) return forgedBehind === FORGED ? 'all' : 'hops'
  return 'some'
}

const options = [
  'true',
  '1',
  "'1'",
  "'127.0.0.1'",
  "'loopback'",
  "['loopback', 'linklocal']",
  "'10.0.0.0/8, 127.0.0.1'",
  '() => true',
  '(address, hop) => hop < 1',
  "(address) => address === '127.0.0.1'",
  'false',
  '0',
  "''",
  'undefined',
]

test.each([
  ['5.12.8', Fastify],
  ['4.29.1', Fastify4],
] as const)('Fastify %s', async (version, make) => {
  for (const option of options) {
    const value = new Function(`return ${option}`)() as never
    const addressOf = async (remoteAddress: string, forwarded: string): Promise<string> => {
      const app = (make as typeof Fastify)({ trustProxy: value })
      app.get('/', async ({ ip }) => ip)
      return (await app.inject({ url: '/', remoteAddress, headers: { 'x-forwarded-for': forwarded } })).body
    }
    const kind = kindOf(
      { behind: await addressOf(PROXY, CLIENT), past: await addressOf(DIRECT, FORGED) },
      await addressOf(PROXY, `${FORGED}, ${CLIENT}`),
    )
    const model = modelOf(`
      //- /package.json
      { "dependencies": { "fastify": "${version}" } }
      //- /app.js
      const app = require('fastify')({ trustProxy: ${option} })
      app.get('/', async (request) => request.ip)
      app.listen({ port: 3000 })
    `)
    const [app] = model.apps
    const said = app === undefined ? 'unknown' : trustProxyOf(model, app.scope).kind
    // Trusting nobody on purpose and a number that is ignored come to the same address.
    expect(`${option}: ${said === 'none' ? 'ignored' : said}`).toBe(`${option}: ${kind}`)
  }
})
