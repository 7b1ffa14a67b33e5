// Changes of the heap, logged so that a path can be taken back and joined with another.
import type { Location } from '../text/location.js'
import { birthMark, isYoungerThan } from './births.js'
import { lacking } from './lacking.js'
import type { Machine } from './machine.js'
import type { ArrayValue, Value } from './value.js'
import { choice, undefinedAt } from './values.js'

/** What stood in properties, variables and arrays before they were changed since a mark, so that a path can be taken back and joined with another. */
export interface WriteLog {
  properties: Map<Map<string, Value>, Map<string, Value | undefined>>
  arrays: Map<ArrayValue, readonly Value[]>
  undo: (() => void)[]
  /** Births up to here are older than the log. */
  readonly mark: number
}

/** Every change of the heap goes through here, so that it can be logged. */
export function write(machine: Machine, holder: Map<string, Value>, key: string, value: Value): void {
  const log = machine.logs.at(-1)
  if (log !== undefined && !isYoungerThan(holder, log.mark)) noteProperty(log, holder, key, holder.get(key))
  holder.set(key, value)
}

/** Takes a property away, as `delete` does. */
export function remove(machine: Machine, holder: Map<string, Value>, key: string): void {
  const log = machine.logs.at(-1)
  if (log !== undefined && !isYoungerThan(holder, log.mark)) noteOrder(log, holder)
  holder.delete(key)
}

export function changeArray(machine: Machine, array: ArrayValue, change: (elements: Value[]) => void): void {
  const log = machine.logs.at(-1)
  if (log !== undefined && !isYoungerThan(array, log.mark) && !log.arrays.has(array)) noteArray(log, array, [...array.elements])
  change(array.elements)
}

/**
 * True for a list that the start left empty and that outlives the handler which runs: requests fill it, and what they write is taken back,
 * so that its emptiness says nothing.
 */
export function isFilledByServing({ phase, logs: [outermost] }: Machine, array: ArrayValue): boolean {
  if (array.elements.length > 0 || (phase !== 'handler' && phase !== 'unreached')) return false
  return outermost !== undefined && !isYoungerThan(array, outermost.mark)
}

/** Registers how to take something back that is neither a property nor an element. */
export function onUndo(machine: Machine, undo: () => void): void {
  const log = machine.logs.at(-1)
  if (log !== undefined) noteUndo(log, undo)
}

export function beginLog(machine: Machine): WriteLog {
  const log: WriteLog = { properties: NO_PROPERTIES, arrays: NO_ARRAYS, undo: NO_UNDO, mark: birthMark() }
  machine.logs.push(log)
  return log
}

/** Ends the innermost log and leaves its writes in place; an outer log takes them over. */
export function keepLog(machine: Machine): void {
  const log = machine.logs.pop()
  const outer = machine.logs.at(-1)
  if (log === undefined || outer === undefined) return
  for (const [holder, keys] of log.properties) {
    if (!isYoungerThan(holder, outer.mark)) for (const [key, before] of keys) noteProperty(outer, holder, key, before)
  }
  for (const [array, before] of log.arrays)
    if (!isYoungerThan(array, outer.mark) && !outer.arrays.has(array)) noteArray(outer, array, before)
  for (const entry of log.undo) noteUndo(outer, entry)
}

// Most paths change nothing: these stand in until one does.
const NO_PROPERTIES: WriteLog['properties'] = new Map()
const NO_ARRAYS: WriteLog['arrays'] = new Map()
const NO_UNDO: WriteLog['undo'] = []

function noteArray(log: WriteLog, array: ArrayValue, before: readonly Value[]): void {
  if (log.arrays === NO_ARRAYS) log.arrays = new Map()
  log.arrays.set(array, before)
}

function noteUndo(log: WriteLog, undo: () => void): void {
  if (log.undo === NO_UNDO) log.undo = []
  log.undo.push(undo)
}

/** Only what stood there first counts for taking back. */
function noteProperty(log: WriteLog, holder: Map<string, Value>, key: string, before: Value | undefined): void {
  let keys = log.properties.get(holder)
  if (log.properties === NO_PROPERTIES) log.properties = new Map()
  if (keys === undefined) log.properties.set(holder, (keys = new Map()))
  if (!keys.has(key)) keys.set(key, before)
}

/** All that stands there, in order: what is taken back must not come behind what stood behind it. */
function noteOrder(log: WriteLog, holder: Map<string, Value>): void {
  const noted = log.properties.get(holder)
  if (noted !== undefined && [...holder.keys()].every((key) => noted.has(key))) return
  const all = new Map<string, Value | undefined>()
  for (const [key, one] of holder) all.set(key, noted?.has(key) === true ? noted.get(key) : one)
  for (const [key, before] of noted ?? []) if (!all.has(key)) all.set(key, before)
  if (log.properties === NO_PROPERTIES) log.properties = new Map()
  log.properties.set(holder, all)
}

