// Every place where a capability is registered in an application, whether or not it reaches the routes.
import { flagsOf, type Effect } from './effect.js'
import { effectsOf } from './effects.js'
import type { App, Capability, Entry, ProjectModel, Scope } from './model.js'
import { joinPaths } from './routePaths.js'
import type { Value } from '../link/value.js'
import type { Location } from '../text/location.js'
import { recorded } from './recorded.js'

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
  let find = byCapability.get(capability)
  if (find === undefined) byCapability.set(capability, (find = finderOf(capability)))
  return find(model, app)
}

const byCapability = new Map<Capability, ReturnType<typeof finderOf>>()

/** Scope by scope, since most of them have nothing to do with a capability, whatever is edited in them. */
function finderOf(capability: Capability): (model: ProjectModel, app: App) => readonly Registration[] {
  const effectsIn = recorded((model, scope: Scope) =>
    scope.entries.flatMap((entry) => effectsAt(model, entry).filter(({ effect }) => effect.capability === capability)),
  )
  return recorded((model, app) =>
    scopesOf(app).flatMap(({ scope, path, isOff }) =>
      effectsIn(model, scope).map((one) => ({ ...one, scope, path: joinPaths(path, one.entry.path), isOff: isOff || one.entry.isOff })),
    ),
  )
}

/** The effects of the handlers of an entry, under its conditions. */
const effectsAt = recorded((model, entry: Entry): readonly Pick<Registration, 'entry' | 'handler' | 'at' | 'effect'>[] =>
  entry.handlers.flatMap((handler, index) =>
    effectsOf(model, handler).map((effect) => {
      const flags = flagsOf(entry.guards)
      const conditional = {
        ...effect,
        isConditional: effect.isConditional || flags.length > 0,
        flags: [...new Set([...effect.flags, ...flags])],
      }
      return { entry, handler, at: entry.handlersAt[index] ?? entry.at, effect: conditional }
    }),
  ),
)

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
