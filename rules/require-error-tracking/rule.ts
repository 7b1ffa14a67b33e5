// Errors of production reach somebody.
import { cwe, defineRule } from '../../analyzer/check/rule.js'
import { problemsOf, untracked } from '../../analyzer/model/operations/watchers.js'

export default defineRule({
  id: 'require-error-tracking',
  summary: 'What goes wrong in production is collected where somebody sees it.',
  category: 'operations',
  severity: 'info',
  presets: ['strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(778),
    { name: 'Sentry: Node.js', url: 'https://docs.sentry.io/platforms/javascript/guides/node/' },
    { name: 'OpenTelemetry: JavaScript', url: 'https://opentelemetry.io/docs/languages/js/' },
  ],
  messages: {
    missing: {
      what: 'Nothing collects the errors of {app}.',
      why: 'An error in a log is seen by whoever happens to read it. A service that collects errors groups them, says since when and how often, and wakes somebody.',
      how: 'Add Sentry, Bugsnag, Rollbar, OpenTelemetry or the agent of your platform, before anything else is loaded.',
    },
  },
  check: (model) => problemsOf(untracked(model)),
})
