// Cookies that say who somebody is do not travel over plain HTTP.
import { asvs, cwe, defineRule, evidence, owasp } from '../../analyzer/check/rule.js'
import { plainHttpOf } from '../../analyzer/model/transport/encryption.js'

export default defineRule({
  id: 'require-https-redirect',
  summary: 'Applications with sessions have something that keeps their clients on HTTPS.',
  category: 'transport',
  severity: 'info',
  presets: ['strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(319), asvs('9.1.1'), owasp('Transport Layer Security')],
  messages: {
    plain: {
      what: 'Nothing keeps the clients of this application on HTTPS.',
      why: 'It speaks plain HTTP, sends nobody on to HTTPS, sets no Strict-Transport-Security, and its cookie goes over either. Whoever shares a network with a user reads the cookie, and is that user.',
      how: 'Let a proxy in front end TLS and send plain requests on, set Strict-Transport-Security (helmet does), and `secure` on the cookie.',
    },
  },
  *check(model) {
    for (const app of model.apps) {
      const plain = plainHttpOf(model, app)
      if (plain === null) continue
      const { cookie, port, confidence } = plain
      yield {
        message: 'plain',
        at: app.at,
        confidence,
        related: [
          evidence(cookie.call.at, `${cookie.title} goes over plain HTTP too`),
          ...(port === null ? [] : [evidence(port, 'port 80 is open to everybody')]),
        ],
      }
    }
  },
})
