// Routes with the chain in front of each: Express's order, paths and mounts (domain facts K1–K6).
import { addToGroup } from '../grouped.js'
import { fastifyRoutesOf } from './hookedRoutes.js'
import type { App, ChainLink, Entry, Gap, Route, Scope } from '../model/model.js'
import { runsFor } from './messages.js'
import { awaitedParameters, mayHaveParameter } from './pathParameters.js'
import { covers, joinPath, type PathShape, shapeOf } from './routePath.js'
import { decidesItself } from './routeSettings.js'
import type { Value } from './value.js'

interface Layer {
  readonly link: ChainLink
  readonly shape: PathShape
  readonly methods: readonly string[]
  /** Runs for paths with one of these parameters alone. */
  readonly parameters: readonly string[] | null
  readonly order: number
}

/** What was registered so far: layers that run for a subtree, and handlers that run for one path and may pass on. */
interface Registered {
  readonly layers: Layer[]
  readonly open: Layer[]
  readonly exact: Map<string, Layer[]>
  count: number
}

/** Every route of an application, in the order in which they would be tried. */
export function routesOf(app: App): readonly Route[] {
  if (app.framework === 'fastify') return fastifyRoutesOf(app)
  const routes: Route[] = []
  walk(app, app.scope, '', [], [], { layers: [], open: [], exact: new Map(), count: 0 }, routes)
  return routes
}

function walk(
  app: App,
  scope: Scope,
  prefix: string | null,
  mounts: readonly Entry[],
  gaps: readonly Gap[],
  before: Registered,
  routes: Route[],
): void {
  const known = [...gaps, ...scope.gaps]
  for (const entry of scope.entries) {
    if (entry.isOff) continue
    const path = joinPath(prefix, entry.path)
    if (entry.kind === 'mount' && entry.mounted !== null) {
      if (mounts.some((mount) => mount.mounted === entry.mounted) || mounts.length > 12) continue
      walk(app, entry.mounted, path, [...mounts, entry], known, before, routes)
      continue
    }
    const shape = shapeOf(path)
    const own = linksOf(entry, mounts)
    if (entry.kind === 'route') routes.push(...routesAt(app, entry, path, shape, own, mounts, known, before))
    const parameters = awaitedParameters(entry)
    for (const link of own) add(before, entry, { link, shape, methods: entry.methods, parameters, order: before.count++ })
  }
}

function add(registered: Registered, entry: Entry, layer: Layer): void {
  if (entry.kind === 'layer') registered.layers.push(layer)
  else if (layer.shape.text === null || answersAlone(entry)) return
  // `app.all('/api/*', guard)` runs in front of what follows; so does an earlier handler of the very same path.
  else if (layer.shape.isOpen || layer.shape.isPattern || entry.methods.length === 0) registered.open.push(layer)
  else addToGroup(registered.exact, layer.shape.text.toLowerCase(), layer)
}

/** Nest passes a request on by itself where another version is asked for, and runs nothing of the route then; its handlers pass on where they ask for `next`. */
function answersAlone({ scope, handlers }: Entry): boolean {
  const handler = handlers.at(-1)
  if (scope.framework !== 'nest' || scope.kind !== 'controller' || handler?.kind !== 'function') return false
  return !handler.facts.parameters.some(({ decorators }) =>
    decorators.some(({ expression }) => expression[0] === 'call' && expression[2][0] === 'name' && expression[2][2] === 'Next'),
  )
}

function routesAt(
  app: App,
  entry: Entry,
  path: string | null,
  shape: PathShape,
  own: readonly ChainLink[],
  mounts: readonly Entry[],
  gaps: readonly Gap[],
  registered: Registered,
): readonly Route[] {
  return (entry.methods.length === 0 ? ['ALL'] : entry.methods).map((method) => {
    const found: { readonly link: ChainLink; readonly order: number }[] = []
    const consider = (layers: readonly Layer[], mode: 'prefix' | 'exact'): void => {
      for (const { link, shape: covering, methods, parameters, order } of layers) {
        if (methods.length > 0 && !methods.includes(method)) continue
        if (decidesItself(entry.options, link.entry.option) || !runsFor(link.entry, entry)) continue
        if (parameters !== null && !mayHaveParameter(pathWithin(link.entry.scope, entry, mounts), parameters)) continue
        const covered = covers(covering, shape, mode)
        if (covered !== 'no') found.push({ link: covered === 'yes' || link.isConditional ? link : { ...link, isConditional: true }, order })
      }
    }
    consider(registered.layers, 'prefix')
    const layers = found.length
    consider(registered.open, 'exact')
    consider(registered.exact.get(path?.toLowerCase() ?? '') ?? [], 'exact')
    if (found.length > layers) found.sort((a, b) => a.order - b.order)
    return {
      app,
      method,
      path: path ?? '*',
      at: entry.at,
      entry,
      mounts,
      chain: [...found.map((one) => one.link), ...own],
      handler: entry.handlers.at(-1) ?? null,
      isComplete: !gaps.some((gap) => gap.isBlind),
      gaps,
    }
  })
}

/** The path that the scope itself knows on the way to the route: its own route, or what it mounts. Empty where the route stands elsewhere. */
function pathWithin(scope: Scope, entry: Entry, mounts: readonly Entry[]): string | null {
  const own = [entry, ...mounts].find((one) => one.scope === scope)
  return own === undefined ? '' : own.path
}

function linksOf(entry: Entry, mounts: readonly Entry[]): readonly ChainLink[] {
  const isGuarded = [entry, ...mounts].some((one) => one.guards.some((guard) => guard.kind !== 'catch' && guard.kind !== 'loop'))
  return entry.handlers.map((value: Value, index) => ({ value, at: entry.handlersAt[index] ?? entry.at, entry, isConditional: isGuarded }))
}
