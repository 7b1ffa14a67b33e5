// Whether what registers something can stand in front of another registration of the same function.
import type { Guard } from '../link/value.js'
import { comesAfter, inSameFunction, sameLocation } from '../text/location.js'
import type { Entry, ProjectModel } from './model.js'
import { contains } from './search.js'

/**
 * True where both stand in one function, and the one under the same conditions as the other: a condition that guards nothing but the one goes with it,
 * unless it asks what is written between the two.
 */
export function isMovableBefore(model: ProjectModel, entry: Entry, to: Entry): boolean {
  if (entry.handlers.length !== 1 || !inSameFunction(entry.at, to.at)) return false
  const open = entry.guards.filter(({ kind, at }) => kind !== 'early-exit' && !to.guards.some((one) => sameLocation(one.at, at)))
  return open.every(
    (guard) => guardsAlone(model, guard, entry) && !contains(guard.value, ({ at }) => comesAfter(at, to.at) && !comesAfter(at, guard.at)),
  )
}

/** The condition of an `if` around this registration alone. */
function guardsAlone(model: ProjectModel, guard: Guard, { call }: Entry): boolean {
  if (guard.kind !== 'condition' || !guard.holds || call === null) return false
  return model.calls.every(
    (other) =>
      other === call ||
      !inSameFunction(other.at, call.at) ||
      !other.guards.some(({ at }) => sameLocation(at, guard.at)) ||
      call.args.some((arg) => contains(arg, (value) => value.kind === 'result' && value.call === other)),
  )
}
