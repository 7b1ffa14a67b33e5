// Secrets compared in a time that tells how much of them was right.
import { asvs, cwe, defineRule } from '../../analyzer/check/rule.js'
import { timedComparisonFix } from '../../analyzer/model/tokens/timedComparisonFix.js'
import { timedComparisons } from '../../analyzer/model/tokens/timedComparisons.js'

const WHY =
  'Texts are compared from the front, and the comparison ends with the first difference. Over many requests the time says how much was right, so the secret is found piece by piece instead of all at once.'
const HOW = 'Compare with timingSafeEqual of node:crypto. It takes buffers of one length, so compare digests of both sides.'

export default defineRule({
  id: 'no-timing-unsafe-comparison',
  summary: 'Secrets and signatures are compared in a time that does not depend on them.',
  category: 'sessions',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(208),
    asvs('2.9.3'),
    { name: 'Node.js: crypto.timingSafeEqual', url: 'https://nodejs.org/api/crypto.html#cryptotimingsafeequala-b' },
  ],
  messages: {
    signature: {
      what: 'A signature is compared with {operator}, whose time says how much of it was right.',
      why: WHY,
      how: HOW,
    },
    secret: {
      what: '{name} is compared with {operator}, whose time says how much of it was right.',
      why: WHY,
      how: HOW,
    },
    open: {
      what: '{name} is compared with {operator}: while it is not set, whoever sends nothing is let in.',
      why: `Nothing demands {name} at start, and a header or field that is missing is undefined like a variable that is not set, so both sides are equal. ${WHY}`,
      how: HOW,
    },
    stored: {
      what: '{name} is compared with {operator}, whose time says how much of it was right.',
      why: `${WHY} For a token that lives for minutes and is hard to ask for often this is a remark; for a key that lives for years it is more.`,
      how: `${HOW} Better still, keep only a hash of it, and look that up.`,
    },
  },
  *check(model) {
    for (const comparison of timedComparisons(model)) {
      const { at, kind, operator, name, isOpen, confidence } = comparison
      yield {
        message: isOpen ? 'open' : kind,
        at,
        data: { operator, name },
        confidence,
        ...(kind === 'stored' ? { severity: 'info' as const } : {}),
        // What else the function compares is not known.
        fix: comparison.isForAll ? null : timedComparisonFix(model, comparison),
      }
    }
  },
})
