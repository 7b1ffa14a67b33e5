// Rejections of async handlers reach Express 4.
import { affected, cwe, defineRule, evidence } from '../../analyzer/check/rule.js'
import { suggestion } from '../../analyzer/fix/fix.js'
import { openHandlers, type OpenHandler } from '../../analyzer/model/errors/asyncHandlers.js'
import { wrapHandlers, wrapperName } from '../../analyzer/model/errors/asyncWrapperFix.js'
import type { Scope } from '../../analyzer/model/model.js'

export default defineRule({
  id: 'require-async-error-forwarding',
  summary: 'Rejections of async handlers reach the error middleware under Express 4.',
  category: 'errors',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express'],
  references: [cwe(755), cwe(248), { name: 'Express error handling', url: 'https://expressjs.com/en/guide/error-handling.html' }],
  messages: {
    open: {
      what: 'A rejection in this handler reaches nobody.',
      why: 'Express 4 does not look at promises. The request hangs, and Node ends the process because of the unhandled rejection.',
      how: 'Wrap the handler (express-async-handler, or a wrapper of your own), load express-async-errors before the routes, or go to Express 5.',
    },
  },
  *check(model) {
    const groups = new Map<Scope, OpenHandler[]>()
    for (const handler of openHandlers(model)) groups.set(handler.scope, [...(groups.get(handler.scope) ?? []), handler])
    for (const [scope, handlers] of groups) {
      const [first, ...others] = handlers
      if (first === undefined) continue
      yield {
        message: 'open',
        at: first.at,
        confidence: handlers.some(({ rejection }) => rejection.isKnown) ? 'high' : 'low',
        related: [
          ...others.map(({ at, what }) => affected(at, `the handler of ${what} as well`)),
          evidence(first.rejection.at, 'this may be rejected'),
          evidence(scope.at, `${scope.name} is made here, by Express 4`),
        ],
        fix: suggestion(`Wrap the handlers with ${wrapperName(model, first.at.file)}`, (editor) => wrapHandlers(editor, model, handlers)),
      }
    }
  },
})
