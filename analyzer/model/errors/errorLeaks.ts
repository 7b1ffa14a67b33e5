// Errors that reach clients: every answer that carries a part of an error which its path does not rule out.
import type { CallRecord, ParameterValue, Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { verdictOf, type ErrorVerdict } from './errorConditions.js'
import { errorPart, isErrorItself, livingOptions, type ErrorPart, type Spares } from './errorParts.js'
import { answersWithErrors, isLocal } from './errorAnswers.js'
import { handedOver, leavesOf, type HandOver, type Leaf } from './errorPlaces.js'
import { oncePerPlace } from './leaksPerPlace.js'
import type { Confidence, ProjectModel } from '../model.js'
import { sentError } from './fastifyLeaks.js'
import { exceptionAnswers } from './nestExceptions.js'
import { statusErrors } from './nestStatusErrors.js'
import { ownErrors } from './ownErrors.js'
import { responsesOf, type ResponseRecord } from '../responses.js'
import { firstLeafWithin } from '../search.js'
import { socketAnswers } from './socketAnswers.js'
import { partInView } from './shownParts.js'
import { comesOfChecks } from './tryBlocks.js'
import { recordedOnce } from '../recorded.js'

export interface ErrorLeak extends HandOver {
  readonly part: ErrorPart['part']
  readonly error: ParameterValue
  /** The call that answers, in a helper or in the function that caught the error. */
  readonly answer: CallRecord
  /** Further answers that carry the same error, in other functions than the one that hands it over: several handlers call one that returns what it caught. */
  readonly further: readonly Location[]
  /** The arm of `known ? error.message : other` that leaks, where the other one may stay. */
  readonly arm: Location | null
  /** True when a template gets it. */
  readonly isView: boolean
  /** How the template prints no more than this part of the error itself that it gets: as a text, or by its properties. null where it gets that part alone, prints all, or there is none. */
  readonly shownAs: 'text' | 'property' | null
  /** Where the template prints it; null where that is not known. */
  readonly shownAt: Location | null
  /** `server`: 5xx, or 200 where nothing sets a status. `client`: 4xx only. `any`: what the error says, or not known. */
  readonly status: 'server' | 'client' | 'any'
  /** The status of the answer, where it is one. */
  readonly code: number | null
  /** True where parsing and checking of input alone may have thrown it. */
  readonly isOfChecks: boolean
  readonly confidence: Confidence
}

/** Leaks in production files, one for each place that hands an error over and each part of it; the surest where several paths lead to the same. In source order. */
export const errorLeaks: (model: ProjectModel) => readonly ErrorLeak[] = recordedOnce((model) => oncePerPlace(foundLeaks(model)))

function* foundLeaks(model: ProjectModel): Generator<ErrorLeak> {
  for (const group of answersWithErrors(model).values()) {
    const isRendered = group.some((record) => record.callee.kind === 'member' && record.callee.name === 'render')
    const answers = responsesOf(group.toSorted((a, b) => a.order - b.order))
    const carriers: readonly Carrier[] = [
      ...answers.map((answer) => ({ ...answer, view: answer.method === 'render' ? { render: answer.record } : null })),
      ...(isRendered ? group.filter(isLocal).map((record) => localOf(record, answers)) : []),
    ]
    for (const carrier of carriers) {
      if (carrier.body === null) continue
      yield* leavesOf(carrier.body).flatMap((leaf) => leakOf(model, carrier, leaf) ?? [])
    }
  }
  for (const answer of [...exceptionAnswers(model), ...statusErrors(model)]) {
    for (const leaf of leavesOf(answer.body)) {
      const leak = leakOf(model, { ...answer, view: null }, leaf)
      // An error that is the whole argument is not serialised: Nest answers with the text of the status (domain fact D24).
      if (leak !== null && !(leak.part === 'whole' && leaf.path.length === 0)) yield leak
    }
  }
  for (const answer of ownErrors(model)) {
    const leak = leakOf(model, { ...answer, view: null }, { value: answer.body, path: [], conditions: [] })
    // Whoever gave it a status of 4xx says that the client got something wrong.
    if (leak !== null && leak.status !== 'client') yield { ...leak, confidence: leak.confidence === 'low' ? 'low' : 'medium' }
  }
  for (const answer of socketAnswers(model)) {
    for (const leaf of leavesOf(answer.body)) {
      const leak = leakOf(model, { ...answer, view: null }, leaf)
      if (leak?.part === 'stack') yield leak
    }
  }
}

interface Carrier extends Pick<ResponseRecord, 'record' | 'status' | 'statuses' | 'body'> {
  /** The call that renders a template, null where it was not seen; null for other answers. */
  readonly view: { readonly render: CallRecord | null } | null
}

function localOf(record: CallRecord, answers: readonly ResponseRecord[]): Carrier {
  const view = answers.find((answer) => answer.method === 'render')
  return {
    record,
    status: view?.status ?? null,
    statuses: view?.statuses ?? [],
    body: record.args[0] ?? null,
    view: { render: view?.record ?? null },
  }
}

function leakOf(model: ProjectModel, carrier: Carrier, leaf: Leaf): ErrorLeak | null {
  const { record, body, statuses, status } = carrier
  const sort =
    statuses.length === 0 ? (status === null ? 'server' : 'any') : statuses.every((one) => one >= 400 && one < 500) ? 'client' : 'server'
  // Whoever tests for a refused connection and answers 503 with its text still tells about the inside.
  const isMeant = (verdict: ErrorVerdict | null): boolean =>
    verdict === 'client' || (verdict === 'selected' && !(typeof status === 'number' && status >= 500))
  const outer = verdictOf([...record.guards, ...leaf.conditions])
  if (outer === 'off') return null
  let isSwitched = outer === 'switch'
  const sent = leaf.path.length === 0 ? sentError(model, record, leaf.value) : null
  if (sent === 'handed on' || sent === 'overwritten') return null
  const isSpared: Spares = (conditions, part) => {
    const verdict = verdictOf(conditions)
    if (verdict === 'switch') isSwitched = true
    return verdict === 'off' || (isMeant(verdict) && part.part !== 'stack')
  }
  const worst = errorPart(leaf.value, isSpared)
  const found = worst === null || sent === null ? worst : { ...worst, part: sent }
  if (found === null || (isMeant(outer) && found.part !== 'stack')) return null
  const error = rootOf(found.source)
  if (error === null) return null
  const shown =
    carrier.view === null ? { part: found.part, at: null, isText: false } : partInView(model, record, carrier.view.render, leaf, found)
  if (shown === null) return null
  const { part } = shown
  const surest = surestFor({ ...found, part: part === 'stack' ? found.part : part }, carrier, sort, statuses)
  const isChecked = part !== 'stack' && comesOfChecks(model, record, error)
  return {
    ...handedOver(model, record, body, leaf, found, error),
    part,
    error,
    answer: record,
    further: [],
    arm: leakingArm(leaf.value, isSpared),
    isView: carrier.view !== null,
    shownAs: carrier.view === null || found.part !== 'whole' || part === 'stack' ? null : shown.isText ? 'text' : 'property',
    shownAt: shown.at,
    status: status === 'unknown' && sort === 'server' ? 'any' : sort,
    code: typeof status === 'number' ? status : null,
    isOfChecks: isChecked,
    confidence: isSwitched || isChecked ? 'low' : surest,
  }
}

function leakingArm(value: Value, isSpared: Spares): Location | null {
  if (value.kind !== 'choice' || value.operator !== '?:') return null
  const leaking = livingOptions(value).filter(({ option, conditions }) => {
    const part = errorPart(option, isSpared)
    return part !== null && !isSpared(conditions, part)
  })
  return leaking.length === 1 ? (leaking[0]?.option.at ?? null) : null
}

/** How sure it is that something of the inside gets out. */
function surestFor(found: ErrorPart, carrier: Carrier, sort: ErrorLeak['status'], statuses: readonly number[]): Confidence {
  if (found.part === 'stack') return 'high'
  if (found.part === 'whole' && carrier.view !== null) return 'medium'
  if (found.part === 'details') return sort === 'client' || isForForms(found.source) ? 'low' : 'medium'
  // Only what an error carries of its own is serialised, and most carry nothing (domain facts D10, D11).
  if (found.part === 'whole') return sort === 'client' ? 'low' : 'medium'
  if (carrier.view !== null || sort === 'client') return 'medium'
  return sort === 'any' && statuses.length === 0 ? 'medium' : 'high'
}

function isForForms(source: Value): boolean {
  return source.kind === 'member' && /^(errors|details|issues|keyValue|info|inner|hint|reason)$/.test(source.name)
}

function rootOf(source: Value): ParameterValue | null {
  const root = firstLeafWithin(source, isErrorItself)
  return root?.kind === 'parameter' ? root : null
}
