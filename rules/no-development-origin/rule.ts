// Origins of production come from its configuration.
import { affected, cwe, defineRule, evidence } from '../../analyzer/check/rule.js'
import { ORIGINS_VARIABLE } from '../../analyzer/model/cors/allowListCode.js'
import { writtenOriginFix } from '../../analyzer/model/cors/developmentOriginFix.js'
import { writtenOrigins } from '../../analyzer/model/cors/writtenOrigins.js'

export default defineRule({
  id: 'no-development-origin',
  summary: 'Production trusts no local, unencrypted or hard-coded origin.',
  category: 'cors',
  severity: 'info',
  presets: ['strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(942), { name: 'MDN: Origin', url: 'https://developer.mozilla.org/en-US/docs/Glossary/Origin' }],
  messages: {
    local: {
      what: 'Production trusts {origin}.',
      why: 'Everything that runs on a visitor’s own machine under this address may read the responses: another project, a tool, malware.',
      how: 'Read the origins from the environment, and name the local one in that of development.',
    },
    fallback: {
      what: 'Production trusts {origin} unless {variable} is set.',
      why: 'A forgotten variable goes unnoticed: the real site is locked out, and the local address is let in.',
      how: 'Fall back to no origin at all, or stop at start when the variable is missing.',
    },
    plain: {
      what: 'Production trusts {origin}, which is not encrypted.',
      why: 'Whoever owns the network between the visitor and that site can put scripts into it, and these may read the responses.',
      how: 'Trust the https: address alone.',
    },
    written: {
      what: 'The origin {origin} is written in the source.',
      why: 'A new site, a preview or a second environment needs a new release, and what development needs ends up in production.',
      how: 'Read the origins from the environment.',
    },
  },
  *check(model) {
    for (const found of writtenOrigins(model)) {
      const { kind, policy, first, others } = found
      const variable = first.variable ?? ORIGINS_VARIABLE
      yield {
        message: kind,
        at: first.at,
        data: { origin: first.text, variable },
        confidence: kind === 'written' ? 'medium' : first.confidence,
        related: [...others.map(({ at, text }) => affected(at, `and ${text}`)), evidence(policy.call.at, 'CORS uses it here')],
        fix: writtenOriginFix(model, found),
      }
    }
  },
})
