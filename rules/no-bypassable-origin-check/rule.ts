// A check of the origin lets in what it means, and nothing else.
import { asvs, cwe, defineRule, evidence } from '../../analyzer/check/rule.js'
import { bypassableChecks } from '../../analyzer/model/cors/bypassableChecks.js'
import { originCheckFix } from '../../analyzer/model/cors/originCheckFix.js'

export default defineRule({
  id: 'no-bypassable-origin-check',
  summary: 'A check of the origin cannot be passed by other sites.',
  category: 'cors',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(346), cwe(185), asvs('14.5.3'), { name: 'PortSwigger: CORS', url: 'https://portswigger.net/web-security/cors' }],
  messages: {
    pattern: {
      what: 'The pattern {check} {why}.',
      why: 'Whoever registers a name that fits passes the check{example}. Then their pages may read the responses.',
      how: 'Anchor the pattern on both sides, with the scheme, and escape the dots; or compare with a list of whole origins.',
    },
    check: {
      what: '{check} {why}.',
      why: 'Whoever registers a name that fits passes the check{example}. Then their pages may read the responses.',
      how: 'Compare with a list of whole origins: allowedOrigins.includes(origin).',
    },
    null: {
      what: "The origin 'null' is let in.",
      why: 'It is not the absence of an origin: sandboxed frames, data: pages and local files send it, so every site can make a page that has it.',
      how: "Take 'null' out of the list. Requests without an origin send no such header.",
    },
  },
  *check(model) {
    for (const { grant, policies } of bypassableChecks(model)) {
      yield {
        message: grant.kind === 'null' ? 'null' : grant.text.startsWith('/') ? 'pattern' : 'check',
        at: grant.at,
        data: {
          check: grant.text,
          why: grant.weakness?.why ?? '',
          example: grant.weakness === null || grant.weakness.example === '' ? '' : `, such as ${grant.weakness.example}`,
        },
        confidence: grant.confidence,
        related: policies.map(({ call }) => evidence(call.at, 'it decides about CORS here')),
        fix: originCheckFix(grant),
      }
    }
  },
})
