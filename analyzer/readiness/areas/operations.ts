// How the process is watched and ended.
import { healthPlaces } from '../../model/operations/healthRoutes.js'
import { servingProcesses } from '../../model/operations/processes.js'
import { shutdowns } from '../../model/operations/shutdown.js'
import { registrationsOf } from '../../model/registrations.js'
import type { Context, ControlDefinition, Judgement } from '../control.js'
import { locationKey } from '../../text/location.js'
import { unlessFound } from '../fromFindings.js'

export const operations: readonly ControlDefinition[] = [
  {
    id: 'health-route',
    area: 'operations',
    title: 'A route tells whether the server is well',
    weight: 1,
    rules: ['require-health-check'],
    judge: health,
  },
  {
    id: 'graceful-shutdown',
    area: 'operations',
    title: 'On SIGTERM open requests are answered before the process ends',
    weight: 2,
    rules: ['require-graceful-shutdown'],
    judge: shutdown,
  },
  {
    id: 'request-timeouts',
    area: 'operations',
    title: 'Requests that do not arrive are given up',
    weight: 1,
    rules: ['require-server-timeouts'],
    judge: (context) =>
      unlessFound(context, ['require-server-timeouts'], {
        text: 'No time limit of the server is off.',
        shown: servingProcesses(context.model).flatMap(({ listeners }) => listeners.slice(0, 1).map(({ at }) => ({ at, note: 'listens' }))),
      }),
  },
  {
    id: 'api-documentation',
    area: 'operations',
    title: 'Documentation of the API and consoles for it are not open to everybody',
    weight: 1,
    rules: ['no-exposed-api-docs'],
    judge: (context) => {
      const served = context.apps.flatMap((app) => registrationsOf(context.model, app, 'docs'))
      return unlessFound(context, ['no-exposed-api-docs'], {
        text:
          served.length === 0
            ? 'No documentation was found that is served.'
            : 'Documentation stands behind authentication, or outside production.',
        shown: served.slice(0, 6).map(({ at }) => ({ at, note: 'serves documentation' })),
      })
    },
  },
]

function health(context: Context): readonly Judgement[] {
  const { model } = context
  const serving = context.apps.filter(({ kind }) => kind === 'server')
  if (serving.length === 0) return [{ status: 'not-applicable', text: 'No process of its own.', shown: [], app: null }]
  const shown = serving.flatMap((app) => healthPlaces(model, app))
  const judgements = unlessFound(context, ['require-health-check'], {
    text: shown.length === 0 ? 'Nothing to ask for.' : 'There is one.',
    shown: [...new Map(shown.map((one) => [locationKey(one.at), one])).values()].slice(0, 6),
  })
  // There is nothing between having a route and having none.
  return judgements.map((one) => (one.status === 'partly' ? { ...one, status: 'missing' } : one))
}

function shutdown(context: Context): readonly Judgement[] {
  const all = shutdowns(context.model)
  if (all.length === 0) return [{ status: 'not-applicable', text: 'No process of its own.', shown: [], app: null }]
  const well = all.filter(({ fault }) => fault === null)
  const shown = new Map(
    well
      .flatMap(({ listeners, at }) => (listeners.length === 0 ? [at] : listeners.map((one) => one.at)))
      .map((at) => [locationKey(at), at]),
  )
  const places = [...shown.values()].map((at) => ({ at, note: 'listens for the end' }))
  if (well.length === all.length && well.some(({ isSure }) => !isSure))
    return [{ status: 'not-known', text: 'What listens for SIGTERM may close the server.', shown: places, app: null }]
  const named = well.find((one) => one.package !== null)?.package
  return unlessFound(context, ['require-graceful-shutdown'], {
    text: named === undefined ? 'The process listens for SIGTERM.' : `${named} sees to it.`,
    shown: places,
  })
}
