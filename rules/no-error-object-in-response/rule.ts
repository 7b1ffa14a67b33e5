// What an unexpected error says stays in the log.
import { affected, cwe, defineRule, evidence, owasp, type Problem } from '../../analyzer/check/rule.js'
import { suggestion } from '../../analyzer/fix/fix.js'
import type { ErrorLeak } from '../../analyzer/model/errors/errorLeaks.js'
import { hideErrors } from '../../analyzer/model/errors/leakFix.js'
import { leakGroups } from '../../analyzer/model/errors/leakGroups.js'
import { packageAnswers, type PackageAnswers } from '../../analyzer/model/errors/packageAnswers.js'
import { procedureErrors } from '../../analyzer/model/errors/procedureErrors.js'
import { unmaskedErrors } from '../../analyzer/model/errors/unmaskedErrors.js'
import { inSameFunction } from '../../analyzer/text/location.js'
import { routeName } from '../../analyzer/model/routePlaces.js'

export default defineRule({
  id: 'no-error-object-in-response',
  summary: 'Messages and contents of unexpected errors do not reach clients.',
  category: 'errors',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(209), owasp('Error Handling')],
  messages: {
    message: {
      what: 'The message of an unexpected error reaches the client.',
      why: 'Messages of drivers and libraries name tables, columns, hosts, paths and submitted values. They are written for the log.',
      how: 'Answer with a generic text and log the error. Send messages only of errors that were made for clients.',
    },
    object: {
      what: 'The whole error object reaches the client.',
      why: 'Own properties of errors are serialised: SQL texts, file paths, request headers with keys (Axios), submitted passwords (Joi).',
      how: 'Answer with a generic text and log the error.',
    },
    details: {
      what: 'Details of an error reach the client.',
      why: 'Drivers keep queries, values, hosts and answers of other services in these properties.',
      how: 'Answer with a generic text and log the error.',
    },
    package: {
      what: '{package} answers errors of {count} with their message and all their properties.',
      why: 'It does so in production too: a failing query is answered with its text, a refused connection with host and port.',
      how: 'Set defaultErrorHandler: false, and answer with a generic text in error middleware of type after.',
    },
    unmasked: {
      what: 'graphql-yoga is told to answer unexpected errors with their messages.',
      why: 'Messages of drivers and libraries name tables, columns, hosts, paths and submitted values. Unless it is told so, it answers with “Unexpected error.” and leaves those of GraphQLError, which are made for clients, as they are.',
      how: 'Leave maskedErrors out, and throw a GraphQLError where clients should read what went wrong.',
    },
    procedures: {
      what: 'tRPC answers unexpected errors of {count} with their messages.',
      why: 'It does so in production too, for everything that is thrown and is no TRPCError. Messages of drivers and libraries name tables, columns, hosts, paths and submitted values.',
      how: 'Give create() an errorFormatter that answers INTERNAL_SERVER_ERROR with a generic text.',
    },
  },
  *check(model) {
    for (const { create, failing } of procedureErrors(model))
      yield {
        message: 'procedures',
        at: create.at,
        data: { count: failing.length === 1 ? 'one procedure' : `${failing.length} procedures` },
        confidence: 'medium',
        related: failing.slice(0, 3).map((at) => evidence(at, 'errors of this procedure are answered so')),
        fix: suggestion('Answer unexpected errors with a generic text', (editor) =>
          editor.setProperty(create.at, 'errorFormatter', FORMATTER, create.argumentsFrom),
        ),
      }
    for (const { at, value } of unmaskedErrors(model))
      yield {
        message: 'unmasked',
        at,
        confidence: 'high',
        fix: suggestion('Mask errors in production', (editor) => editor.replace(value, "process.env.NODE_ENV === 'production'")),
      }
    for (const answers of packageAnswers(model)) if (answers.failing.length > 0 && answers.development === null) yield ofPackage(answers)
    for (const { first, all, confidence, further } of leakGroups(model))
      yield {
        message: first.part === 'message' || first.part === 'details' ? first.part : 'object',
        at: first.at,
        confidence,
        related: [
          ...all.flatMap((leak) => (leak === first ? [] : [affected(leak.at, noteOf(leak))])),
          ...further.map((at) => affected(at, 'this answer carries it too')),
          evidence(first.answer.at, 'the answer is sent here'),
          evidence(first.error.at, 'the error comes from here'),
        ],
        fix: suggestion('Answer with a generic text and log the error', (editor) => hideErrors(editor, model, all)),
      }
  },
})

/** What procedures throw for clients is a TRPCError with a code of its own. */
const FORMATTER = `({ shape }) => shape.data.code === 'INTERNAL_SERVER_ERROR' ? { ...shape, message: 'Internal server error' } : shape`

function ofPackage({ at, call, options, package: name, failing, isShadowing }: PackageAnswers): Problem<'package'> {
  const fix = suggestion('Leave errors to the error middleware', (editor) =>
    editor.setProperty(call.at, 'defaultErrorHandler', 'false', options),
  )
  return {
    message: 'package',
    at,
    data: { package: name, count: failing.length === 1 ? 'one action' : `${failing.length} actions` },
    confidence: 'high',
    related: failing.slice(0, 3).map((route) => evidence(route.at, `errors of ${routeName(route)} are answered so`)),
    // Without error middleware of the project, Express would answer.
    fix: isShadowing ? fix : null,
  }
}

function noteOf({ at, answer }: ErrorLeak): string {
  return inSameFunction(at, answer.at) ? 'the same answer carries this too' : 'the same helper sends this error as well'
}
