// Putting the units of a boot together: one index of calls, objects and names, the same whatever order they were made in.
import type { Location } from '../text/location.js'
import { type KeptParts, kept, MOST_CONTEXTS, newCounts, ofServed, ofSwept, type Parts, type Stays } from './parts.js'
import type { Roll } from './roll.js'
import type { Unit } from './units.js'

interface Sharing {
  readonly unit: Unit
  /** All that it recorded. */
  readonly own: Parts
  readonly most: number
  /** True where no other unit ran one of its functions, so that nobody else meets its places. */
  readonly isAlone: boolean
}

/** The parts of what the boot and the handlers did, then of what only the sweep saw: of each place that nothing else reached, what the first unit recorded. */
export function partsOf(served: Roll, swept: Roll): Parts {
  const isRunOnce = (key: string): boolean => served.runs.get(key) === 1
  const isSweptOnce = (key: string): boolean => swept.runs.get(key) === 1 && (served.runs.get(key) ?? 0) === 0
  const all = [
    ...[...served.units].map((unit): Sharing => ({ unit, own: ofServed(unit), most: MOST_CONTEXTS, isAlone: isAlone(unit, isRunOnce) })),
    ...[...swept.units].map((unit): Sharing => ({ unit, own: ofSwept(unit), most: 1, isAlone: isAlone(unit, isSweptOnce) })),
  ]
  const shared = all.filter((one) => !one.isAlone)
  served.shared = sharedOut(shared, served.shared)
  const parts: Parts = { calls: [], objects: [], bindings: [] }
  for (const { own } of all) {
    const { calls, objects, bindings } = served.shared.get(own)?.kept ?? own
    parts.calls.push(...calls)
    parts.objects.push(...objects)
    parts.bindings.push(...bindings)
  }
  return parts
}

function isAlone({ kind, executed }: Unit, isRunOnce: (key: string) => boolean): boolean {
  if (kind !== 'handler' && kind !== 'shared' && kind !== 'sweep') return false
  for (const key of executed) if (!isRunOnce(key)) return false
  return executed.size > 0
}

/**
 * What each has that those before it have not. Places belong to functions: only of functions that units which came or went ran
 * is it worked out anew, which is little after an edit.
 */
function sharedOut(shared: readonly Sharing[], before: Roll['shared']): Roll['shared'] {
  const touched = touchedFunctions(shared, before)
  const counts = newCounts()
  const found = new Map<Parts, KeptParts>()
  for (const { unit, own, most } of shared) {
    const known = before.get(own)
    if (known !== undefined && !runsOneOf(unit, touched)) found.set(own, known)
    else found.set(own, { unit, kept: kept(own, counts, most, untouched(known, touched)) })
  }
  return found
}

/** What stays as it was: the places of functions that nobody touched. */
function untouched(known: KeptParts | undefined, touched: ReadonlySet<string>): Stays {
  if (known === undefined) return () => null
  const { calls, objects, bindings } = known.kept
  const before = new Set<unknown>([...calls.flat(), ...objects.flat(), ...bindings.flat()])
  return (one: { readonly at: Location }) => (touched.has(`${one.at.file}#${one.at.fn}`) ? null : before.has(one))
}

function touchedFunctions(shared: readonly Sharing[], before: Roll['shared']): ReadonlySet<string> {
  const now = new Set(shared.map(({ own }) => own))
  const came = shared.filter(({ own }) => !before.has(own))
  const went = [...before].filter(([own]) => !now.has(own)).map(([, one]) => one)
  return new Set([...came, ...went].flatMap(({ unit }) => [...unit.executed]))
}

function runsOneOf({ executed }: Unit, functions: ReadonlySet<string>): boolean {
  for (const key of executed) if (functions.has(key)) return true
  return false
}
