// Which origins the `origin` option of CORS lets in.
import type { CallRecord, FunctionValue, Guard, Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { schemaFallback } from '../secrets/schemaFallback.js'
import { runsWhenUnset, valueWhenUnset } from '../defaults.js'
import type { Confidence, ProjectModel } from '../model.js'
import { coversAll, isCallback, isLettingAll } from './originAnswers.js'
import { callsInCallbacks, originChecks, patternChecks, writtenPattern, type OriginCheck } from './originChecks.js'
import { asksForPresence, decidesByOrigin } from './originDecisions.js'
import type { Weakness } from './originPatterns.js'
import { isOriginValue } from './originValues.js'
import { refusesStar } from './refusedStars.js'
import { environmentNamesIn } from '../search.js'
import { isAbsent, isFalse, startOf } from '../values.js'

export interface OriginGrant {
  /** `any`: `*`. `reflect`: the origin of each request is sent back. `null`: the origin of sandboxed pages. `fixed`: one origin, in `text`. `weak`: a check that others pass too. */
  readonly kind: 'any' | 'reflect' | 'null' | 'fixed' | 'weak'
  readonly at: Location
  readonly confidence: Confidence
  readonly text: string
  /** The variable of the environment without which this is what counts. */
  readonly variable: string | null
  readonly weakness: Weakness | null
  readonly replaceable: Value | null
  /** What is searched for the origin as a text, where the search is the weakness. */
  readonly searched?: Value
}

/** What an `origin` option grants, by its possible values; empty for what is off, fixed by configuration or not known (domain facts B1–B7). */
export function originGrants(model: ProjectModel, origin: Value): readonly OriginGrant[] {
  const granted = grantsOf(model, origin, { confidence: 'high', variable: null, depth: 0 })
  return granted.filter(({ kind, variable }) => kind !== 'any' || variable === null || !refusesStar(model, variable))
}

/** Lists within lists deeper than that say nothing of origins any more. */
const DEEPEST_LIST = 3

interface Context {
  readonly confidence: Confidence
  readonly variable: string | null
  readonly depth: number
}

function grantsOf(model: ProjectModel, value: Value, context: Context): readonly OriginGrant[] {
  if (context.depth > 8) return []
  const inner: Context = { ...context, depth: context.depth + 1 }
  switch (value.kind) {
    case 'literal':
      if (value.value === true) return [grant('reflect', value.at, context, 'true')]
      if (value.value === '*') return [grant('any', value.at, context, '*')]
      if (value.value === 'null') return [grant('null', value.at, context, 'null')]
      return typeof value.value === 'string' && value.value !== '' ? [grant('fixed', value.at, context, value.value)] : []
    case 'template':
      return startOf(value) === '' ? [] : [grant('fixed', value.at, context, startOf(value))]
    case 'array':
      // A star within an array matches nothing (domain fact B6).
      if (context.depth > DEEPEST_LIST) return []
      return value.elements.flatMap((element) => grantsOf(model, element, inner)).filter(({ kind }) => kind !== 'any')
    case 'regex':
      return patternChecks(value, value.at).flatMap((check) => grantsOfCheck(check, context))
    case 'choice':
      return choiceGrants(model, value, inner)
    case 'promise':
      return value.result === null ? [] : grantsOf(model, value.result, inner)
    case 'environment': {
      const fallback = schemaFallback(model, value.name)
      return fallback === null ? [] : grantsOf(model, fallback, { ...inner, confidence: 'medium', variable: value.name })
    }
    case 'function':
      return functionGrants(model, value, context)
    case 'operation':
      return originChecks(model, value, { holds: true }, []).flatMap((check) => grantsOfCheck(check, context))
    case 'result': {
      const pattern = writtenPattern(value)
      if (pattern !== null) return patternChecks(pattern, value.at).flatMap((check) => grantsOfCheck(check, context))
      if (!isOriginValue(value)) return originChecks(model, value, { holds: true }, []).flatMap((check) => grantsOfCheck(check, context))
      return [grant('reflect', value.at, context, 'the origin of the request')]
    }
    default:
      return isOriginValue(value) ? [grant('reflect', value.at, context, 'the origin of the request')] : []
  }
}

/** What counts with nothing set is medium, what is not known low; what a check of the origin decides is as good as the check. */
function choiceGrants(model: ProjectModel, value: Extract<Value, { kind: 'choice' }>, context: Context): readonly OriginGrant[] {
  const { test, options, operator } = value
  if (test !== null && (operator === '?:' || operator === 'join') && decidesByOrigin(test)) {
    const [then, otherwise] = options
    return [
      ...(then === undefined ? [] : grantsUnder(model, then, [{ test, holds: true }], [], context)),
      ...(otherwise === undefined ? [] : grantsUnder(model, otherwise, [{ test, holds: false }], [], context)),
    ]
  }
  const [left, last] = options
  // `isOurs(origin) && origin`
  if (operator === '&&' && left !== undefined && last !== undefined && decidesByOrigin(left))
    return grantsUnder(model, last, [{ test: left, holds: true }], [], context)
  const unset = valueWhenUnset(value)
  const variable = environmentNamesIn(value)[0] ?? null
  const isDefaulting = operator === '||' || operator === '??'
  const isForAnyOrigin = isDefaulting || test === null || asksForPresence(test)
  const counted = isDefaulting ? options.filter((option) => !(isOriginValue(options[0] ?? option) && option !== options[0])) : options
  return counted.flatMap((option) => {
    if ((isOriginValue(option) || decidesByOrigin(option)) && isForAnyOrigin) return grantsOf(model, option, context)
    if (unset === null) return grantsOf(model, option, { ...context, confidence: 'low' })
    // What somebody has to ask for in the environment is their decision.
    if (option !== unset && valueWhenUnset(option) !== unset) return []
    return grantsOf(model, option, { ...context, confidence: context.confidence === 'low' ? 'low' : 'medium', variable })
  })
}

/** A condition on a request under which something is granted. */
export interface Condition {
  readonly test: Value
  readonly holds: boolean
}

/** What is granted under conditions on the origin: where everybody would be let in, the checks say who really is. */
export function grantsUnder(
  model: ProjectModel,
  value: Value,
  conditions: readonly Condition[],
  inner: readonly CallRecord[],
  context: Context = { confidence: 'high', variable: null, depth: 0 },
): readonly OriginGrant[] {
  const granted = grantsOf(model, value, { ...context, depth: context.depth + 1 })
  const isOpen = granted.some(({ kind }) => kind === 'reflect' || kind === 'any')
  if (!isOpen || conditions.length === 0) return granted
  const checks = conditions.flatMap(({ test, holds }) => originChecks(model, test, { holds }, inner))
  const closed = granted.filter(({ kind }) => kind !== 'reflect' && kind !== 'any')
  return [...closed, ...checks.flatMap((check) => grantsOfCheck(check, context))]
}

function grantsOfCheck(check: OriginCheck, context: Context): readonly OriginGrant[] {
  if (check.kind === 'every') return [grant('reflect', check.at, context, check.text)]
  if (check.kind === 'weak')
    return [
      {
        ...grant(
          'weak',
          check.at,
          check.isAnyText && context.confidence === 'high' ? { ...context, confidence: 'medium' } : context,
          check.text,
        ),
        weakness: check.weakness,
        replaceable: check.replaceable,
        ...(check.searched === undefined ? {} : { searched: check.searched }),
      },
    ]
  return check.listed.flatMap((one): OriginGrant[] => {
    if (one.kind === 'regex') return []
    if (one.kind !== 'literal' || typeof one.value !== 'string') return []
    return [grant(one.value === 'null' ? 'null' : 'fixed', one.at, context, one.value)]
  })
}

/** What `(origin, callback) => …` answers (domain facts B3, B8). */
function functionGrants(model: ProjectModel, fn: FunctionValue, context: Context): readonly OriginGrant[] {
  const { calls } = model.summaryOf(fn)
  const answers = calls.filter((call) => isCallback(call, fn) && !call.isOff)
  const allowing = answers.filter(
    ({ args }) => isAbsent(args[0] ?? null) !== 'no' && isFalse(args[1] ?? null) !== 'yes' && args[1] !== undefined,
  )
  const inner = callsInCallbacks(calls, { file: fn.source.file, fn: fn.facts.id })
  if (coversAll(allowing.filter(isLettingAll)))
    return allowing.slice(0, 1).map((call) => grant('reflect', call.at, context, 'a callback that always answers true'))
  return allowing.flatMap((call) => {
    if (runsWhenUnset(call.guards.filter((guard) => !decidesByOrigin(guard.value))) === false) return []
    const conditions = conditionsOf(call.guards)
    const answer = call.args[1]
    if (answer === undefined) return []
    if (isLettingAll(call))
      return conditions
        .flatMap(({ test, holds }) => originChecks(model, test, { holds }, inner))
        .flatMap((check) => grantsOfCheck(check, context))
    const ownChecks = originChecks(model, answer, { holds: true }, inner)
    return ownChecks.length > 0
      ? ownChecks.flatMap((check) => grantsOfCheck(check, context))
      : grantsUnder(model, answer, conditions, inner, context).filter(({ kind }) => kind !== 'reflect' && kind !== 'any')
  })
}

export function conditionsOf(guards: readonly Guard[]): readonly Condition[] {
  return guards
    .filter(({ kind, value }) => (kind === 'condition' || kind === 'early-exit') && decidesByOrigin(value))
    .map(({ value, holds }) => ({ test: value, holds }))
}

function grant(kind: OriginGrant['kind'], at: Location, context: Context, text: string): OriginGrant {
  return { kind, at, confidence: context.confidence, text, variable: context.variable, weakness: null, replaceable: null }
}
