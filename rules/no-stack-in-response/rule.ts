// Stack traces stay in the log.
import { affected, asvs, cwe, defineRule, evidence } from '../../analyzer/check/rule.js'
import { suggestion } from '../../analyzer/fix/fix.js'
import { errorLeaks } from '../../analyzer/model/errors/errorLeaks.js'
import { errorPages } from '../../analyzer/model/errors/errorPages.js'
import { hideErrors } from '../../analyzer/model/errors/leakFix.js'
import { sameLocation } from '../../analyzer/text/location.js'

export default defineRule({
  id: 'no-stack-in-response',
  summary: 'Stack traces do not reach clients.',
  category: 'errors',
  severity: 'error',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(209), asvs('7.4.1'), { name: 'Express error handling', url: 'https://expressjs.com/en/guide/error-handling.html' }],
  messages: {
    stack: {
      what: 'The stack trace of an error reaches the client.',
      why: 'A stack trace shows paths, packages and their versions, and with its message what failed inside: the map for the next attempt.',
      how: 'Answer with a generic text and log the error. Where developers need the stack, guard it by NODE_ENV.',
    },
    view: {
      what: 'A view gets the error object, and with it the stack trace.',
      why: 'Whatever the template prints of the error reaches the client: express-generator’s prints error.stack.',
      how: 'Give the view the error in development only, and a generic text in production.',
    },
    package: {
      what: '{package} sends stack traces, in production too.',
      why: 'It does not look at NODE_ENV: every error is answered with its message and stack.',
      how: 'Register it in development only, and an own error handler with a generic text otherwise.',
    },
    development: {
      what: '{package} sends stack traces, because it is told to be in development.',
      why: 'With this option it answers every error with message and stack, whatever NODE_ENV says.',
      how: 'Leave the option out: NODE_ENV decides then.',
    },
    option: {
      what: 'GraphQL errors carry stack traces.',
      why: 'The option adds the stack to the extensions of every error that a query meets, in production too.',
      how: 'Remove the option, or let NODE_ENV decide.',
    },
  },
  *check(model) {
    const leaks = errorLeaks(model)
    for (const leak of leaks) {
      if (leak.part !== 'stack') continue
      const others = leaks.filter((one) => one !== leak && one.part !== 'stack' && sameLocation(one.answer.at, leak.answer.at))
      yield {
        message: leak.isView ? 'view' : 'stack',
        at: leak.at,
        confidence: leak.confidence,
        related: [
          ...others.map((one) => affected(one.at, 'the error’s message is sent along')),
          evidence(leak.answer.at, 'the answer is sent here'),
          ...(leak.shownAt === null ? [] : [evidence(leak.shownAt, 'the template prints it here')]),
          evidence(leak.error.at, 'the error comes from here'),
        ],
        fix: suggestion('Answer with a generic text and log the error', (editor) =>
          hideErrors(editor, model, [leak, ...others.filter((one) => !sameLocation(one.at, leak.at))]),
        ),
      }
    }
    for (const page of errorPages(model))
      yield {
        message: page.kind,
        at: page.at,
        data: { package: page.package },
        confidence: page.isConditional ? 'low' : 'high',
        related: page.evidence.map((at) => evidence(at, 'made here')),
      }
  },
})
