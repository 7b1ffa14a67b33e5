// What happens to errors, and what clients learn of them.
import { isProductionSet } from '../../model/deployment/productionEnvironment.js'
import { errorHandlerGaps } from '../../model/errors/errorHandlerGaps.js'
import { hasProcessGuard, processListeners } from '../../model/operations/processErrors.js'
import { protectsApp } from '../../model/queries.js'
import type { Context, ControlDefinition, Judgement, Shown } from '../control.js'
import { coverage } from '../coverage.js'
import { againstIt, unlessFound, withheld } from '../fromFindings.js'
import { eachApp } from './places.js'
import { routeName } from '../../model/routePlaces.js'

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
        if (app.framework !== 'nest' || judgement.status !== 'missing') return judgement
        // Its own exception filter answers "Internal server error" for what it does not know.
        const own = { at: app.at, note: 'the exception filter of Nest' }
        return {
          ...judgement,
          status: 'in-place',
          text: 'Nest’s own exception filter answers errors, without details of those that it does not know.',
          shown: [own],
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
    judge: silentErrors,
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

const leaks = ['no-stack-in-response', 'no-error-object-in-response', 'no-environment-in-response']

/** What the project's handlers tell, and what the framework's own handler tells of errors that meet none of them. */
function silentErrors(context: Context): readonly Judgement[] {
  const gaps = errorHandlerGaps(context.model).filter(({ app }) => context.apps.includes(app))
  const byFramework = gaps.flatMap(({ app, kind, uncovered }): Judgement[] => {
    const shown = uncovered.slice(0, 8).map((route) => ({ at: route.at, note: `errors of ${routeName(route)}` }))
    if (kind === 'leaking') return [{ status: 'missing', text: 'Fastify’s own handler answers with what the error says.', shown, app }]
    if (isProductionSet(context.model, app)) return []
    const text = 'Express’s own handler answers with the stack unless NODE_ENV is production, which nothing in the project sets.'
    return [{ status: 'not-known', text, shown, app }]
  })
  const byHandlers = unlessFound(context, leaks, {
    text: 'No handler was found that answers with what an error says.',
    shown: context.apps.flatMap((app) => errorPlaces(context, app)),
  })
  // Where the framework tells everything, it does not help that handlers tell nothing.
  return byFramework.length > 0 && byHandlers.every(({ status }) => status === 'in-place') ? byFramework : [...byFramework, ...byHandlers]
}

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
  if (context.apps.some((app) => hasProcessGuard(context.model, app)))
    return [{ status: 'in-place', text: 'A package or logger sees them.', shown: eachApp(context), app: null }]
  if (context.apps.every(({ kind }) => kind !== 'server'))
    return [{ status: 'not-applicable', text: 'No process of its own.', shown: [], app: null }]
  return [{ status: 'not-judged', text: 'It is not known where the process starts to listen.', shown: [], app: null }]
}
