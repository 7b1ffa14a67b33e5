// Locations, one object for each node, so that records and values share them.
import type { FunctionFacts, NodeId } from '../extract/facts.js'
import type { Location } from '../text/location.js'
import type { Frame } from './machine.js'

const tables = new WeakMap<FunctionFacts, { readonly file: string; readonly places: (Location | undefined)[] }>()
let latest: { readonly facts: FunctionFacts; readonly file: string; readonly places: (Location | undefined)[] } | null = null

/** The location of a node. Equal nodes of one version of a function give the same object. */
export function placeOf(file: string, facts: FunctionFacts, node: number): Location {
  if (latest === null || latest.facts !== facts || latest.file !== file) {
    let table = tables.get(facts)
    if (table === undefined || table.file !== file) {
      table = { file, places: [] }
      tables.set(facts, table)
    }
    latest = { facts, file, places: table.places }
  }
  const known = latest.places[node]
  if (known !== undefined) return known
  const made: Location = { file, fn: facts.id, node }
  latest.places[node] = made
  return made
}

/** The location of a node of what runs in the frame. */
export function locate(frame: Frame, node: NodeId): Location {
  return placeOf(frame.source.file, frame.facts, node)
}
