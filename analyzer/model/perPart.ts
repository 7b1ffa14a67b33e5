// Questions about every call or every named value. What they answer for a part of the model is kept for as long as that part stays the same.
import type { CallRecord } from '../link/value.js'
import type { NamedValue, ProjectModel } from './model.js'
import { newSource, note, unnoted } from './answers.js'
import { globalOf, originOf } from './origins.js'
import { lineOf, type Question } from './tracked.js'

/**
 * Which calls a question is about. `packages`: of exports of packages, and of what these made. `globals`: of globals and their members.
 * Writes are neither. What a call is of is found once for all questions.
 */
export type Callees = 'all' | 'packages' | 'globals'

/**
 * Answers of all calls, in order. `ask` must look at the records that it gets and at what they hold, and at nothing else:
 * neither at the rest of the model nor at bodies of functions, which may change while the records stay.
 * What it answers for several parts must be what it answers for all of their records together, but for repetitions.
 */
export function ofCalls<Found>(
  ask: (calls: readonly CallRecord[]) => readonly Found[],
  of: Callees = 'all',
): (model: ProjectModel) => readonly Found[] {
  return perPart(of === 'all' ? (model) => model.parts.calls : (model) => sortedCalls(model)[of], ask)
}

/** As `ofCalls`, call by call. */
export function ofEachCall<Found>(ask: (call: CallRecord) => readonly Found[], of?: Callees): (model: ProjectModel) => readonly Found[] {
  return ofCalls((calls) => answersOfEach(calls, ask), of)
}

/** As `ofEachCall`, for declarations, properties and assignments. */
export function ofEachBinding<Found>(ask: (binding: NamedValue) => readonly Found[]): (model: ProjectModel) => readonly Found[] {
  return perPart(
    (model) => model.parts.bindings,
    (bindings) => answersOfEach(bindings, ask),
  )
}

/** The calls that fit. */
export function callsThat(fits: (call: CallRecord) => boolean, of?: Callees): (model: ProjectModel) => readonly CallRecord[] {
  return ofCalls((calls) => calls.filter(fits), of)
}

/** Most have no answer, so nothing is put together for them. */
function answersOfEach<One, Found>(all: readonly One[], ask: (one: One) => readonly Found[]): readonly Found[] {
  let found: Found[] | null = null
  for (const one of all) {
    const answers = ask(one)
    if (answers.length > 0) (found ??= []).push(...answers)
  }
  return found ?? []
}

type Sorted = { readonly [callees in Exclude<Callees, 'all'>]: readonly (readonly CallRecord[])[] }

const ofModels = new WeakMap<ProjectModel, Sorted>()

/** The parts of the calls, sorted, those left out that are empty. */
function sortedCalls(model: ProjectModel): Sorted {
  let sorted = ofModels.get(model)
  if (sorted === undefined) {
    const packages: (readonly CallRecord[])[] = []
    const globals: (readonly CallRecord[])[] = []
    for (const part of model.parts.calls) {
      const some = sortedPart(part)
      if (some.packages.length > 0) packages.push(some.packages)
      if (some.globals.length > 0) globals.push(some.globals)
    }
    ofModels.set(model, (sorted = { packages, globals }))
  }
  return sorted
}

// A part that an edit leaves as it is stays sorted.
const ofParts = new WeakMap<readonly CallRecord[], { readonly packages: readonly CallRecord[]; readonly globals: readonly CallRecord[] }>()

function sortedPart(part: readonly CallRecord[]): { readonly packages: readonly CallRecord[]; readonly globals: readonly CallRecord[] } {
  let sorted = ofParts.get(part)
  if (sorted === undefined) {
    const packages: CallRecord[] = []
    const globals: CallRecord[] = []
    for (const call of part) {
      if (call.isWrite) continue
      if (originOf(call.callee) !== null) packages.push(call)
      if (globalOf(call.callee) !== null) globals.push(call)
    }
    ofParts.set(part, (sorted = { packages, globals }))
  }
  return sorted
}

/** What the parts of one model answered, those left out that answered nothing. */
interface Answers<Part, Found> {
  readonly parts: readonly (readonly Part[])[]
  readonly some: readonly { readonly index: number; readonly found: readonly Found[] }[]
  /** All of them. The same array as before where an edit changed nothing. */
  readonly all: readonly Found[]
}

function perPart<Part, Found>(
  partsOf: (model: ProjectModel) => readonly (readonly Part[])[],
  ask: (part: readonly Part[]) => readonly Found[],
): (model: ProjectModel) => readonly Found[] {
  const once = new WeakMap<ProjectModel, readonly Found[]>()
  const nothing: Answers<Part, Found> = { parts: [], some: [], all: [] }
  const question = (model: ProjectModel): readonly Found[] => {
    const line = lineOf(model)
    if (line === null) {
      let all = once.get(model)
      if (all === undefined) once.set(model, (all = answersOf(nothing, partsOf(model), ask).all))
      return all
    }
    let known = line.questions.get(question) as (Question & { readonly all: () => readonly Found[] }) | undefined
    if (known === undefined) {
      let asked: ProjectModel | null = null
      let answers = nothing
      const renew = (): boolean => {
        if (asked === line.model) return false
        asked = line.model
        const before = answers.all
        answers = unnoted(() => answersOf(answers, partsOf(line.model), ask))
        return answers.all !== before
      }
      known = { ...newSource(), renew, all: () => (renew(), answers.all) }
      line.questions.set(question, known)
    }
    note(known)
    return known.all()
  }
  return question
}

/** Asks the parts that were not asked before. An edit changes parts in the middle of a long list. */
function answersOf<Part, Found>(
  before: Answers<Part, Found>,
  parts: readonly (readonly Part[])[],
  ask: (part: readonly Part[]) => readonly Found[],
): Answers<Part, Found> {
  const { start, end } = sameEnds(before.parts, parts)
  const shift = parts.length - before.parts.length
  const known = new Map(before.some.map(({ index, found }) => [before.parts[index], found]))
  const asked = new Set(before.parts.slice(start, before.parts.length - end))
  const middle = parts.slice(start, parts.length - end).flatMap((part, offset) => {
    const found = asked.has(part) ? (known.get(part) ?? []) : ask(part)
    return found.length === 0 ? [] : [{ index: start + offset, found }]
  })
  const head = before.some.filter(({ index }) => index < start)
  const tail = before.some.filter(({ index }) => index >= before.parts.length - end)
  const some = [...head, ...middle, ...tail.map(({ index, found }) => ({ index: index + shift, found }))]
  const isSame = some.length === before.some.length && some.every(({ found }, index) => found === before.some[index]?.found)
  return { parts, some, all: isSame ? before.all : some.flatMap(({ found }) => found) }
}

/** How many elements two lists have in common at their start and, behind that, at their end. */
function sameEnds(before: readonly unknown[], now: readonly unknown[]): { readonly start: number; readonly end: number } {
  const least = Math.min(before.length, now.length)
  let start = 0
  while (start < least && before[start] === now[start]) start++
  let end = 0
  while (end < least - start && before[before.length - 1 - end] === now[now.length - 1 - end]) end++
  return { start, end }
}
