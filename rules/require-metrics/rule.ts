// What a server does is counted.
import { cwe, defineRule } from '../../analyzer/check/rule.js'
import { problemsOf, uncounted } from '../../analyzer/model/operations/watchers.js'

export default defineRule({
  id: 'require-metrics',
  summary: 'Requests, errors and times are counted where somebody can look at them.',
  category: 'operations',
  severity: 'info',
  presets: ['strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(778),
    { name: 'prom-client', url: 'https://github.com/siimon/prom-client' },
    { name: 'OpenTelemetry: metrics', url: 'https://opentelemetry.io/docs/concepts/signals/metrics/' },
  ],
  messages: {
    missing: {
      what: 'Nothing counts the requests, errors and times of {app}.',
      why: 'Without figures nobody sees that answers become slower, that errors become more, or that memory grows, until it stops. A log tells of single requests and not of how many.',
      how: 'Count with prom-client or a wrapper of it and serve /metrics to your own network, or use OpenTelemetry or the agent of your platform.',
    },
  },
  check: (model) => problemsOf(uncounted(model)),
})
