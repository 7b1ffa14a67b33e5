// A server has a logger, and it says which requests came.
import { asvs, cwe, defineRule, evidence, owasp } from '../../analyzer/check/rule.js'
import { suggestion } from '../../analyzer/fix/fix.js'
import { confidenceFor } from '../../analyzer/model/auxiliary.js'
import { loggingGap } from '../../analyzer/model/logging/appLogging.js'
import { idiomTexts } from '../../analyzer/model/idioms.js'
import { appsOf } from '../../analyzer/model/queries.js'
import { logRequests } from '../../analyzer/model/logging/requestLogFix.js'

export default defineRule({
  id: 'require-structured-logging',
  summary: 'A server writes a structured log in production, with a line for each request.',
  category: 'logging',
  severity: 'info',
  presets: ['strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(778), asvs('7.1.3'), owasp('Logging')],
  messages: {
    none: {
      what: '{app} has no logger.',
      why: 'What console prints has no levels, no fields and no request ids. After an incident nobody can tell who did what, and alerts have nothing to count.',
      how: '{useLogger}.',
    },
    silent: {
      what: 'The logger is off in production.',
      why: 'Nothing of what happens there is written, neither errors nor attacks.',
      how: 'Set a level such as info for production.',
    },
    requests: {
      what: '{app} does not log its requests.',
      why: 'Without a line for each request nobody can tell which ones came before an error, who tried passwords, or how long answers took.',
      how: '{logRequests}.',
    },
  },
  *check(model) {
    for (const app of [...appsOf(model, 'express'), ...appsOf(model, 'fastify'), ...appsOf(model, 'nest')]) {
      const found = loggingGap(model, app)
      if (found === null) continue
      const fix = suggestion('Log each request', (editor) => logRequests(editor, model, app))
      yield {
        message: found.gap,
        at: found.at,
        data: { ...idiomTexts(app), app: app.name },
        confidence: confidenceFor(model, app, found.gap === 'requests' ? 'medium' : 'high'),
        related: found.evidence.map((at) => evidence(at, found.gap === 'silent' ? 'the application' : 'the logger is used here')),
        fix: found.gap === 'silent' || app.framework === 'nest' || app.scope.comesFilled === true ? null : fix,
      }
    }
  },
})
