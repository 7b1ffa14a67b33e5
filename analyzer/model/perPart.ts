// Questions about every call or every named value. What they answer for a part of the model is kept for as long as that part stays the same.
import type { CallRecord, Value } from '../link/value.js'
import type { NamedValue, ProjectModel } from './model.js'
import { newSource, note, unnoted } from './answers.js'
import { type Difference, differenceOf } from './difference.js'
import { bindingsAmong, callsAmong, type WantedCalls } from './sorted.js'
import { lineOf, type Question } from './tracked.js'

/**
 * Answers of all calls, or of those that are wanted and maybe others, in order. `ask` must look at the records that it gets and at what they hold, and at nothing else:
 * neither at the rest of the model nor at bodies of functions, which may change while the records stay.
 * What it answers for several parts must be what it answers for all of their records together, but for repetitions.
 */
export function ofCalls<Found>(
  ask: (calls: readonly CallRecord[]) => readonly Found[],
  wanted?: WantedCalls,
): (model: ProjectModel) => readonly Found[] {
  return perPart(({ parts }) => parts.calls, wanted === undefined ? ask : (part) => ask(callsAmong(part, wanted)))
}

/** As `ofCalls`, call by call. */
export function ofEachCall<Found>(
  ask: (call: CallRecord) => readonly Found[],
  wanted?: WantedCalls,
): (model: ProjectModel) => readonly Found[] {
  return ofCalls((calls) => answersOfEach(calls, ask), wanted)
}

/** The calls that fit. */
export function callsThat(fits: (call: CallRecord) => boolean, wanted?: WantedCalls): (model: ProjectModel) => readonly CallRecord[] {
  return ofCalls((calls) => calls.filter(fits), wanted)
}

/**
 * As `ofEachCall`, for declarations, properties and assignments whose value is of one of the kinds, and maybe for others.
 * Of literals, texts alone that may be secret by their name or shape.
 */
export function ofEachBinding<Found>(
  ask: (binding: NamedValue) => readonly Found[],
  kinds: readonly Value['kind'][],
): (model: ProjectModel) => readonly Found[] {
  return perPart(
    ({ parts }) => parts.bindings,
    (bindings) => answersOfEach(bindingsAmong(bindings, kinds), ask),
  )
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

/** What the parts of one model answered, those left out that answered nothing. */
interface Answers<Part, Found> {
  readonly parts: readonly (readonly Part[])[]
  /** By the position of the part, in order. */
  readonly found: ReadonlyMap<number, readonly Found[]>
  /** All of them. The same array as before where an edit changed nothing. */
  readonly all: readonly Found[]
}

function perPart<Part, Found>(
  partsOf: (model: ProjectModel) => readonly (readonly Part[])[],
  ask: (part: readonly Part[]) => readonly Found[],
): (model: ProjectModel) => readonly Found[] {
  const once = new WeakMap<ProjectModel, readonly Found[]>()
  const nothing: Answers<Part, Found> = { parts: [], found: new Map(), all: [] }
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

/** Asks the parts that were not asked before. */
function answersOf<Part, Found>(
  before: Answers<Part, Found>,
  parts: readonly (readonly Part[])[],
  ask: (part: readonly Part[]) => readonly Found[],
): Answers<Part, Found> {
  const { fresh, gone, moved } = differenceOf(before.parts, parts)
  const answers = fresh.map((position) => ask(parts[position] ?? []))
  if (moved === null && answers.every(({ length }) => length === 0) && !gone.some((position) => before.found.has(position)))
    return { ...before, parts }
  const found = foundNow(before.found, { fresh, gone, moved }, answers)
  const all = [...found.values()].flat()
  const isSame = all.length === before.all.length && all.every((one, index) => one === before.all[index])
  return { parts, found, all: isSame ? before.all : all }
}

function foundNow<Found>(
  before: ReadonlyMap<number, readonly Found[]>,
  { fresh, gone, moved }: Difference,
  answers: readonly (readonly Found[])[],
): ReadonlyMap<number, readonly Found[]> {
  const kept = moved === null ? new Map(before) : new Map([...before].map(([position, found]) => [moved[position] ?? -1, found]))
  kept.delete(-1)
  if (moved === null) for (const position of gone) kept.delete(position)
  for (const [index, answer] of answers.entries()) if (answer.length > 0) kept.set(fresh[index] ?? -1, answer)
  return new Map([...kept].sort(([a], [b]) => a - b))
}
