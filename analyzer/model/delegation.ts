// Middleware that hands the request to other middleware: what that does, it does too.
import type { CallRecord, Value } from '../link/value.js'
import { locationKey } from '../text/location.js'
import type { Conduct } from './conduct.js'
import { asksForPath, flagsOf, type Effect } from './effect.js'
import type { ProjectModel } from './model.js'
import { ofEachCall } from './perPart.js'
import { packageEffects } from './packageEffects.js'
import { valuesWithin } from './search.js'
import { possibleValues } from './values.js'

/**
 * Effects of `limiter(req, res, next)` and the like inside a function. Where the middleware is picked from a Map or an object by a key that is not known
 * (`limiters[id](req, res, next)`), whatever was put there counts, under the condition that the key is there.
 */
export function delegatedEffects(model: ProjectModel, conduct: Conduct): readonly Effect[] {
  return conduct.delegations.flatMap((record) => {
    const direct = possibleValues(record.callee).flatMap((callee) => packageEffects(model, callee))
    if (direct.length > 0) return direct.map((effect) => adopted(effect, record, conduct))
    return pickedFrom(model, record.callee).flatMap((value) =>
      packageEffects(model, value).map((effect) => adopted({ ...effect, confidence: 'medium' }, record, conduct)),
    )
  })
}

function adopted(effect: Effect, record: CallRecord, conduct: Conduct): Effect {
  const flags = [...new Set([...effect.flags, ...flagsOf(record.guards)])]
  return {
    ...effect,
    confidence: effect.confidence === 'high' && asksForPath(record.guards) ? 'medium' : effect.confidence,
    at: record.at,
    fn: conduct.fn,
    source: 'behaviour',
    isConditional: effect.isConditional || flags.length > 0,
    flags,
    detail: `hands the request to ${effect.package ?? effect.detail}`,
  }
}

/** Everything that stands in the collection from which a callee was taken, also by writes under computed keys anywhere in the project. */
export function pickedFrom(model: ProjectModel, callee: Value): readonly Value[] {
  const picked: Value[] = []
  for (const value of valuesWithin(callee)) {
    if (value.kind === 'result' && value !== callee) picked.push(value)
    if (value.kind === 'object') picked.push(...(computedWrites(model).get(locationKey(value.at)) ?? []))
  }
  return picked.flatMap((value) => possibleValues(value))
}

const written = new WeakMap<readonly unknown[], ReadonlyMap<string, readonly Value[]>>()

/** Values written under unknown keys (`limiters[id] = …`, `map.set(id, …)`), by the place where their object is made. */
function computedWrites(model: ProjectModel): ReadonlyMap<string, readonly Value[]> {
  const all = allComputedWrites(model)
  const known = written.get(all)
  if (known !== undefined) return known
  const found = new Map<string, Value[]>()
  for (const [key, value] of all) found.set(key, [...(found.get(key) ?? []), value])
  written.set(all, found)
  return found
}

const allComputedWrites = ofEachCall(
  ({ callee, args, isWrite }): readonly (readonly [string, Value])[] => {
    if (callee.kind !== 'member' || callee.object.kind !== 'object') return []
    const value = isWrite && callee.name === '*' ? args[0] : callee.name === 'set' ? args[1] : undefined
    return value === undefined ? [] : [[locationKey(callee.object.at), value]]
  },
  { names: (name) => name === 'set', writes: (name) => name === '*' },
)
