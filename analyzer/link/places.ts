// Locations, one object for each node, so that records and values share them.
import type { FunctionFacts, NodeId, SourceFacts } from '../extract/facts.js'
import type { Location } from '../text/location.js'
import type { Frame } from './machine.js'

interface Table {
  readonly facts: FunctionFacts
  readonly file: string
  readonly key: string
  readonly places: (Location | undefined)[]
}

const tables = new WeakMap<FunctionFacts, Table>()
let latest: Table | null = null

/** The location of a node. Equal nodes of one version of a function give the same object. */
export function placeOf(file: string, facts: FunctionFacts, node: number): Location {
  if (latest === null || latest.facts !== facts || latest.file !== file) latest = tableOf(file, facts)
  const known = latest.places[node]
  if (known !== undefined) return known
  const made: Location = { file, fn: facts.id, node }
  latest.places[node] = made
  return made
}

/** Names a function over the whole project; the same text each time, so that it is compared at a glance and kept once. */
export function functionKey({ source, facts }: { readonly source: SourceFacts; readonly facts: FunctionFacts }): string {
  return tableOf(source.file, facts).key
}

function tableOf(file: string, facts: FunctionFacts): Table {
  let table = tables.get(facts)
  if (table === undefined || table.file !== file) {
    table = { facts, file, key: [file, facts.id].join('#'), places: new Array<Location | undefined>(facts.spans.length / 2) }
    tables.set(facts, table)
  }
  return table
}

/** The location of a node of what runs in the frame. */
export function locate(frame: Frame, node: NodeId): Location {
  return placeOf(frame.source.file, frame.facts, node)
}
