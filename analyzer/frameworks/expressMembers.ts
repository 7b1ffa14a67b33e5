// What applications and routers of Express have themselves.
import type { CallSite, Machine } from '../link/machine.js'
import type { ScopeValue, Value } from '../link/value.js'
import { literal, undefinedAt } from '../link/values.js'
import { VERBS } from './expressMethods.js'

/** A property that the project did not put there: routers are functions of three parameters, and `loaded.default || loaded` is `loaded`. null for what Express has. */
export function memberOfScope(machine: Machine, { at }: CallSite, { scope: { framework, kind } }: ScopeValue, name: string): Value | null {
  if (framework !== 'express' || (kind !== 'router' && kind !== 'app')) return null
  if (name === 'length') return literal(at, 3)
  const isOwn = VERBS.has(name) || OF_ROUTERS.has(name) || (kind === 'app' && OF_APPLICATIONS.has(name))
  return isOwn || machine.phase !== 'boot' ? null : undefinedAt(at)
}

const OF_FUNCTIONS = 'apply arguments bind call caller constructor hasOwnProperty length name prototype toString'
const OF_ROUTERS: ReadonlySet<string> = new Set(
  `${OF_FUNCTIONS} * m-search caseSensitive handle mergeParams param params process_params query route stack strict use`.split(' '),
)
const OF_APPLICATIONS: ReadonlySet<string> = new Set(
  `_events _eventsCount _maxListeners _router addListener cache defaultConfiguration disable disabled emit enable enabled engine engines eventNames
  getMaxListeners init lazyrouter listen listenerCount listeners locals mountpath off on once parent path prependListener prependOnceListener
  rawListeners removeAllListeners removeListener render request response router set setMaxListeners settings`.split(/\s+/),
)
