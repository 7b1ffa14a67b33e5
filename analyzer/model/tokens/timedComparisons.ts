// Secrets that are compared with what a request brings, character by character, so that the time says how much of it was right.
import type { CallRecord, FunctionValue, OperationValue, Value } from '../../link/value.js'
import { inSameFunction, locationKey, type FunctionPlace, type Location } from '../../text/location.js'
import { comparisonsThat, operationsIn } from '../secrets/comparisons.js'
import { givenPart } from '../input/givenInput.js'
import type { Confidence, ProjectModel } from '../model.js'
import { isGivenName, isKeyName } from './comparedNames.js'
import { handedComparisons, servingFunctions } from './handedComparisons.js'
import { opensWhenUnset } from './openComparisons.js'
import { rememberedByName } from '../names.js'
import { methodName, originOf } from '../origins.js'
import { isGivenCode, refusesWhenEqual } from '../secrets/passwordComparisons.js'
import { isGivenPassword, isStoredPassword } from '../secrets/passwords.js'
import { recorded, recordedOnce } from '../recorded.js'
import { secretKind, wordsOf } from '../secrets/secretNames.js'
import { possibleValues } from '../values.js'

export interface TimedComparison {
  readonly at: Location
  readonly operator: string
  /** `signature`: an HMAC that was just made. `secret`: of the environment. `stored`: of a record. */
  readonly kind: 'signature' | 'secret' | 'stored'
  /** `the variable API_KEY`, `resetToken`. */
  readonly name: string
  /** True where nothing that is sent equals a variable that is not set. */
  readonly isOpen: boolean
  /** True in a function that compares whatever it is given. */
  readonly isForAll: boolean
  readonly confidence: Confidence
}

/** In production, once per place, in order. Passwords that are kept as they were typed are a matter of their own. */
export function timedComparisons(model: ProjectModel): readonly TimedComparison[] {
  const found = new Map<string, TimedComparison>()
  const add = (operation: OperationValue, side: Side, call: CallRecord | null): void => {
    const key = locationKey(operation.at)
    if (found.has(key) || !model.productionFiles.has(operation.at.file)) return
    const { kind, name, isRequest, isVague, isForAll = false } = side
    found.set(key, {
      at: operation.at,
      operator: operation.operator,
      kind,
      name,
      isOpen: call !== null && opensWhenUnset(model, { operation, call, ...side }),
      isForAll,
      confidence: isRequest && kind !== 'stored' && isVague !== true ? 'high' : 'medium',
    })
  }
  for (const { operation, call, given, other, ...side } of suspicious(model))
    if (isDecided(operation, { given, ...side }, call.at) && !refusesWhenEqual(model, { operation, call, given, other }))
      add(operation, { given, other, ...side }, call)
  for (const { operation, ...side } of returned(model)) add(operation, side, null)
  for (const { operation, handed } of handedOver(model))
    for (const side of sidesOf(handed)) add(operation, { ...side, isForAll: true }, null)
  return [...found.values()]
}

interface Side {
  readonly given: Value
  readonly other: Value
  readonly kind: TimedComparison['kind']
  readonly name: string
  /** True where it certainly came with a request. */
  readonly isRequest: boolean
  /** True where the name of a key says nothing of what it opens. */
  readonly isVague?: boolean
  /** True where only a function says that it was given it, whose parameters may be anything: what asks that function decides. */
  readonly isForAll?: boolean
}

/** `same(req.get('x-key'), process.env.KEY)`: another function goes by the outcome. */
function isDecided({ at }: OperationValue, { given, isForAll }: Pick<Side, 'given' | 'isForAll'>, by: FunctionPlace): boolean {
  return isForAll !== true || (given.kind === 'parameter' && inSameFunction(at, given.fn) && !inSameFunction(at, by))
}

const suspicious = comparisonsThat(() => sidesOf)

const handedOver = handedComparisons((given, other) => sideOf(given, other) !== null)

/** What guards and handlers answer with, `return request.headers['x-api-key'] === key`, and what they throw by: no call need depend on it. */
const returned = recordedOnce((model): readonly (Side & { readonly operation: OperationValue })[] =>
  servingFunctions(model).flatMap((fn) => returnedBy(model, fn)),
)

const returnedBy = recorded((model, fn: FunctionValue) => {
  const { returns, throws } = model.summaryOf(fn)
  const tested = throws.flatMap(({ guards }) => guards.filter(({ kind }) => kind !== 'off'))
  return [...returns, ...tested]
    .flatMap(({ value }) => operationsIn(value))
    .flatMap((operation) => sidesOf(operation).map((side) => ({ ...side, operation })))
    .filter((side) => isDecided(side.operation, side, { file: fn.source.file, fn: fn.facts.id }))
})

