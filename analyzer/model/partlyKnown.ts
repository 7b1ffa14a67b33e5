// Registrations that the boot met and could not understand in full: what they hide must be said.
import { locationKey, type Location } from '../text/location.js'
import { opacityOf } from './opacity.js'
import type { Entry, ProjectModel } from './model.js'

export interface PartlyKnown {
  readonly at: Location
  readonly why: string
  /** True where further routes may stand behind it; false where only its path is not known. */
  readonly mayHideRoutes: boolean
}

/** Registrations on applications and what is mounted there, once per place, in order. */
export function partlyKnownRegistrations(model: ProjectModel): readonly PartlyKnown[] {
  const found = new Map<string, PartlyKnown>()
  const add = (one: PartlyKnown): void => {
    const key = locationKey(one.at)
    if (found.get(key)?.mayHideRoutes !== true) found.set(key, one)
  }
  for (const scope of model.scopes) {
    for (const gap of scope.gaps)
      if (gap.package === null || gap.hidesRoutes === true) add({ at: gap.at, why: gap.why, mayHideRoutes: true })
    for (const entry of scope.entries) {
      const reason = entry.isOff ? null : reasonOf(model, entry)
      if (reason !== null) add({ at: entry.at, ...reason })
    }
  }
  return [...found.values()]
}

function reasonOf(model: ProjectModel, entry: Entry): Pick<PartlyKnown, 'why' | 'mayHideRoutes'> | null {
  // What has a path of its own is the same route in every turn.
  const isOfItem = entry.path === null || entry.path.includes('*')
  if (isOfItem && entry.guards.some((guard) => guard.kind === 'loop'))
    return { why: 'it is repeated for items that are not known', mayHideRoutes: true }
  // A layer for some path that is not understood may well be a router.
  if (entry.kind === 'layer' && entry.path !== '' && entry.handlers.some((handler) => opacityOf(model, handler).isBlind))
    return { why: 'what it mounts is not known', mayHideRoutes: true }
  return entry.path === null ? { why: 'its path is computed', mayHideRoutes: false } : null
}
