// Where a route is written that a loop registers: the row of its table, since the line of the loop is the same for all of them.
import { locationKey, type Location } from '../text/location.js'
import type { Entry, ProjectModel, Route } from './model.js'
import { recordedOnce } from './recorded.js'

/** The place of the row, key or handler that makes this route another one than those of the same line; null where the line itself says what it is. */
export function writtenPlaceOf(model: ProjectModel, { entry, handler }: Route): Location | null {
  if (!loopLines(model).has(locationKey(entry.at))) return null
  const [first] = entry.call?.args ?? []
  const candidates = [first, handler ?? undefined]
  for (const one of candidates) {
    if (one?.kind !== 'literal' && one?.kind !== 'template' && one?.kind !== 'object' && one?.kind !== 'function') continue
    // What stands in the call itself is its line.
    const isOwn = entry.call?.argsAt.some((at) => locationKey(at) === locationKey(one.at)) === true
    if (!isOwn && !isShared(model, entry, one.at)) return one.at
  }
  return null
}

/** Registration lines that several calls come by, each with another path or method: a function that runs twice, or a plugin that is registered twice, has the same ones. */
const loopLines = recordedOnce((model): ReadonlyMap<string, readonly Entry[]> => {
  const byLine = new Map<string, Set<Entry>>()
  for (const { entry } of model.routes) {
    const key = locationKey(entry.at)
    const known = byLine.get(key)
    if (known === undefined) byLine.set(key, new Set([entry]))
    else known.add(entry)
  }
  const several = [...byLine].map(([key, entries]) => [key, [...entries]] as const)
  return new Map(several.filter(([, entries]) => isOfRows(entries)))
})

function isOfRows(entries: readonly Entry[]): boolean {
  const calls = new Set(entries.map(({ call }) => call))
  return calls.size > 1 && new Set(entries.map(({ methods, path }) => `${methods.join()} ${path ?? '*'}`)).size > 1
}

/** What several turns have in common tells nothing of one of them. */
function isShared(model: ProjectModel, entry: Entry, at: Location): boolean {
  const key = locationKey(at)
  const others = (loopLines(model).get(locationKey(entry.at)) ?? []).filter((one) => one !== entry && one.path !== entry.path)
  return others.some(({ call, handlers }) =>
    [call?.args[0], handlers.at(-1)].some((one) => one !== undefined && locationKey(one.at) === key),
  )
}