/** What stood at the end of a path that was taken back. */
export interface PathEnd {
  readonly properties: ReadonlyMap<Map<string, Value>, ReadonlyMap<string, Value | undefined>>
  readonly arrays: ReadonlyMap<ArrayValue, readonly Value[]>
  readonly undo: readonly (() => void)[]
}

/** The end of a path that wrote nothing. */
export const NO_CHANGE: PathEnd = { properties: new Map(), arrays: new Map(), undo: [] }

/** Ends the innermost log and takes back what it wrote to properties, variables and arrays. Returns what stood there at its end. */
export function revertLog(machine: Machine): PathEnd {
  const log = machine.logs.pop()
  if (log === undefined) return NO_CHANGE
  if (log.properties.size === 0 && log.arrays.size === 0) return log.undo.length === 0 ? NO_CHANGE : { ...NO_CHANGE, undo: log.undo }
  // What stood there before gives its place in the tables of the log to what stands there now.
  for (const [holder, keys] of log.properties) {
    let wasRemoved = false
    keys.forEach((before, key) => {
      const now = holder.get(key)
      keys.set(key, now)
      if (before === undefined) holder.delete(key)
      else holder.set(key, before)
      if (now === undefined && before !== undefined) wasRemoved = true
    })
    if (wasRemoved) putInOrder(holder, keys)
  }
  for (const [array, before] of log.arrays) log.arrays.set(array, array.elements.splice(0, array.elements.length, ...before))
  return log
}

function putInOrder(holder: Map<string, Value>, keys: ReadonlyMap<string, unknown>): void {
  for (const key of keys.keys()) {
    const value = holder.get(key)
    if (value === undefined) continue
    holder.delete(key)
    holder.set(key, value)
  }
}

/** Takes back everything since the log began, registrations too. */
export function abandonLog(machine: Machine): void {
  for (const undo of revertLog(machine).undo.toReversed()) undo()
}

/** Writes what two alternative paths left, as choices where they differ. */
export function joinPaths(machine: Machine, at: Location, one: PathEnd, other: PathEnd, test: Value | null): void {
  if (one === NO_CHANGE && other === NO_CHANGE) return
  const joinAt = (holder: Map<string, Value>, key: string): void => {
    const first = one.properties.get(holder)
    const second = other.properties.get(holder)
    const before = holder.get(key)
    const a = first?.has(key) === true ? first.get(key) : before
    const b = second?.has(key) === true ? second.get(key) : before
    if (a === undefined && b === undefined) remove(machine, holder, key)
    else
      write(machine, holder, key, a !== undefined && a === b ? a : choice(at, 'join', [a ?? undefinedAt(at), b ?? undefinedAt(at)], test))
  }
  for (const [holder, keys] of one.properties) {
    keys.forEach((_, key) => {
      joinAt(holder, key)
    })
    other.properties.get(holder)?.forEach((_, key) => {
      if (!keys.has(key)) joinAt(holder, key)
    })
  }
  for (const [holder, keys] of other.properties) {
    if (!one.properties.has(holder))
      keys.forEach((_, key) => {
        joinAt(holder, key)
      })
  }
  if (one.arrays.size > 0 || other.arrays.size > 0) joinArrays(machine, one, other)
  for (const undo of one.undo) onUndo(machine, undo)
  for (const undo of other.undo) onUndo(machine, undo)
}

function joinArrays(machine: Machine, one: PathEnd, other: PathEnd): void {
  for (const array of new Set([...one.arrays.keys(), ...other.arrays.keys()])) {
    const joined = new Set([...array.elements, ...(one.arrays.get(array) ?? []), ...(other.arrays.get(array) ?? [])])
    if (joined.size > MOST_ELEMENTS) array.isOpen = true
    else if (joined.size > array.elements.length) {
      // How many of them there are depends on the path, and which.
      array.isOpen = true
      const ends = [one, other].map(({ arrays }) => new Set(arrays.get(array) ?? array.elements))
      lacking(array, { mayLack: new Set([...joined].filter((element) => !ends.every((end) => end.has(element)))) })
      changeArray(machine, array, (elements) => elements.splice(0, elements.length, ...joined))
    }
  }
}

/** Past this many elements an array that paths add to is only known to hold more. */
const MOST_ELEMENTS = 1_000
