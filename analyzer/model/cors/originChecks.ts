// Conditions on the origin of a request: exact lists, and checks that other origins pass too.
import type { CallRecord, RegexValue, Value } from '../../link/value.js'
import { inSameFunction, isWithinFunction, type FunctionPlace, type Location } from '../../text/location.js'
import { matchesEveryOrigin, patternWeakness, textWeakness, type Weakness } from './originPatterns.js'
import { searches } from './originDecisions.js'
import { isOriginValue } from './originValues.js'
import { valueWhenUnset } from '../defaults.js'
import type { ProjectModel } from '../model.js'
import { schemaFallback } from '../secrets/schemaFallback.js'
import { environmentNamesIn } from '../search.js'
import { possibleValues, stringOf } from '../values.js'

export interface OriginCheck {
  /** `list`: equals one of these. `weak`: others pass too. `every`: everything passes. */
  readonly kind: 'list' | 'weak' | 'every'
  readonly at: Location
  /** For `list`: the values that are compared. */
  readonly listed: readonly Value[]
  readonly weakness: Weakness | null
  /** The method or the pattern, for messages. */
  readonly text: string
  /** The call or pattern that a fix may replace; null where none. */
  readonly replaceable: Value | null
  /** What is searched for the origin as a text, where the search is the weakness. */
  readonly searched?: Value
  /** True where the text that it is compared with is not known, though whatever it is, more passes. */
  readonly isAnyText?: true
}

/** How a condition comes out. */
export interface Outcome {
  readonly holds: boolean
}

/** Calls in functions that are written within this one: what `list.some((one) => …)` asks of each entry. */
export function callsInCallbacks(calls: readonly CallRecord[], fn: FunctionPlace): readonly CallRecord[] {
  return calls.filter(({ at }) => isWithinFunction(at, fn) && !inSameFunction(at, fn))
}

/** The checks by which a condition lets an origin pass, when it comes out as `holds`. `inner` are the calls of the function around it, for `list.some((one) => …)`. */
export function originChecks(model: ProjectModel, test: Value, outcome: Outcome, inner: readonly CallRecord[]): readonly OriginCheck[] {
  return checksWithin(test, outcome, { model, inner, whenTrue: new Map(), whenFalse: new Map() })
}

/** Values share parts: each is looked into once for each outcome. */
interface Asked {
  readonly model: ProjectModel
  readonly inner: readonly CallRecord[]
  readonly whenTrue: Map<Value, readonly OriginCheck[]>
  readonly whenFalse: Map<Value, readonly OriginCheck[]>
}

function checksWithin(test: Value, { holds }: Outcome, asked: Asked): readonly OriginCheck[] {
  const known = holds ? asked.whenTrue : asked.whenFalse
  let checks = known.get(test)
  if (checks === undefined) known.set(test, (checks = checksOf(test, { holds }, asked)))
  return checks
}

function checksOf(test: Value, { holds }: Outcome, asked: Asked): readonly OriginCheck[] {
  if (test.kind === 'operation') return operationChecks(test, { holds }, asked)
  if (test.kind === 'choice') {
    const each = [...new Set(test.options.flatMap((option) => checksWithin(option, { holds }, asked)))]
    if (test.operator === '||' ? holds : test.operator === '&&' ? !holds : false) return each
    // All of them have to pass: one exact comparison is enough.
    return each.some(({ kind }) => kind === 'list') ? [] : each
  }
  if (!holds || test.kind !== 'result') return []
  const { callee } = test.call
  return callee.kind === 'member' && searches.has(callee.name) ? callbackChecks(asked) : callChecks(asked, test, test.call)
}

function operationChecks(test: Extract<Value, { kind: 'operation' }>, { holds }: Outcome, asked: Asked): readonly OriginCheck[] {
  const { operator, operands } = test
  const [left, right] = operands
  if (left === undefined) return []
  if ((operator === '!' || operator === '~') && right === undefined)
    return checksWithin(left, { holds: operator === '~' ? holds : !holds }, asked)
  if (searches.has(operator)) return holds ? callbackChecks(asked) : []
  if (operator === 'includes') return holds && right !== undefined && isOriginValue(right) ? [listed(test.at, left)] : []
  if (right === undefined || !comparisons.has(operator)) return []
  const isEqual = operator === '===' || operator === '=='
  // With `origin || ''` the search has two results, of which one is known.
  const searched = [left, right].flatMap(possibleValues).find((one) => one.kind === 'result')
  const number = [left, right].find((one) => one.kind === 'literal' && typeof one.value === 'number')
  if (searched?.kind === 'result' && number !== undefined) {
    const isPosition = number.kind === 'literal' && number.value === 0 && isEqual
    if (isPosition) return holds ? callChecks(asked, test, searched.call, 'startsWith') : []
    return isEqual === holds ? [] : callChecks(asked, test, searched.call)
  }
  if (isEqual !== holds) return []
  const other = isOriginValue(left) ? right : isOriginValue(right) ? left : null
  return other === null ? [] : [listed(test.at, other)]
}

