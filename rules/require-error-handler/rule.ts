// Errors meet the project's own handler, not that of the framework.
import { affected, cwe, defineRule, evidence, type RelatedPlace } from '../../analyzer/check/rule.js'
import { suggestion } from '../../analyzer/fix/fix.js'
import { errorHandlerGaps, misreadHandlers, type ErrorHandlerGap } from '../../analyzer/model/errors/errorHandlerGaps.js'
import { errorHandlerFix, giveFourParameters } from '../../analyzer/model/errors/errorMiddlewareFix.js'
import { idiomOf } from '../../analyzer/model/idioms.js'
import type { Route } from '../../analyzer/model/model.js'
import { confidenceFor } from '../../analyzer/model/auxiliary.js'
import { isProductionSet } from '../../analyzer/model/deployment/productionEnvironment.js'
import { routeName } from '../../analyzer/model/routePlaces.js'

export default defineRule({
  id: 'require-error-handler',
  summary: 'Applications answer errors with a handler of their own.',
  category: 'errors',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify'],
  references: [cwe(755), cwe(209), { name: 'Express error handling', url: 'https://expressjs.com/en/guide/error-handling.html' }],
  messages: {
    missing: {
      what: '{app} has no error middleware.',
      why: "Express's own handler answers, and unless NODE_ENV is production it sends message, stack and file paths of every error.",
      how: 'Register a function with four parameters after all routes; log the error there and answer with a generic text.',
    },
    early: {
      what: 'This error middleware stands before routes, so their errors pass it by.',
      why: "Express looks for error middleware after the place where an error arose. These routes meet Express's own handler.",
      how: 'Register it after all routes.',
    },
    partial: {
      what: 'This error middleware answers only errors that it knows, and none stands behind it.',
      why: "It passes every other error on to Express's own handler. Unless NODE_ENV is production, that one sends message, stack and file paths.",
      how: 'Answer the other errors too, here or in error middleware behind this one: log them there and answer with a generic text.',
    },
    leaking: {
      what: '{app} has no error handler, so messages of errors reach clients.',
      why: "Fastify's own handler answers with the message and the code of every error, 500 included, in production too. Messages of drivers name tables, hosts and values.",
      how: 'Set one on the application with setErrorHandler: log there, and answer with a generic text from 500 on.',
    },
    handedOn: {
      what: "This error handler hands errors on to Fastify's own, so their messages reach clients.",
      why: "What it throws again or sends as it is, Fastify's own handler answers with message and code, 500 included, in production too. Messages of drivers name tables, hosts and values.",
      how: 'Answer the other errors here as well: log them, and answer with a generic text from 500 on.',
    },
    late: {
      what: 'This error handler is set when routes have loaded, so their errors pass it by.',
      why: "A plugin that has loaded by then keeps the handler that its context had. Fastify's own answers errors of these routes with message and code, 500 included, in production too.",
      how: 'Set it, or register the plugin that does, before the plugins with these routes.',
    },
    arity: {
      what: 'Express does not take this for error middleware: it has {count}.',
      why: 'Express counts the parameters of a function. Only with exactly four is it called for errors; otherwise it runs for every request, with the request as err.',
      how: 'Declare all four parameters, without defaults: (err, req, res, next).',
    },
  },
  *check(model) {
    const misread = misreadHandlers(model)
    for (const handler of misread)
      yield {
        message: 'arity',
        at: handler.at,
        data: { count: handler.count },
        confidence: 'high',
        related: [evidence(handler.scope.at, `${handler.scope.name} is made here`)],
        fix: suggestion('Give it four parameters', (editor) => giveFourParameters(editor, handler.fn)),
      }
    for (const gap of errorHandlerGaps(model)) {
      if (misread.length > 0 && !['leaking', 'handedOn', 'late'].includes(gap.kind)) continue
      const isSet = (gap.kind === 'missing' || gap.kind === 'partial') && isProductionSet(model, gap.app)
      yield {
        message: gap.kind,
        at: gap.present?.at ?? gap.app.at,
        data: { app: gap.app.name },
        confidence: isSet ? 'low' : confidenceFor(model, gap.app, gap.confidence),
        ...(isSet ? { severity: 'info' as const } : {}),
        related: relatedOf(gap),
        fix: errorHandlerFix(model, gap),
      }
    }
  },
})

function relatedOf({ app, kind, uncovered, looked }: ErrorHandlerGap): readonly RelatedPlace[] {
  const meet = (route: Route): string => `errors of ${routeName(route)} meet ${idiomOf(app).framework}'s own handler`
  if (kind === 'early' || kind === 'late')
    return [...uncovered.slice(0, 40).map((route) => affected(route.at, meet(route))), evidence(app.at, `${app.name} is made here`)]
  const layers = looked.slice(0, 3).map((at) => evidence(at, 'this layer does not answer errors'))
  return [...uncovered.slice(0, 3).map((route) => evidence(route.at, meet(route))), ...layers]
}
