// The environment and its secrets stay in the server.
import { asvs, cwe, defineRule, owasp } from '../../analyzer/check/rule.js'
import { environmentLeaks } from '../../analyzer/model/secrets/environmentLeaks.js'

export default defineRule({
  id: 'no-environment-in-response',
  summary: 'The environment and its secrets do not reach clients.',
  category: 'secrets',
  severity: 'error',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(526), asvs('14.3.2'), owasp('Secrets Management')],
  messages: {
    sent: {
      what: 'The answer carries {what}.',
      why: 'Whoever may ask this route reads keys, passwords and addresses of databases, and can act as the server from then on.',
      how: 'Send the values that clients need, by name. Replace every secret that was sent.',
    },
  },
  *check(model) {
    for (const { at, what, confidence } of environmentLeaks(model)) yield { message: 'sent', at, data: { what }, confidence }
  },
})
