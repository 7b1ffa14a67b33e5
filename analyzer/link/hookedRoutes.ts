// Routes of Fastify applications with what runs in front of each: hooks by lifecycle, wherever in the context they stand (domain facts K19, K25).
import { covers, joinPath, shapeOf } from './routePath.js'
import type { App, ChainLink, Entry, Gap, Route, Scope } from '../model/model.js'
import { limitedOnce } from './limitedOnce.js'
import { LIFECYCLE } from './hooks.js'
import { decidesItself } from './routeSettings.js'

/** A context on the way from the application to a route. */
interface Level {
  readonly scope: Scope
  /** The path under which its own paths stand. */
  readonly prefix: string | null
}

/** Every route of an application, in the order of registration. */
export function fastifyRoutesOf(app: App): readonly Route[] {
  const routes: Route[] = []
  walk(app, [{ scope: app.scope, prefix: '' }], [], [], routes)
  return routes
}

/**
 * What answers requests that no route fits, each as a route for the rest of the paths under its prefix: handlers of contexts, and Fastify's own
 * where the application has none. Hooks run in front of it, and what looks at routes when they are registered never sees it (domain fact C23).
 */
export function unknownPathsOf(app: App): readonly Route[] {
  const found: Route[] = []
  const visit = (levels: readonly Level[], mounts: readonly Entry[], gaps: readonly Gap[]): void => {
    const level = levels.at(-1)
    if (level === undefined || mounts.length > 30) return
    const known = [...gaps, ...level.scope.gaps]
    for (const entry of level.scope.entries) {
      if (entry.isOff) continue
      if (entry.hook === 'notFoundHandler') found.push(...unknownAt(app, entry, levels, mounts, known))
      else if (entry.kind === 'mount' && entry.mounted !== null && !mounts.some((mount) => mount.mounted === entry.mounted))
        visit([...levels, { scope: entry.mounted, prefix: joinPath(level.prefix, entry.path) }], [...mounts, entry], known)
    }
  }
  visit([{ scope: app.scope, prefix: '' }], [], [])
  if (found.some(({ path }) => path === '/*')) return found
  const own: Entry = { ...blank, at: app.at, scope: app.scope }
  return [...unknownAt(app, own, [{ scope: app.scope, prefix: '' }], [], app.scope.gaps), ...found]
}

const blank = {
  kind: 'layer',
  order: 0,
  path: '',
  methods: [],
  handlers: [],
  handlersAt: [],
  mounted: null,
  guards: [],
  isOff: false,
  call: null,
  hook: 'notFoundHandler',
  stack: [],
} as const

function unknownAt(app: App, entry: Entry, levels: readonly Level[], mounts: readonly Entry[], gaps: readonly Gap[]): readonly Route[] {
  // Whatever comes later comes before no route: what looks at routes passes it over.
  return routesAt(app, { ...entry, order: -Infinity }, joinPath(levels.at(-1)?.prefix ?? '', '/*'), levels, mounts, gaps)
}

function walk(app: App, levels: readonly Level[], mounts: readonly Entry[], gaps: readonly Gap[], routes: Route[]): void {
  const level = levels.at(-1)
  if (level === undefined) return
  const known = [...gaps, ...level.scope.gaps]
  for (const entry of level.scope.entries) {
    if (entry.isOff) continue
    const path = joinPath(level.prefix, entry.path)
    if (entry.kind === 'mount' && entry.mounted !== null) {
      if (mounts.length > 30 || mounts.some((mount) => mount.mounted === entry.mounted)) continue
      walk(app, [...levels, { scope: entry.mounted, prefix: path }], [...mounts, entry], known, routes)
    } else if (entry.kind === 'route') routes.push(...routesAt(app, entry, path, levels, mounts, known))
  }
}

function routesAt(
  app: App,
  entry: Entry,
  path: string | null,
  levels: readonly Level[],
  mounts: readonly Entry[],
  gaps: readonly Gap[],
): readonly Route[] {
  const around = levels.flatMap(({ scope, prefix }) =>
    scope.entries.filter((one) => one.kind === 'layer' && !one.isOff && mayRun(one, entry, prefix, path)),
  )
  const own = entry.handlers.map((value, index): OwnLink => ({
    hook: entry.hooks?.[index] ?? null,
    link: { value, at: entry.handlersAt[index] ?? entry.at, entry, isConditional: isGuarded(entry) || mounts.some(isGuarded) },
  }))
  const chain: ChainLink[] = []
  for (const hook of LIFECYCLE) {
    const layers = around.filter((one) => standing(one) === hook).sort((a, b) => a.order - b.order)
    const linksOf = (layer: Entry): readonly ChainLink[] =>
      layer.handlers.map((value, index) => ({
        value,
        at: layer.handlersAt[index] ?? layer.at,
        entry: layer,
        isConditional: isGuarded(layer) || isPartial(layer, levels, path),
      }))
    chain.push(...layers.filter((layer) => layer.hook !== 'onRoute').flatMap(linksOf))
    chain.push(...own.filter((one) => one.hook === hook).map((one) => one.link))
    // What looks at routes when they are registered puts its hook behind those of the route.
    chain.push(...layers.filter((layer) => layer.hook === 'onRoute').flatMap(linksOf))
  }
  const handler = own.filter((one) => one.hook === null)
  chain.push(...handler.map((one) => one.link))
  return (entry.methods.length === 0 ? ['ALL'] : entry.methods).map((method) => ({
    app,
    method,
    path: path ?? '*',
    at: entry.at,
    entry,
    mounts,
    chain: limitedOnce(chain),
    handler: handler.at(-1)?.link.value ?? null,
    isComplete: !gaps.some((gap) => gap.isBlind),
    gaps,
  }))
}

interface OwnLink {
  readonly hook: string | null
  readonly link: ChainLink
}

/** The hook at which a layer runs: limits say it, and middleware of Express starts with the request. */
function standing({ hook, hooks }: Entry): string {
  if (hook === 'onRoute') return hooks?.[0] ?? 'onRequest'
  return hook === 'use' ? 'onRequest' : (hook ?? '')
}

function mayRun(layer: Entry, route: Entry, prefix: string | null, path: string | null): boolean {
  const { option } = layer
  const isOwn = decidesItself(route.options, option)
  // CORS reads the option with each request, the others when the route is registered.
  if (isOwn && (option === 'cors' || layer.order < route.order)) return false
  if (layer.hook === 'onRoute') return layer.order < route.order
  if (layer.hook !== 'use') return true
  return covers(shapeOf(joinPath(prefix, layer.path)), shapeOf(path), 'prefix') !== 'no'
}

function isPartial(layer: Entry, levels: readonly Level[], path: string | null): boolean {
  if (layer.hook !== 'use') return false
  const prefix = levels.find((level) => level.scope === layer.scope)?.prefix ?? ''
  return covers(shapeOf(joinPath(prefix, layer.path)), shapeOf(path), 'prefix') === 'maybe'
}

function isGuarded(entry: Entry): boolean {
  return entry.guards.some((guard) => guard.kind !== 'catch' && guard.kind !== 'loop')
}