const comparisons = new Set(['===', '==', '!==', '!=', '>', '>=', '<', '<='])

/** What functions inside the one that is looked at ask. */
function callbackChecks(asked: Asked): readonly OriginCheck[] {
  return asked.inner
    .filter((record) => !record.isWrite && record.callee.kind === 'member')
    .flatMap((record) => callChecks(asked, null, record))
}

function callChecks({ model }: Asked, value: Value | null, record: CallRecord, as?: string): readonly OriginCheck[] {
  const { callee, args } = record
  if (callee.kind !== 'member') return []
  const [first] = args
  const pattern = writtenPattern(callee.object)
  if (pattern !== null && first !== undefined && isOriginValue(first)) return patternChecks(pattern, record.at)
  if (isOriginValue(callee.object)) {
    if (callee.name === 'match' || callee.name === 'search')
      return possibleValues(first ?? null).flatMap((one) => (one.kind === 'regex' ? patternChecks(one, record.at) : []))
    const weakness = textWeakness(as ?? callee.name, writtenText(model, first ?? null))
    if (weakness === null) return (as ?? callee.name) === 'startsWith' && isWholeOrigin(first) ? [openEnded(record, callee.name)] : []
    return [
      { kind: 'weak', at: record.at, listed: [], weakness: { ...weakness, better: null }, text: `${callee.name}(…)`, replaceable: value },
    ]
  }
  const isSearch = callee.name === 'includes' || callee.name === 'indexOf'
  if (!isSearch || first === undefined || !isOriginValue(first)) return []
  if (possibleValues(callee.object).every(isText))
    return [
      {
        kind: 'weak',
        at: record.at,
        listed: [],
        weakness: { why: 'searches a text and not a list, so every part of the text passes', example: '', better: null },
        text: `${callee.name}(…)`,
        replaceable: null,
        searched: callee.object,
      },
    ]
  return [listed(record.at, callee.object)]
}

/** A text, or what stands in for a variable, there or in a schema over the environment: that says how the variable is meant. */
function writtenText(model: ProjectModel, value: Value | null): string | null {
  return stringOf(valueWhenUnset(value) ?? (value?.kind === 'environment' ? schemaFallback(model, value.name) : null))
}

/** What a setting or a list of settings gives is a whole origin, as its like are written: without the slash that would end it. */
function isWholeOrigin(text: Value | undefined): boolean {
  if (text === undefined || stringOf(text) !== null || isOriginValue(text)) return false
  if (text.kind === 'template' || text.kind === 'operation') {
    const last = text.kind === 'template' ? text.parts.at(-1) : text.operands.at(-1)
    return last !== undefined && last.kind !== 'literal' && isWholeOrigin(last)
  }
  // A list that is known says itself what it holds.
  if (text.kind === 'choice') return possibleValues(text).every((one) => isWholeOrigin(one))
  if (!/^(environment|parameter|member|result|unknown)$/.test(text.kind)) return false
  return !/scheme|protocol|extension/i.test([...environmentNamesIn(text), text.kind === 'parameter' ? text.name : ''].join(' '))
}

function openEnded({ at }: CallRecord, name: string): OriginCheck {
  const weakness: Weakness = {
    why: 'does not look at the end of the origin, whatever it is compared with',
    example: 'https://app.example.com.evil.example',
    better: null,
  }
  return { kind: 'weak', at, listed: [], weakness, text: `${name}(…)`, replaceable: null, isAnyText: true }
}

/** A text and no list: a variable of the environment, a literal. */
function isText(value: Value): boolean {
  return value.kind === 'environment' || value.kind === 'template' || (value.kind === 'literal' && typeof value.value === 'string')
}

/** A pattern in the text, also as `new RegExp('…')`. */
export function writtenPattern(value: Value): RegexValue | null {
  if (value.kind !== 'result') return value.kind === 'regex' ? value : null
  const { callee, args } = value.call
  const pattern = callee.kind === 'global' && callee.name === 'RegExp' ? stringOf(args[0] ?? null) : null
  return pattern === null ? null : { kind: 'regex', at: value.at, pattern, flags: stringOf(args[1] ?? null) ?? '' }
}

/** What a regular expression as a check of origins comes to. */
export function patternChecks(regex: RegexValue, at: Location): readonly OriginCheck[] {
  const text = `/${regex.pattern}/${regex.flags}`
  if (matchesEveryOrigin(regex.pattern, regex.flags)) return [{ kind: 'every', at, listed: [], weakness: null, text, replaceable: regex }]
  const weakness = patternWeakness(regex.pattern)
  return weakness === null ? [] : [{ kind: 'weak', at: regex.at, listed: [], weakness, text, replaceable: regex }]
}

function listed(at: Location, list: Value): OriginCheck {
  const values = possibleValues(list).flatMap((one) => (one.kind === 'array' ? one.elements : [one]))
  return { kind: 'list', at, listed: values, weakness: null, text: '', replaceable: null }
}
