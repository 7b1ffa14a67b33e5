// What happens to errors, and what clients learn of them.
import { hasProcessGuard, processListeners } from '../../model/processErrors.js'
import { protectsApp } from '../../model/queries.js'
import type { Context, ControlDefinition, Judgement, Shown } from '../control.js'
import { coverage } from '../coverage.js'
import { againstIt, unlessFound, withheld } from '../fromFindings.js'
import { eachApp } from './places.js'

export const errors: readonly ControlDefinition[] = [
  {
    id: 'error-handler',
    area: 'errors',
    title: 'An error handler of the project answers errors',
    weight: 2,
    rules: ['require-error-handler'],
    judge: (context) => {
      const covered = context.apps.map((app): Judgement => {
        const judgement = coverage(context, app, { capability: 'error-handler', noun: 'an error handler' })
        if (app.framework !== 'nest' || judgement.status === 'in-place') return judgement
        // Its own exception filter answers "Internal server error" for what it does not know.
        const own = { at: app.at, note: 'the exception filter of Nest' }
        return {
          ...judgement,
          status: 'in-place',
          text: `${judgement.text} Nest's own filter answers the rest.`,
          shown: [own, ...judgement.shown],
        }
      })
      const isAnywhere = covered.some(({ status }) => status === 'in-place')
      return [...covered, ...(isAnywhere ? againstIt(context, ['require-error-handler'], 'partly') : [])]
    },
  },
  {
    id: 'silent-errors',
    area: 'errors',
    title: 'Answers do not tell stacks, messages or the environment',
    weight: 3,
    rules: ['no-stack-in-response', 'no-error-object-in-response', 'no-environment-in-response'],
    judge: (context) =>
      unlessFound(context, ['no-stack-in-response', 'no-error-object-in-response', 'no-environment-in-response'], {
        text: 'No handler was found that answers with what an error says.',
        shown: context.apps.flatMap((app) => errorPlaces(context, app)),
      }),
  },
  {
    id: 'async-errors',
    area: 'errors',
    title: 'Rejections of handlers reach the error handler',
    weight: 2,
    rules: ['require-async-error-forwarding'],
    judge: (context) =>
      unlessFound(context, ['require-async-error-forwarding'], {
        text: 'No handler was found whose rejection is lost.',
        shown: eachApp(context),
      }),
  },
  {
    id: 'process-errors',
    area: 'errors',
    title: 'The process logs errors that nobody caught, and ends',
    weight: 1,
    rules: ['require-process-error-handlers'],
    judge: processErrors,
  },
]

/** The handlers that answer errors, else the application itself. */
function errorPlaces({ model }: Context, app: Context['apps'][number]): readonly Shown[] {
  const { protections } = protectsApp(model, app, 'error-handler')
  const found = new Map(
    [...protections.values()].flatMap(({ links }) => links.map(({ effect }) => [effect.at, { at: effect.at, note: 'answers errors' }])),
  )
  return found.size > 0 ? [...found.values()].slice(0, 8) : [{ at: app.at, note: app.name }]
}

function processErrors(context: Context): readonly Judgement[] {
  const rules = ['require-process-error-handlers']
  const found = againstIt(context, rules)
  // A remark of the rule, and still nothing handles them.
  const isMissing = processListeners(context.model).length === 0
  if (found.length > 0) return found.map((one) => (isMissing ? { ...one, status: 'missing' } : one))
  const doubt = withheld(context, rules)
  if (doubt !== null) return [doubt]
  const listeners = processListeners(context.model).map(({ at, event, outcome }) => ({
    at,
    note: `${event}${outcome === 'ends' ? ', ends the process' : ''}`,
  }))
  if (listeners.length > 0) return [{ status: 'in-place', text: 'Listeners see them.', shown: listeners, app: null }]
  if (hasProcessGuard(context.model))
    return [{ status: 'in-place', text: 'A package or logger sees them.', shown: eachApp(context), app: null }]
  const apps = context.apps.filter(({ kind, framework }) => kind === 'server' && framework !== 'nest')
  if (apps.length === 0 && context.apps.every(({ kind }) => kind !== 'server'))
    return [{ status: 'not-applicable', text: 'No process of its own.', shown: [], app: null }]
  return [{ status: 'not-judged', text: 'Not looked at for Nest.', shown: [], app: null }]
}
