// Logins leave a line in the log.
import { affected, asvs, cwe, defineRule, evidence, owasp } from '../../analyzer/check/rule.js'
import { silentLogins } from '../../analyzer/model/operations/authEventLogs.js'

export default defineRule({
  id: 'require-auth-event-logging',
  summary: 'Logins that succeed and logins that fail leave a line in the log.',
  category: 'operations',
  severity: 'info',
  presets: ['strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(778), asvs('7.1.3'), owasp('Logging Vocabulary')],
  messages: {
    silent: {
      what: 'Nobody learns of logins at {path}, whether they succeed or fail.',
      why: 'Somebody who tries passwords leaves no trace, and after a break-in nobody can tell which account was used, from where and since when.',
      how: 'Log each attempt with its outcome, the account and the address, and never the password.',
    },
  },
  *check(model) {
    for (const { app, routes } of silentLogins(model)) {
      const [first, ...others] = routes
      if (first === undefined) continue
      yield {
        message: 'silent',
        at: first.at,
        data: { path: first.path },
        confidence: 'medium',
        related: [...others.map(({ at, path }) => affected(at, `nor at ${path}`)), evidence(app.at, 'the application')],
      }
    }
  },
})
