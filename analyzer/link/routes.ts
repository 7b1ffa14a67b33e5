// Routes with the chain in front of each: Express's order, paths and mounts (domain facts K1–K6).
import type { App, ChainLink, Entry, Gap, Route, Scope } from '../model/model.js'
import { covers, joinPath } from './routePath.js'
import type { Value } from './value.js'

interface Layer { readonly link: ChainLink; readonly path: string | null; readonly methods: readonly string[]; readonly isExact: boolean }

/** Every route of an application, in the order in which they would be tried. */
export function routesOf(app: App): readonly Route[] {
  const routes: Route[] = []
  const layers: Layer[] = []
  walk(app, app.scope, '', [], [], layers, routes)
  return routes
}

function walk(app: App, scope: Scope, prefix: string | null, mounts: readonly Entry[], gaps: readonly Gap[], layers: Layer[], routes: Route[]): void {
  const known = [...gaps, ...scope.gaps]
  for (const entry of scope.entries) {
    if (entry.isOff) continue
    const path = joinPath(prefix, entry.path)
    if (entry.kind === 'mount' && entry.mounted !== null) {
      if (mounts.some((mount) => mount.mounted === entry.mounted) || mounts.length > 12) continue
      walk(app, entry.mounted, path, [...mounts, entry], known, layers, routes)
    } else if (entry.kind === 'layer') {
      for (const link of linksOf(entry, mounts)) layers.push({ link, path, methods: [], isExact: false })
    } else {
      routes.push(...routesAt(app, entry, path, mounts, known, layers))
      // `app.all('/api/*', guard)` and routes that pass on also run in front of later ones.
      if (entry.methods.length === 0 || entry.methods.includes('OPTIONS') === false) {
        for (const link of linksOf(entry, mounts)) layers.push({ link, path, methods: entry.methods, isExact: true })
      }
    }
  }
}

function routesAt(app: App, entry: Entry, path: string | null, mounts: readonly Entry[], gaps: readonly Gap[], layers: readonly Layer[]): readonly Route[] {
  const own = linksOf(entry, mounts)
  return (entry.methods.length === 0 ? ['ALL'] : entry.methods).map((method) => {
    const before = layers.flatMap((layer) => {
      if (layer.methods.length > 0 && !layer.methods.includes(method)) return []
      const covered = covers(layer.path, path, layer.isExact ? 'exact' : 'prefix')
      if (covered === 'no') return []
      return [covered === 'yes' ? layer.link : { ...layer.link, isConditional: true }]
    })
    return { app, method, path: path ?? '*', at: entry.at, entry, mounts, chain: [...before, ...own], handler: entry.handlers.at(-1) ?? null, isComplete: !gaps.some((gap) => gap.isBlind), gaps }
  })
}

function linksOf(entry: Entry, mounts: readonly Entry[]): readonly ChainLink[] {
  const isGuarded = [entry, ...mounts].some((one) => one.guards.some((guard) => guard.kind !== 'catch' && guard.kind !== 'loop'))
  return entry.handlers.map((value: Value, index) => ({ value, at: entry.handlersAt[index] ?? entry.at, entry, isConditional: isGuarded }))
}
