// A limiter that counts by address knows which address is the client's.
import { cwe, defineRule, evidence } from '../../analyzer/check/rule.js'
import { addressLimiter } from '../../analyzer/model/limits/addressLimits.js'
import { idiomTexts } from '../../analyzer/model/idioms.js'
import { proxyPlatform } from '../../analyzer/model/transport/proxyPlatform.js'
import { toNumber, trustOne, trustOneOf } from '../../analyzer/model/transport/trustFix.js'
import { trustProxyOf } from '../../analyzer/model/transport/trustProxy.js'

export default defineRule({
  id: 'require-proxy-aware-rate-limit',
  summary: 'Limiters that count by address see the address of the client, and not of a proxy or of its choice.',
  category: 'rate-limit',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(348),
    cwe(770),
    { name: 'Express behind proxies', url: 'https://expressjs.com/en/guide/behind-proxies.html' },
    { name: 'express-rate-limit: proxies', url: 'https://express-rate-limit.mintlify.app/guides/troubleshooting-proxy-issues' },
  ],
  messages: {
    untrusted: {
      what: 'Behind {platform}, the rate limit counts all clients as one.',
      why: 'Without it the address of the request is the address of the proxy. All clients share one counter, and whoever uses it up shuts everybody else out.',
      how: 'Tell {framework} which proxies stand in front: {trust}.',
    },
    spoofable: {
      what: 'Clients choose the address by which the rate limit counts them.',
      why: 'Where every proxy is trusted, {framework} takes the first address in X-Forwarded-For, which is what the client wrote there. A new one with each request, and the limit never counts past one.',
      how: 'Trust the proxies that really stand in front: {trust}.',
    },
    ignored: {
      what: 'Fastify ignores this number, so that behind a proxy all clients share one rate limit.',
      why: 'Since 5.12.1 Fastify believes nobody who is only counted: the address of each request is that of the proxy. All clients share one counter, and whoever uses it up shuts everybody else out.',
      how: 'Name the proxies that really stand in front: {trust}.',
    },
    hops: {
      what: 'Clients that reach Fastify past the proxy choose the address by which they are counted.',
      why: 'Where proxies are only counted, nobody asks who sent X-Forwarded-For. Whoever reaches the server directly writes a new address there with each request, and the limit never counts past one (GHSA-3m5p-2c4r-xxw2).',
      how: 'Name the proxies that really stand in front: {trust}.',
    },
    text: {
      what: '`trust proxy` is a text and no number, so the rate limit counts by the wrong address.',
      why: "Express takes a text for addresses: '1' is the address 0.0.0.1 and trusts nobody, so that all clients share the proxy's counter; 'true' ends the start with an error.",
      how: 'Turn it into a number: `Number(process.env.…)`.',
    },
  },
  *check(model) {
    for (const app of model.apps) {
      const limiter = addressLimiter(model, app)
      if (limiter === null) continue
      const { kind, setting } = trustProxyOf(model, app.scope)
      const place = evidence(limiter, 'counts by address')
      if (setting !== null && kind in MISTRUSTED)
        yield {
          ...MISTRUSTED[kind as keyof typeof MISTRUSTED],
          at: setting.at,
          data: idiomTexts(app),
          related: [place],
          fix: kind === 'text' ? toNumber({ setting }) : trustOne(app, setting.at),
        }
      const platform = kind === 'none' ? proxyPlatform(model, app) : null
      if (platform === null) continue
      yield {
        message: 'untrusted',
        at: setting?.at ?? app.at,
        data: { ...idiomTexts(app), platform: platform.name },
        confidence: platform.confidence,
        related: [place, evidence(platform.at, `${platform.name} stands in front`)],
        fix: setting === null ? trustOneOf(app) : trustOne(app, setting.at),
      }
    }
  },
})

/** Settings by which the address is not the client's, or the client's to choose. */
const MISTRUSTED = {
  all: { message: 'spoofable', confidence: 'high' },
  ignored: { message: 'ignored', confidence: 'high' },
  hops: { message: 'hops', confidence: 'medium' },
  text: { message: 'text', confidence: 'medium' },
} as const
