// The Content-Security-Policy keeps foreign scripts out.
import { affected, asvs, cwe, defineRule } from '../../analyzer/check/rule.js'
import { contentPolicies } from '../../analyzer/model/headers/contentPolicies.js'
import { addDirectives, enforcePolicy, tightenDirective } from '../../analyzer/model/headers/policyFix.js'
import { isForDocuments, missingDirectives, unsafeDirectives } from '../../analyzer/model/headers/policyWeakness.js'
import { listed } from '../../analyzer/model/words.js'

export default defineRule({
  id: 'no-unsafe-csp',
  summary: 'The Content-Security-Policy allows no inline, evaluated or foreign scripts.',
  category: 'headers',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(1021),
    cwe(79),
    asvs('14.4.3'),
    { name: 'MDN: Content Security Policy', url: 'https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CSP' },
  ],
  messages: {
    unsafe: {
      what: '{directive} allows {sources}.',
      why: 'The policy is there to stop scripts that an attacker got into a page. With these sources such a script runs all the same.',
      how: 'Move inline scripts into files, or give them a nonce; name the hosts that scripts come from.',
    },
    missing: {
      what: 'The policy lacks {directives}.',
      why: 'useDefaults: false leaves out the directives of helmet. Without object-src plugins load from where default-src says; without base-uri an injected <base> sends relative scripts elsewhere.',
      how: 'Add them, or take useDefaults: false away.',
    },
    reportOnly: {
      what: 'The policy is only reported, not enforced.',
      why: 'Content-Security-Policy-Report-Only blocks nothing. No other policy of the project does.',
      how: 'Enforce the policy once the reports are quiet.',
    },
  },
  *check(model) {
    const policies = contentPolicies(model)
    const isEnforced = policies.some((policy) => policy.isReportOnly !== 'yes')
    for (const policy of policies) {
      if (isForDocuments(model, policy)) continue
      if (policy.isReportOnly === 'yes') {
        if (!isEnforced) yield { message: 'reportOnly', at: policy.reportOnlyAt, confidence: 'high', fix: enforcePolicy(policy) }
        continue
      }
      for (const found of unsafeDirectives(policy)) {
        const [first, ...others] = found.unsafe
        yield {
          message: 'unsafe',
          at: first?.at ?? found.directive.at,
          data: { directive: found.directive.name, sources: found.unsafe.map(({ text }) => text).join(', ') },
          confidence: 'high',
          ...(found.isAboutScripts ? {} : { severity: 'info' as const }),
          related: policy.isText ? [] : others.map(({ at, text }) => affected(at, `and ${text ?? ''}`)),
          fix: tightenDirective(found),
        }
      }
      const missing = missingDirectives(policy)
      if (missing.length > 0)
        yield {
          message: 'missing',
          at: policy.at,
          data: { directives: listed(missing) },
          confidence: 'high',
          fix: addDirectives(policy, missing),
        }
    }
  },
})
