// Packages that protect a server no longer: deprecated, outdated, or broken with the installed framework.
import { affected, cwe, defineRule } from '../../analyzer/check/rule.js'
import { archivedCsrf } from '../../analyzer/model/sessions/csrfPlugins.js'
import { oldPackages } from '../../analyzer/model/deployment/oldPackages.js'
import { sameLocation } from '../../analyzer/text/location.js'

export default defineRule({
  id: 'no-deprecated-hardening-package',
  summary: 'Packages that protect the server are maintained, and work with the installed framework.',
  category: 'deployment',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(1104),
    cwe(1395),
    { name: 'OWASP Vulnerable and Outdated Components', url: 'https://owasp.org/Top10/A06_2021-Vulnerable_and_Outdated_Components/' },
  ],
  messages: {
    deprecated: {
      what: '{name} is deprecated. {reason}.',
      why: 'What is found in it from now on stays: nobody mends it, and scanners of dependencies have nothing to propose.',
      how: 'Use {instead}.',
    },
    outdated: {
      what: 'This version of {name} is known to be weak. {reason}.',
      why: 'What is wrong with it is described in public, with code that makes use of it.',
      how: 'Use {instead}; the changelog names what has to be changed with it.',
    },
    broken: {
      what: '{name} does not work with Express 5. {reason}.',
      why: 'Whoever reads the code believes that requests are cleaned.',
      how: 'Use {instead}.',
    },
  },
  *check(model) {
    for (const { name, kind, reason, instead, loads } of oldPackages(model)) {
      const [first, ...others] = loads
      // require-csrf-protection speaks of these places as well, and then leaves them to this rule.
      const made = name === 'csurf' ? archivedCsrf(model).filter(({ at }) => !loads.some((load) => sameLocation(load, at))) : []
      if (first === undefined) continue
      yield {
        message: kind,
        at: first,
        data: { name, reason, instead },
        confidence: 'high',
        related: [
          ...others.map((at) => affected(at, `${name} is loaded here.`)),
          ...made.map(({ at }) => affected(at, 'It is used here.')),
        ],
      }
    }
  },
})
