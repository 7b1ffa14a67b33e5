// Secrets that can be guessed: in code where they are used, and in .env files that production uses.
import { asvs, cwe, defineRule } from '../../analyzer/check/rule.js'
import { weakSecretsOf } from '../../analyzer/model/secrets/weakSecrets.js'

export default defineRule({
  id: 'no-weak-secret',
  summary: 'Keys that sign or encrypt are long and random.',
  category: 'secrets',
  severity: 'error',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(521), asvs('6.4.1'), { name: 'RFC 7518 section 3.2', url: 'https://www.rfc-editor.org/rfc/rfc7518#section-3.2' }],
  messages: {
    weak: {
      what: '{name} can be guessed: {weakness}.',
      why: 'One token is enough to try keys against it offline, millions a second, and whoever finds the key signs tokens and sessions for any user. No library refuses a short key.',
      how: 'Generate it, for example with openssl rand -hex 32, and keep it in the environment.',
    },
  },
  *check(model) {
    for (const { at, name, weakness, confidence, related } of weakSecretsOf(model))
      yield { message: 'weak', at, data: { name, weakness }, confidence, related }
  },
})
