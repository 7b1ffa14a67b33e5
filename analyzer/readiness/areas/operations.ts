// How the process is watched and ended.
import { routesOf } from '../../model/queries.js'
import { shutdowns } from '../../model/shutdown.js'
import type { Context, ControlDefinition, Judgement } from '../control.js'
import { locationKey } from '../../text/location.js'
import { unlessFound } from '../fromFindings.js'

export const operations: readonly ControlDefinition[] = [
  {
    id: 'health-route',
    area: 'operations',
    title: 'A route tells whether the server is well',
    weight: 1,
    rules: [],
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
]

const healthPath = /\/_?(health(z|[-_]?check)?|livez?|liveness|readyz?|readiness|ping|heartbeat|status|up)\/?$/i

function health({ apps, model }: Context): readonly Judgement[] {
  const serving = apps.filter(({ kind }) => kind === 'server')
  if (serving.length === 0) return [{ status: 'not-applicable', text: 'No process of its own.', shown: [], app: null }]
  // Probes often have a port of their own.
  const routes = model.apps
    .flatMap((app) => routesOf(model, app))
    .filter(({ method, path }) => /^(GET|ALL|HEAD)$/.test(method) && healthPath.test(path))
  if (routes.length > 0)
    return [
      {
        status: 'in-place',
        text: 'There is one.',
        shown: routes.slice(0, 6).map(({ at, method, path }) => ({ at, note: `${method} ${path}` })),
        app: null,
      },
    ]
  const isOpen = serving.some(({ scope }) => scope.gaps.some(({ isBlind }) => isBlind))
  return serving.map((app) => ({
    status: isOpen ? 'not-known' : 'missing',
    text: 'No route has a name such as /health.',
    shown: [{ at: app.at, note: app.name }],
    app,
  }))
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
