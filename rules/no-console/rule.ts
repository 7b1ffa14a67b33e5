// Server code writes its log through a logger.
import { cwe, defineRule, type Problem } from '../../analyzer/check/rule.js'
import { consoleCalls, type ConsoleCall } from '../../analyzer/model/logging/consoleCalls.js'
import { loggerFix } from '../../analyzer/model/logging/consoleFix.js'
import type { ProjectModel } from '../../analyzer/model/model.js'
import { projectLogger } from '../../analyzer/model/logging/favouriteLogger.js'
import { loggersIn } from '../../analyzer/model/logging/projectLoggers.js'

export default defineRule({
  id: 'no-console',
  summary: 'Server code writes its log through a logger, not through console.',
  category: 'logging',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(778),
    { name: 'Node.js: process I/O', url: 'https://nodejs.org/api/process.html#a-note-on-process-io' },
    {
      name: 'Express: logging in production',
      url: 'https://expressjs.com/en/advanced/best-practice-performance.html#do-logging-correctly',
    },
  ],
  messages: {
    console: {
      what: '`console.{method}` in server code.',
      why: 'console has no levels, no structure and no redaction: its lines can neither be filtered nor searched in production, a line break in a value makes two lines of one, and nested objects are cut to [Object].',
      how: 'Use a logger such as pino or winston.',
    },
    known: {
      what: '`console.{method}` in server code that has `{logger}`.',
      why: 'This line misses the level, the format, the redaction and the destinations of the rest of the log, so it is not found where people look.',
      how: 'Write it with {logger}.',
    },
  },
  *check(model) {
    for (const call of consoleCalls(model)) yield problemOf(model, call)
  },
})

function problemOf(model: ProjectModel, call: ConsoleCall): Problem<'console' | 'known'> {
  const { at } = call.record
  const logger = loggersIn(model, at.file)[0] ?? projectLogger(model, at.file)
  return {
    message: logger === null ? 'console' : 'known',
    at,
    data: { method: call.method, logger: logger?.name ?? '' },
    // A library of its own may serve programs that have no logger.
    confidence: call.where === 'library' ? 'low' : call.where === 'handler' ? 'medium' : 'high',
    ...(call.purpose === 'other' ? {} : { severity: 'info' as const }),
    fix: loggerFix(model, call),
  }
}
