// CORS of Fastify has an origin, also where a variable is not set.
import { cwe, defineRule, evidence } from '../../analyzer/check/rule.js'
import { FixRefused, suggestion } from '../../analyzer/fix/fix.js'
import { unsetOrigins } from '../../analyzer/model/cors/unsetOrigins.js'
import { sameLocation } from '../../analyzer/text/location.js'

const why =
  '@fastify/cors takes an origin that is undefined, null or empty for a mistake: it answers every request with 500, “Invalid CORS origin option”, also those of the own site and of health checks.'

export default defineRule({
  id: 'no-unset-origin',
  summary: 'CORS of Fastify has an origin, also where a variable is not set.',
  category: 'cors',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['fastify', 'nest'],
  references: [cwe(1188), { name: '@fastify/cors: options', url: 'https://github.com/fastify/fastify-cors#options' }],
  messages: {
    unset: {
      what: 'Every request is answered with 500 unless {variable} is set.',
      why,
      how: 'Fall back to false, which lets no other site read, or stop at start when the variable is missing.',
    },
    empty: {
      what: 'Every request is answered with 500, since CORS has no origin here.',
      why,
      how: 'Write `origin: false` to let no other site read, or name the origins.',
    },
  },
  *check(model) {
    for (const { policy, at, variable } of unsetOrigins(model)) {
      yield {
        message: variable === null ? 'empty' : 'unset',
        at,
        data: { variable: variable ?? '' },
        confidence: 'high',
        related: sameLocation(at, policy.call.at) ? [] : [evidence(policy.call.at, 'CORS uses it here')],
        fix: suggestion('Let no other site read where no origin is set', (editor) => {
          const { options } = policy
          if (options === null) throw new FixRefused('the option stands elsewhere')
          const written = editor.text(at).replace(/^['"]?origin['"]?\s*:\s*/, '')
          const value = /\?(?!\.)|=>/.test(written) ? `(${written})` : written
          editor.setProperty(options.at, 'origin', variable === null ? 'false' : `${value} || false`)
        }),
      }
    }
  },
})
