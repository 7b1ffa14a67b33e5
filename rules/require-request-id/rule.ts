// Lines of one request can be told from those of others.
import { cwe, defineRule, owasp } from '../../analyzer/check/rule.js'
import { problemsOf, unidentified } from '../../analyzer/model/operations/watchers.js'

export default defineRule({
  id: 'require-request-id',
  summary: 'Each request has an id, so that its log lines can be found together.',
  category: 'operations',
  severity: 'info',
  presets: ['strict'],
  frameworks: ['express', 'nest'],
  references: [
    cwe(778),
    owasp('Logging'),
    { name: 'pino-http: request ids', url: 'https://github.com/pinojs/pino-http#pinohttpopts-stream' },
  ],
  messages: {
    missing: {
      what: 'Requests of {app} have no id that its log lines could carry.',
      why: 'Lines of many requests stand between each other. Without an id nobody can tell which ones belong to the request that failed, nor follow it into other services.',
      how: 'Take the id of the proxy or make one, put it into each log line and into the answer: pino-http does, and so does AsyncLocalStorage with a logger of your own.',
    },
  },
  check: (model) => problemsOf(unidentified(model)),
})
