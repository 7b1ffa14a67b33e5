// The middleware at the start of an application that only sets headers.
import { effectsOf } from '../effects.js'
import type { Capability, Entry, ProjectModel, Scope } from '../model.js'

const HEADERS: ReadonlySet<Capability> = new Set<Capability>([
  'security-headers',
  'csp',
  'hsts',
  'permissions-policy',
  'hide-powered-by',
  'cors',
  'request-id',
])

/** The layers that stand first on a scope, on every path and in every case, and do nothing but set headers. */
export function leadingHeaders(model: ProjectModel, scope: Scope): readonly Entry[] {
  const end = scope.entries.findIndex((entry) => !setsHeaders(model, entry))
  return end === -1 ? scope.entries : scope.entries.slice(0, end)
}

function setsHeaders(model: ProjectModel, entry: Entry): boolean {
  if (entry.kind !== 'layer' || entry.path !== '' || entry.guards.length > 0) return false
  return entry.handlers.every((handler) => {
    const effects = effectsOf(model, handler)
    return effects.length > 0 && effects.every((effect) => HEADERS.has(effect.capability))
  })
}
