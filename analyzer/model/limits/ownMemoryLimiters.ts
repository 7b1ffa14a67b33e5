// Limiters of the project's own making that count in the memory of their process.
import { locationKey, type Location } from '../../text/location.js'
import { routesOf } from '../appRoutes.js'
import { conductOf, type Conduct } from '../conduct.js'
import { effectsOf } from '../effects.js'
import type { App, ProjectModel } from '../model.js'
import { originOf } from '../origins.js'
import { recorded } from '../recorded.js'

/** Where each of them refuses, once, in the order of the routes that it stands in front of. */
export const ownMemoryLimiters: (model: ProjectModel, app: App) => readonly Location[] = recorded((model, app) => {
  const found = new Map<string, Location>()
  const links = routesOf(model, app).flatMap(({ chain }) => chain)
  for (const value of new Set(links.flatMap(({ value, entry }) => (entry.isOff ? [] : [value]))))
    for (const { capability, source, fn, at } of effectsOf(model, value))
      if (capability === 'rate-limit' && source === 'behaviour' && fn !== null && keepsInMemory(conductOf(model, fn)))
        found.set(locationKey(at), at)
  return [...found.values()]
})

/** It writes to something of the process, and asks nobody else. */
function keepsInMemory({ summary, records }: Conduct): boolean {
  if (records.some(({ isAwaited, callee }) => isAwaited || stores.test(originOf(callee)?.package ?? ''))) return false
  return (
    summary.writes.length > 0 ||
    records.some(
      ({ callee, isWrite }) => callee.kind === 'member' && callee.object.kind === 'object' && (isWrite || filling.test(callee.name)),
    )
  )
}

const filling = /^(set|add)$/
const stores = /redis|valkey|keyv|memcache|mongo|sequelize|typeorm|prisma|knex|mysql|sqlite|^pg$|dynamo|limit/i
