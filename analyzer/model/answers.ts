// Answers that know what they were read from: when something changes, those that it may concern are asked again, and the others stand.
import type { Value } from '../link/value.js'

/** Something that answers are read from: a part of the model, what a function does, or another answer. */
export interface Source {
  readonly readers: Set<Answer>
}

export interface Answer extends Source {
  /** What it was read from, in order. */
  reads: readonly Source[]
  /** `doubtful`: an answer that it was read from may be another one now. `outdated`: something that it was read from is. */
  state: 'current' | 'doubtful' | 'outdated'
  /** Those answers that make it doubtful; null for none. */
  doubts: Set<Answer> | null
  outcome: { readonly found: unknown } | { readonly error: unknown } | null
  readonly find: () => unknown
}

export function newSource(): Source {
  return { readers: new Set() }
}

/** An answer that nobody has asked for yet. */
export function newAnswer(find: () => unknown): Answer {
  return { readers: new Set(), reads: [], state: 'outdated', doubts: null, outcome: null, find }
}

let recording: Set<Source> | null = null

/** Notes that the answer in the making depends on a source. */
export function note(source: Source): void {
  recording?.add(source)
}

/** Whether an answer is in the making. */
export function isNoting(): boolean {
  return recording !== null
}

/** Does work on which no answer in the making depends. */
export function unnoted<T>(work: () => T): T {
  const outer = recording
  recording = null
  try {
    return work()
  } finally {
    recording = outer
  }
}

/** What an answer says now. */
export function ask(answer: Answer): unknown {
  note(answer)
  refresh(answer)
  const { outcome } = answer
  if (outcome !== null && 'error' in outcome) throw outcome.error
  return outcome?.found
}

/** Says that a source is another one than before. */
export function outdate(source: Source): void {
  for (const reader of source.readers) {
    const { state } = reader
    reader.state = 'outdated'
    if (state === 'current') doubt(reader)
  }
}

function doubt(answer: Answer): void {
  for (const reader of answer.readers) {
    ;(reader.doubts ??= new Set()).add(answer)
    if (reader.state !== 'current') continue
    reader.state = 'doubtful'
    doubt(reader)
  }
}

function refresh(answer: Answer): void {
  if (answer.state === 'current') return
  if (answer.state === 'doubtful') settle(answer)
  if (answer.state === 'outdated') renew(answer)
  answer.state = 'current'
  answer.doubts = null
}

/** Settles the doubts in the order in which those answers were read: what was read later may have been asked only because of what was said before. */
function settle(answer: Answer): void {
  const doubts = [...(answer.doubts ?? [])]
  if (doubts.length > 1) doubts.sort((a, b) => answer.reads.indexOf(a) - answer.reads.indexOf(b))
  for (const one of doubts) {
    refresh(one)
    if (answer.state !== 'doubtful') return
  }
}

/** How many answers are in the making, and those that lost a reader meanwhile. */
let making = 0
const left: Answer[] = []

/** Finds it anew. One that says the same as before keeps what it found, and whoever read it stands. */
function renew(answer: Answer): void {
  const outer = recording
  const reads = new Set<Source>()
  recording = reads
  making++
  const before = answer.outcome
  try {
    answer.outcome = { found: answer.find() }
  } catch (error) {
    answer.outcome = { error }
  } finally {
    recording = outer
    making--
  }
  const isEqual = before !== null && 'found' in before && 'found' in answer.outcome && saysTheSame(before.found, answer.outcome.found)
  if (isEqual) answer.outcome = before
  else if (before !== null) outdate(answer)
  for (const source of answer.reads) if (!reads.has(source)) leave(source, answer)
  answer.reads = [...reads]
  for (const source of reads) source.readers.add(answer)
  if (making === 0) forgetLeft()
}

function leave(source: Source, reader: Answer): void {
  source.readers.delete(reader)
  if (source.readers.size === 0 && 'find' in source) left.push(source as Answer)
}

/** What nobody reads any more is forgotten, but only when nothing is in the making: what was asked for there has no reader yet. */
function forgetLeft(): void {
  for (let answer = left.pop(); answer !== undefined; answer = left.pop()) {
    if (answer.readers.size > 0) continue
    const { reads } = answer
    answer.reads = []
    answer.state = 'outdated'
    answer.outcome = null
    for (const read of reads) leave(read, answer)
  }
}

/** How deep lists and records within an answer are compared. */
const DEEPEST = 7

/** Whether two answers are equal. Values and calls are the same only where they are the same object, as whoever compares them takes them. */
function saysTheSame(a: unknown, b: unknown, depth = 0): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || depth > DEEPEST) return false
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((one, index) => saysTheSame(one, b[index], depth + 1))
  if (a instanceof Set) return b instanceof Set && a.size === b.size && saysTheSame([...a], [...b], depth)
  if (a instanceof Map) return b instanceof Map && a.size === b.size && saysTheSame([...a], [...b], depth)
  if (Object.getPrototypeOf(a) !== Object.prototype || Object.getPrototypeOf(b) !== Object.prototype || isOfTheBoot(a)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && saysTheSame(a[key as keyof typeof a], b[key as keyof typeof b], depth + 1))
  )
}

/** Values, calls and summaries: what the boot made. */
function isOfTheBoot(one: object): boolean {
  return ('kind' in one && 'at' in one && VALUE_KINDS.has(String(one.kind))) || 'callee' in one || 'summary' in one
}

const VALUE_KINDS: ReadonlySet<string> = new Set<Value['kind']>([
  'literal',
  'regex',
  'template',
  'object',
  'array',
  'function',
  'class',
  'package',
  'global',
  'environment',
  'parameter',
  'member',
  'result',
  'operation',
  'choice',
  'scope',
  'promise',
  'typed',
  'unknown',
])
