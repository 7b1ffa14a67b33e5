// Every place where a capability is registered in an application, whether or not it reaches the routes.
import { flagsOf, type Effect } from './effect.js'
import { effectsOf } from './effects.js'
import type { App, Capability, Entry, ProjectModel, Scope } from './model.js'
import { joinPaths } from './routePaths.js'
import type { Value } from '../link/value.js'
import type { Location } from '../text/location.js'

export interface Registration {
  readonly entry: Entry
  readonly handler: Value
  readonly at: Location
  /** Conditional where the registration or the effect is. */
  readonly effect: Effect
  readonly scope: Scope
  /** Full path under which it runs; null where it is not known. */
  readonly path: string | null
  /** On only outside production. */
  readonly isOff: boolean
}

/**
 * Layers and route middleware with a capability anywhere in an application, in order, also those that are off in production or stand after the routes:
 * with these a rule says "helmet comes too late" instead of "there is no helmet".
 */
export function registrationsOf(model: ProjectModel, app: App, capability: Capability): readonly Registration[] {
  const ofModel = known.get(model) ?? new Map<Scope, readonly Registration[]>()
  known.set(model, ofModel)
  let all = ofModel.get(app.scope)
  if (all === undefined) ofModel.set(app.scope, (all = allRegistrations(model, app)))
  return all.filter(({ effect }) => effect.capability === capability)
}

// A model never changes, and each capability is asked for.
const known = new WeakMap<ProjectModel, Map<Scope, readonly Registration[]>>()

function allRegistrations(model: ProjectModel, app: App): readonly Registration[] {
  return scopesOf(app).flatMap(({ scope, path, isOff }) =>
    scope.entries.flatMap((entry) =>
      entry.handlers.flatMap((handler, index) =>
        effectsOf(model, handler).map((effect): Registration => {
          const flags = flagsOf(entry.guards)
          const conditional = {
            ...effect,
            isConditional: effect.isConditional || flags.length > 0,
            flags: [...new Set([...effect.flags, ...flags])],
          }
          return {
            entry,
            handler,
            at: entry.handlersAt[index] ?? entry.at,
            effect: conditional,
            scope,
            path: joinPaths(path, entry.path),
            isOff: isOff || entry.isOff,
          }
        }),
      ),
    ),
  )
}

export interface MountedScope {
  readonly scope: Scope
  readonly path: string | null
  readonly isOff: boolean
}

/** The scopes of an application, itself first, each once with the first path under which it is mounted. */
export function scopesOf(app: App): readonly MountedScope[] {
  const found = new Map<Scope, MountedScope>([[app.scope, { scope: app.scope, path: '', isOff: false }]])
  for (const { scope, path, isOff } of found.values()) {
    for (const entry of scope.entries) {
      if (entry.mounted !== null && !found.has(entry.mounted))
        found.set(entry.mounted, { scope: entry.mounted, path: joinPaths(path, entry.path), isOff: isOff || entry.isOff })
    }
  }
  return [...found.values()]
}
