// Errors that nobody caught are logged, and then end the process.
import { affected, cwe, defineRule, evidence } from '../../analyzer/check/rule.js'
import { suggestion } from '../../analyzer/fix/fix.js'
import { confidenceFor } from '../../analyzer/model/auxiliary.js'
import { exitAfterLogging, logUncaughtErrors } from '../../analyzer/model/operations/processErrorFix.js'
import { keepingLoggers, swallowingListeners, unguardedProcesses } from '../../analyzer/model/operations/processErrors.js'

export default defineRule({
  id: 'require-process-error-handlers',
  summary: 'The process logs errors that nobody caught, and ends.',
  category: 'errors',
  severity: 'info',
  presets: ['strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(248),
    {
      name: 'Node.js: warning on using uncaughtException',
      url: 'https://nodejs.org/api/process.html#warning-using-uncaughtexception-correctly',
    },
  ],
  messages: {
    missing: {
      what: 'Nothing handles uncaught exceptions and unhandled rejections of {app}.',
      why: 'Node prints them to the standard error and exits at once: the logger never hears of the crash, and open requests are cut.',
      how: "Listen for 'uncaughtException' where the process starts (it gets rejections too): log the error, then exit.",
    },
    swallowed: {
      what: 'This {event} listener only logs, and the process goes on.',
      why: 'After an uncaught error the state is not known: locks, transactions and half-written answers stay as they were, and later requests meet them.',
      how: 'Log the error, stop taking requests, and exit with a code other than 0; let the platform start a new process.',
    },
    kept: {
      what: 'winston logs uncaught exceptions here, and the process goes on.',
      why: 'After an uncaught error the state is not known: locks, transactions and half-written answers stay as they were, and later requests meet them.',
      how: 'Leave `exitOnError: false` out: winston then logs the error and ends the process, and the platform starts a new one.',
    },
  },
  *check(model) {
    for (const { app, at } of unguardedProcesses(model))
      yield {
        message: 'missing',
        at,
        data: { app: app.name },
        confidence: confidenceFor(model, app, app.scope.gaps.some((gap) => gap.isBlind) ? 'low' : 'high'),
        related: [evidence(app.at, `${app.name} is made here`)],
        fix: suggestion('Log uncaught errors and exit', (editor) => logUncaughtErrors(editor, model, app, at)),
      }
    for (const [listener, ...others] of swallowingListeners(model)) {
      if (listener === undefined) continue
      yield {
        message: 'swallowed',
        at: listener.at,
        data: { event: listener.event },
        // Some go on deliberately.
        confidence: 'medium',
        severity: 'warning',
        related: others.map((one) =>
          affected(
            one.at,
            one.fn === listener.fn ? `${one.event} has the same listener` : `the listener of ${one.event} only logs as well`,
          ),
        ),
        fix: suggestion('Exit after logging', (editor) => exitAfterLogging(editor, [listener, ...others])),
      }
    }
    for (const { call, at } of keepingLoggers(model))
      yield {
        message: 'kept',
        at,
        confidence: 'medium',
        severity: 'warning',
        related: [evidence(call.at, 'the logger is made here')],
        fix: suggestion('Exit after logging', (editor) => editor.replace(at, 'true')),
      }
  },
})
