// What requests bring is checked before it is stored.
import { affected, asvs, cwe, defineRule, evidence, owasp, type Problem } from '../../analyzer/check/rule.js'
import { confidenceFor } from '../../analyzer/model/auxiliary.js'
import { missingPipe, type MissingPipe } from '../../analyzer/model/input/missingPipes.js'
import type { App, ProjectModel } from '../../analyzer/model/model.js'
import { validationPipeFix } from '../../analyzer/model/input/validationPipeFix.js'
import { idiomTexts } from '../../analyzer/model/idioms.js'
import { othersText, routeName } from '../../analyzer/model/routePlaces.js'
import { listed } from '../../analyzer/model/words.js'
import { unvalidatedRoutes, type UnvalidatedRoute } from '../../analyzer/model/input/unvalidatedInput.js'

const why =
  'The types of TypeScript are gone when a request comes: a text may be an object, a list or a megabyte long. Operators such as {"$ne": null} get into queries, and what is stored breaks whoever reads it later.'

export default defineRule({
  id: 'require-input-validation',
  summary: 'Routes that change something check what a request brings before they use it.',
  category: 'input',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(20), asvs('5.1.3'), owasp('Input Validation')],
  messages: {
    stored: {
      what: '`{route}` stores what its body brings, and nothing checks it{others}.',
      why,
      how: 'Check the body against a schema in front of the handler: {schema}.',
    },
    partly: {
      what: '`{route}` stores {fields} of its {part}, and nothing checks that{others}.',
      why: `What is checked beside it says nothing of the rest. ${why}`,
      how: 'Check all that is stored, best by a schema of the whole body in front of the handler: {schema}.',
    },
    lookup: {
      what: '`{route}` searches by what its {part} brings, and nothing checks it{others}.',
      why,
      how: 'Check it against a schema in front of the handler: {schema}.',
    },
    pipe: {
      what: 'No pipe checks what {count} of this application {get} as a body.',
      why: `Nest runs decorators of class-validator only where a ValidationPipe stands in front. ${why}`,
      how: 'Add app.useGlobalPipes(new ValidationPipe({ whitelist: true })), and decorate the classes of the bodies.',
    },
  },
  *check(model) {
    for (const app of model.apps) {
      const missing = missingPipe(model, app)
      if (missing !== null) yield withoutPipe(model, app, missing)
      else
        for (const [first, ...others] of unvalidatedRoutes(model, app)) if (first !== undefined) yield unchecked(model, app, first, others)
    }
  },
})

function unchecked(
  model: ProjectModel,
  app: App,
  first: UnvalidatedRoute,
  others: readonly UnvalidatedRoute[],
): Problem<'stored' | 'partly' | 'lookup'> {
  const { route, at, usedAt, part, fields, isStored, confidence } = first
  return {
    message: isStored ? (fields.length > 0 ? 'partly' : 'stored') : 'lookup',
    at,
    data: {
      ...idiomTexts(app),
      route: routeName(route),
      part,
      fields: listed(
        fields.map((field) => `\`${field}\``),
        3,
      ),
      others: othersText(others.length, ', as in {more}'),
    },
    confidence: confidenceFor(model, app, confidence),
    related: [
      ...others.map((other) => affected(other.at, `${routeName(other.route)} ${other.isStored ? 'stores its body' : 'searches by it'}`)),
      evidence(usedAt, isStored ? 'stored here' : 'searched here'),
      evidence(route.at, 'the route'),
      evidence(app.at, 'the application'),
    ],
  }
}

function withoutPipe(model: ProjectModel, app: App, { bodies, confidence, isReady }: MissingPipe): Problem<'pipe'> {
  return {
    message: 'pipe',
    at: app.at,
    data: bodies.length === 1 ? { count: 'one handler', get: 'gets' } : { count: `${bodies.length} handlers`, get: 'get' },
    confidence: confidenceFor(model, app, confidence),
    related: bodies.map(({ route, input }) => affected(input.at, `${routeName(route)} takes ${input.type ?? 'whatever comes'}`)),
    fix: isReady ? validationPipeFix(app) : null,
  }
}
