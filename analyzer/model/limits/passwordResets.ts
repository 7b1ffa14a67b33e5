// Handlers that set a password for whoever brings the right token or code: what is guessed is that one.
import type { CallRecord, FunctionValue, Value } from '../../link/value.js'
import { mayBe } from '../../frameworks/knownPackages.js'
import { conductOf } from '../conduct.js'
import { givenPart } from '../input/givenInput.js'
import type { ProjectModel } from '../model.js'
import { rememberedByName } from '../names.js'
import { globalOf, originOf } from '../origins.js'
import { valuesWithin } from '../search.js'
import { isGivenPassword } from '../secrets/passwords.js'
import { wordsOf } from '../secrets/secretNames.js'
import { searchFor } from '../wideSearch.js'

/** True where a typed password is handed on, to be hashed or kept, and a token of the request decides whether that happens or the request is refused. */
export function setsPasswordByToken(model: ProjectModel, fn: FunctionValue): boolean {
  const { records, refusals, summary } = conductOf(model, fn)
  const handing = [...records.filter(({ callee }) => globalOf(callee) === null), ...(summary.deliveries ?? [])].filter(({ args }) =>
    args.some(holdsGivenPassword),
  )
  return handing.length > 0 && [...handing, ...refusals].some(({ guards }) => guards.some(({ value }) => isDecidedByToken(value)))
}

// Handlers share what they call, and with it nearly all that they hand on and stand behind.
const holdsGivenPassword = searchFor(isGivenPassword, new WeakMap())
const isDecidedByToken = searchFor(decidesByToken, new WeakMap())

/** A token is compared with what is kept, given to something whose answer counts, or what a record is looked up by. Whether there is one at all is no question about it. */
function decidesByToken(value: Value): boolean {
  if (value.kind === 'operation') {
    const [left, right] = value.operands
    if (left === undefined || right === undefined || !/^[!=]==?$/.test(value.operator)) return false
    return (isToken(left) && isKept(right)) || (isToken(right) && isKept(left))
  }
  return value.kind === 'result' && globalOf(value.call.callee) === null && !readsSignature(value.call) && holdsToken(value.call)
}

function holdsToken({ args }: CallRecord): boolean {
  return args.some((arg) => valuesWithin(arg).some(isToken))
}

/** Nobody guesses a token that is signed. */
function readsSignature({ callee }: CallRecord): boolean {
  const origin = originOf(callee)
  return origin !== null && mayBe(origin.package, 'token')
}

function isKept(value: Value): boolean {
  return value.kind !== 'literal' && givenPart(value) === null
}

/** As the request brought it, or as a function was given it. */
function isToken(value: Value): boolean {
  if (value.kind === 'parameter') return value.role === 'unknown' && isTokenName(value.name)
  const part = value.kind === 'member' ? givenPart(value) : null
  return value.kind === 'member' && (part === 'body' || part === 'query' || part === 'params') && isTokenName(value.name)
}

/** Those that say who somebody is, and not that a person sits there, or where one lives. */
const isTokenName = rememberedByName((name) => {
  const words = wordsOf(name)
  return /^(token|code|otp|pin)$/.test(words.at(-1) ?? '') && !words.some((word) => others.test(word))
})

const others =
  /^(csrf|xsrf|captcha|recaptcha|hcaptcha|turnstile|device|push|fcm|expo|promo|coupon|voucher|discount|gift|referral|postal|post|zip|area|country|currency|language|lang|status|error|access|refresh|id|bearer)$/
