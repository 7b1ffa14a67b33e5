// Nobody writes log lines of their own through a request.
import { asvs, cwe, defineRule } from '../../analyzer/check/rule.js'
import { suggestion } from '../../analyzer/fix/fix.js'
import { injectableLogs } from '../../analyzer/model/logging/plainTextLogs.js'

export default defineRule({
  id: 'no-log-injection',
  summary: 'Values of requests do not get into lines of plain text as they are.',
  category: 'logging',
  severity: 'info',
  presets: ['strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(117), asvs('7.3.1'), { name: 'OWASP: Log Injection', url: 'https://owasp.org/www-community/attacks/Log_Injection' }],
  messages: {
    injected: {
      what: 'A value of the request ({part}) gets into a log line as it is.',
      why: 'A line break in it ends the line and begins another one, which says whatever the sender likes. Control characters change what a terminal shows.',
      how: 'Log it as a field of a structured logger, or write it with JSON.stringify.',
    },
  },
  *check(model) {
    for (const { at, isExact, part } of injectableLogs(model)) {
      const fix = suggestion('Write the value as JSON', (editor) => editor.wrap(at, 'JSON.stringify(', ')'))
      yield { message: 'injected', at, data: { part }, confidence: 'medium', fix: isExact ? fix : null }
    }
  },
})