function sidesOf({ operator, operands: [left, right] }: OperationValue): readonly Side[] {
  if (left === undefined || right === undefined || !/^[!=]==?$/.test(operator)) return []
  return [sideOf(left, right), sideOf(right, left)].flatMap((side) => (side === null ? [] : [side])).slice(0, 1)
}

function sideOf(given: Value, other: Value): Side | null {
  if (given.kind === 'literal' || other.kind === 'literal') return null
  const part = givenPart(given)
  const isRequest = part !== null && /^(body|query|params|headers|cookies)$/.test(part)
  if (!isRequest && !(given.kind === 'parameter' && part === null)) return null
  if (isLength(given) || givenPart(other) !== null || isGivenCode(given) || (isGivenPassword(given) && isStoredPassword(other))) return null
  const secret = secretOf(other, 0)
  const variable = variableOf(other)
  if (secret === null && isRequest && variable !== null && isKeyName(variable))
    return { given, other, kind: 'secret', name: variable, isRequest, isVague: /key$/i.test(variable) }
  if (secret === null || (secret.kind === 'stored' && !isRequest)) return null
  // An HMAC that was just made is there to check what the function is given, whatever it calls that.
  const isGiven = isRequest || secret.kind === 'signature' || (given.kind === 'parameter' && isGivenName(given.name))
  if (isGiven) return { given, other, ...secret, isRequest }
  return secret.kind === 'secret' ? { given, other, ...secret, isRequest, isForAll: true } : null
}

/** The variable that a value is, whatever stands in for it where it is missing. */
function variableOf(value: Value): string | null {
  const isDefaulted = value.kind === 'choice' && (value.operator === '??' || value.operator === '||')
  const [one, other] = isDefaulted ? value.options.slice(0, 1) : possibleValues(value).filter(isSet)
  return one?.kind === 'environment' && other === undefined ? one.name : null
}

function isSet(value: Value): boolean {
  return value.kind !== 'literal' || (value.value !== undefined && value.value !== null && value.value !== '')
}

function isLength(value: Value): boolean {
  return value.kind === 'member' && /^(length|size|byteLength)$/.test(value.name)
}

function secretOf(value: Value, depth: number): Pick<Side, 'kind' | 'name'> | null {
  if (depth > 6) return null
  const first = (values: readonly Value[]): Pick<Side, 'kind' | 'name'> | null => {
    for (const one of values) {
      const secret = secretOf(one, depth + 1)
      if (secret !== null) return secret
    }
    return null
  }
  switch (value.kind) {
    case 'environment':
      return secretKind(value.name) === null ? null : { kind: 'secret', name: value.name }
    case 'result':
      if (isHmac(value)) return { kind: 'signature', name: 'an HMAC' }
      return value.call.callee.kind === 'member' && /^(trim|toString|toLowerCase|toUpperCase)$/.test(value.call.callee.name)
        ? secretOf(value.call.callee.object, depth + 1)
        : null
    case 'member':
      return isStored(value) ? { kind: 'stored', name: value.name } : null
    case 'template':
      return first(value.parts)
    case 'operation':
      return value.operator === '+' ? first(value.operands) : null
    case 'choice':
      // A setting may be unset; what is one of several things is none for sure.
      return value.operator === '??' || value.operator === '||'
        ? first(value.options.slice(0, 1))
        : first(possibleValues(value).filter(isSet).slice(0, 1))
    case 'promise':
      return value.result === null ? null : secretOf(value.result, depth + 1)
    default:
      return null
  }
}

/** `createHmac(…).update(…).digest('hex')`, `CryptoJS.HmacSHA256(…).toString()`. */
function isHmac(value: Value): boolean {
  const origin = originOf(value)
  if (origin === null) return false
  if (origin.package === 'crypto')
    return origin.path[0] === 'createHmac' && origin.calls.some(({ callee }) => methodName(callee) === 'digest')
  return origin.package === 'crypto-js' && /^Hmac/.test(origin.path[0] ?? '')
}

/** A secret of a record: `user.resetToken`, `client.apiKey`. The one before, or one that was used, opens nothing. */
function isStored(value: Value & { readonly kind: 'member' }): boolean {
  if (
    secretKind(value.name) === null ||
    wordsOf(value.name).some((word) => /^(last|previous|prev|old|used|public|type|csrf|device|push)$/.test(word))
  )
    return false
  let root: Value = value
  while (root.kind === 'member') root = root.object
  // What a callback gets: `User.findById(id, (err, user) => …)`.
  if (root.kind === 'parameter') return root.role === 'unknown' && isRecordName(root.name)
  return root.kind === 'result' || root.kind === 'unknown' || root.kind === 'typed'
}

const isRecordName = rememberedByName((name) =>
  wordsOf(name).some((word) =>
    /^(user|account|client|customer|member|admin|record|doc|row|found|partner|tenant|merchant|device|session|invite|invitation)$/.test(
      word,
    ),
  ),
)
