// Redirects by who asks: strangers are sent to a login, and whoever is known is sent away from it.
import type { CallRecord, OperationValue, PathCondition, Value } from '../link/value.js'
import { inSameFunction } from '../text/location.js'
import { readsRequest, type Conduct } from './conduct.js'
import { globalOf, methodName, originOf } from './origins.js'
import { isRequest } from './requests.js'
import type { ResponseRecord } from './responses.js'
import { negated, ofParts, type Answer } from './threeValued.js'

/** `if (!req.user) return res.redirect('/login')`. `names` are those under which a request has credentials. */
export function strangerRedirect({ answers }: Conduct, names: RegExp): ResponseRecord | undefined {
  return answers.find(
    ({ method, record: { guards } }) =>
      method === 'redirect' && guards.some((guard) => mayMeanStranger(guard, names)) && !guards.some((guard) => asksForKnown(guard, names)),
  )
}

/** `if (req.isAuthenticated()) return res.redirect('/home')`, and nothing else stands in anybody's way. */
export function sendsKnownAway(conduct: Conduct, verification: CallRecord, names: RegExp): boolean {
  const { answers, forwards, summary } = conduct
  return (
    answers.length > 0 &&
    forwards.length === 0 &&
    summary.throws.length === 0 &&
    !throwsAtStrangers(verification) &&
    answers.every(
      ({ method, record: { guards } }) =>
        method === 'redirect' &&
        guards.some(({ value, holds }) => readsRequest(value, names) || toldToCallback(value, verification) === !holds),
    ) &&
    strangerRedirect(conduct, names) === undefined
  )
}

/** Who has no token does not get past `jwt.verify(req.cookies.token, secret)`, which throws where it has no callback to tell. */
function throwsAtStrangers({ callee, args, guards, isCaught }: CallRecord): boolean {
  const isOfRequest = callee.kind === 'member' && isRequest(callee.object)
  return !isOfRequest && !isCaught && guards.length === 0 && !args.some(({ kind }) => kind === 'function')
}

/** `jwt.verify(token, key, (error, claims) => …)`: what a condition on what the callback is told comes to where nobody is known, whose token is missing or wrong. */
function toldToCallback(value: Value, verification: CallRecord): Answer {
  const composed = ofParts(value, (one) => toldToCallback(one, verification))
  if (composed !== undefined) return composed
  if (value.kind !== 'parameter') return null
  const isTold = verification.args.some(
    (arg) => arg.kind === 'function' && inSameFunction(value.fn, { file: arg.source.file, fn: arg.facts.id }),
  )
  return isTold ? value.index === 0 : null
}

function mayMeanStranger({ value, holds }: PathCondition, names: RegExp): boolean {
  if (value.kind === 'operation' && value.operator === '!')
    return value.operands.some((one) => mayMeanStranger({ value: one, holds: !holds }, names))
  if (value.kind === 'choice' && /^(&&|\|\|)$/.test(value.operator))
    return value.options.some((one) => mayMeanStranger({ value: one, holds }, names))
  return reads(value, names, 0) && (ofStranger(value, { names, isSure: false }, 0) ?? holds) === holds
}

/** `if (req.user)` around `if (!req.user.verified)`. */
function asksForKnown({ value, holds }: PathCondition, names: RegExp): boolean {
  return ofStranger(value, { names, isSure: true }, 0) === !holds
}

interface Question {
  readonly names: RegExp
  /** Where that has to be certain, `req.session` may be there for strangers, and what is looked up as well. */
  readonly isSure: boolean
}

const DEEPEST = 6

function reads(value: Value, names: RegExp, depth: number): boolean {
  if (readsRequest(value, names) || isLocal(value, names)) return true
  if (depth > DEEPEST) return false
  if (value.kind === 'operation') return value.operands.some((one) => reads(one, names, depth + 1))
  if (value.kind !== 'choice') return false
  const tested = (value.conditions ?? []).flat().map((condition) => condition.value)
  return [...value.options, ...tested].some((one) => reads(one, names, depth + 1))
}

/** Whether a condition is met by a request that has no credentials; null where that is not known. */
function ofStranger(value: Value, question: Question, depth: number): Answer {
  if (depth > DEEPEST) return null
  const within = (one: Value): Answer => ofStranger(one, question, depth + 1)
  if (value.kind === 'literal') return Boolean(value.value)
  const composed = ofParts(value, within)
  if (composed !== undefined) return composed
  if (value.kind === 'operation') return ofComparison(value, question, within)
  if (value.kind === 'result') return ofCall(value.call, question, within)
  if (isAbsent(value, question.names)) return false
  return !question.isSure && (readsRequest(value, question.names) || isLocal(value, question.names)) ? false : null
}

function ofComparison({ operator, operands: [left, right] }: OperationValue, { names }: Question, within: (one: Value) => Answer): Answer {
  if (left === undefined || right === undefined) return null
  if (operator === 'in') return left.kind === 'literal' && names.test(String(left.value)) ? false : null
  if (!/^[!=]==?$/.test(operator)) return null
  const isSame = isEqual(left, right, within) ?? isEqual(right, left, within)
  return operator.startsWith('!') ? negated(isSame) : isSame
}

/** Of a comparison with nothing, with true or with a type. What is compared with anything else may be meant for strangers. */
function isEqual(value: Value, literal: Value, within: (one: Value) => Answer): Answer {
  if (literal.kind !== 'literal') return null
  const typed = value.kind === 'operation' && value.operator === 'typeof' ? value.operands[0] : undefined
  if (typed !== undefined) return within(typed) === false ? literal.value === 'undefined' : null
  if (literal.value === null || literal.value === undefined) return negated(within(value))
  return literal.value === true ? within(value) : null
}

/** `req.isAuthenticated()`, `_.isEmpty(req.user)`, `await User.findById(req.session.userId)`. */
function ofCall(call: CallRecord, { names, isSure }: Question, within: (one: Value) => Answer): Answer {
  const { callee, args, isAwaited } = call
  const [first] = args
  if (callee.kind === 'member' && isRequest(callee.object) && args.length === 0 && /^is(Una|A)uthenticated$/.test(callee.name))
    return callee.name === 'isUnauthenticated'
  if (first !== undefined && globalOf(callee) === 'Boolean') return within(first)
  if (first !== undefined && originOf(callee) !== null && /^is(Empty|Nil|Null|Undefined)$/.test(nameOf(call))) return negated(within(first))
  const isAsked = isAwaited || (callee.kind === 'member' && readsRequest(callee, names))
  return isAsked && !isSure ? false : null
}

/** `_.isEmpty`, or `lodash/isEmpty`. */
function nameOf({ callee }: CallRecord): string {
  const name = methodName(callee) ?? ''
  return name === '' || name === 'default' ? (originOf(callee)?.package.split('/').at(-1) ?? '') : name
}

/** `req.user.verified`, `req.session.userId`: nothing stands there for strangers. What a body or a query brings is no credential. */
function isAbsent(value: Value, names: RegExp): boolean {
  let isNamed = false
  let one = value
  for (; one.kind === 'member' && !isRequest(one); one = one.object) {
    if (/^(body|query|params)$/.test(one.name)) return false
    isNamed ||= names.test(one.name) && !/^(session|cookies|signedCookies|auth)$/.test(one.name)
  }
  return isNamed && isRequest(one)
}

/** What an earlier layer left for the views. */
function isLocal(value: Value, names: RegExp): boolean {
  return value.kind === 'member' && names.test(value.name) && value.object.kind === 'member' && value.object.name === 'locals'
}
