// Only proxies that really stand in front say who the client is.
import { cwe, defineRule, evidence } from '../../analyzer/check/rule.js'
import { addressLimiter } from '../../analyzer/model/limits/addressLimits.js'
import { confidenceFor } from '../../analyzer/model/auxiliary.js'
import { idiomTexts } from '../../analyzer/model/idioms.js'
import { permissiveTrustOf } from '../../analyzer/model/operations/permissiveTrust.js'
import { toNumber, trustOne } from '../../analyzer/model/transport/trustFix.js'
import { locationKey } from '../../analyzer/text/location.js'

const spoofing =
  'Where every proxy is trusted, {framework} takes the first address in X-Forwarded-For, and protocol and host from the headers beside it: whatever the client wrote there. Limits, lists of allowed addresses, logs and links in mails go by what an attacker chose.'

export default defineRule({
  id: 'no-permissive-trust-proxy',
  summary: 'Only proxies that really stand in front of the application say who its clients are.',
  category: 'operations',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(348),
    { name: 'Express behind proxies', url: 'https://expressjs.com/en/guide/behind-proxies.html' },
    { name: 'Fastify: trustProxy', url: 'https://fastify.dev/docs/latest/Reference/Server/#trustproxy' },
  ],
  messages: {
    all: {
      what: 'Clients choose their own address, because every proxy is trusted.',
      why: spoofing,
      how: 'Trust the proxies that really stand in front: {trust}.',
    },
    default: {
      what: 'Unless {flag} is set, every proxy is trusted and clients choose their own address.',
      why: spoofing,
      how: 'Trust nobody unless the setting says so, and then the proxies that really stand in front: {trust}.',
    },
    switched: {
      what: 'Where {flag} asks for it, every proxy is trusted and clients choose their own address.',
      why: spoofing,
      how: 'Let the setting say which proxies stand in front, by number or address, as in {trust}.',
    },
    text: {
      what: '`trust proxy` is a text and no number, so that no proxy is trusted.',
      why: "Express takes a text for addresses: '1' is the address 0.0.0.1, so that all clients seem to come from the proxy; 'true' ends the start with an error.",
      how: 'Turn it into a number, `Number(process.env.…)`, unless it holds the addresses of proxies.',
    },
    ignored: {
      what: 'Fastify ignores this number: all clients seem to come from the proxy.',
      why: 'Since 5.12.1 Fastify believes nobody who is only counted: the address of each request is that of the proxy. Limits shut everybody out together, and logs say nothing of who it was.',
      how: 'Name the proxies that really stand in front: {trust}.',
    },
    hops: {
      what: 'Clients that reach Fastify past the proxy choose their own address.',
      why: 'Where proxies are only counted, nobody asks who sent X-Forwarded-For. Whoever reaches the server directly writes any address there (GHSA-3m5p-2c4r-xxw2).',
      how: 'Name the proxies that really stand in front: {trust}.',
    },
  },
  *check(model) {
    const told = new Set<string>()
    for (const app of model.apps) {
      const trust = permissiveTrustOf(model, app)
      if (trust === null || told.has(locationKey(trust.setting.at))) continue
      told.add(locationKey(trust.setting.at))
      const { kind, setting, at, flag, confidence, isPlain } = trust
      const limiter = addressLimiter(model, app)
      yield {
        message: kind,
        at,
        data: { ...idiomTexts(app), flag },
        confidence: confidenceFor(model, app, confidence),
        related: [
          evidence(app.at, 'the application'),
          ...(at === setting.at ? [] : [evidence(setting.at, 'the setting')]),
          ...(limiter === null ? [] : [evidence(limiter, 'counts by address')]),
        ],
        fix: kind === 'text' ? toNumber(trust) : isPlain ? trustOne(app, setting.at) : null,
      }
    }
  },
})
