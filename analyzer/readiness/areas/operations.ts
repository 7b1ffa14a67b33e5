// How the process is watched and ended.
import { methodName } from '../../model/origins.js'
import { globalOf } from '../../model/origins.js'
import { loadedPackages } from '../../model/loadedPackages.js'
import { callsThat } from '../../model/perPart.js'
import { oncePerPlace } from '../../model/productionCalls.js'
import { routesOf } from '../../model/queries.js'
import { stringsOf } from '../../model/values.js'
import type { Context, ControlDefinition, Judgement } from '../control.js'
import { eachApp } from './places.js'

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
    rules: [],
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

const signals = callsThat(
  (call) =>
    /^process\.(on|once|addListener)$/.test(globalOf(call.callee) ?? '') &&
    stringsOf(call.args[0] ?? null).some((name) => name === 'SIGTERM') &&
    !call.isOff,
)
const hooks = callsThat((call) => !call.isWrite && !call.isOff && methodName(call.callee) === 'enableShutdownHooks')
const graceful =
  /^(close-with-grace|@godaddy\/terminus|http-graceful-shutdown|lightship|stoppable|http-terminator|fastify-graceful-shutdown|express-graceful-shutdown)$/

function shutdown(context: Context): readonly Judgement[] {
  const { model, apps } = context
  if (!apps.some(({ kind }) => kind === 'server'))
    return [{ status: 'not-applicable', text: 'No process of its own.', shown: [], app: null }]
  const places = oncePerPlace([...signals(model), ...hooks(model)].filter(({ at }) => model.serverFiles.has(at.file)))
  if (places.length > 0)
    return [
      {
        status: 'in-place',
        text: 'The process listens for SIGTERM.',
        shown: places.map(({ at }) => ({ at, note: 'listens for the end' })),
        app: null,
      },
    ]
  const found = [...loadedPackages(model)].find((name) => graceful.test(name))
  if (found !== undefined) return [{ status: 'in-place', text: `${found} sees to it.`, shown: eachApp(context), app: null }]
  return [
    { status: 'missing', text: 'Nothing listens for SIGTERM, so a deployment cuts open requests.', shown: eachApp(context), app: null },
  ]
}
