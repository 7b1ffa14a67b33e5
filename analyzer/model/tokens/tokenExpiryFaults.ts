// Tokens that stay good for ever or for too long, and checks that do not ask for their time.
import type { CallRecord, ObjectValue, Value } from '../../link/value.js'
import { locationKey, type Location } from '../../text/location.js'
import type { Confidence, ProjectModel } from '../model.js'
import { contains } from '../search.js'
import { DAY, daysText, isMeantAsSeconds, millisecondsOf, writtenTimes } from './tokenTimes.js'
import { tokenLifetimes, type TokenLifetime } from './tokenLifetimes.js'
import { tokenSettings, type TokenSettings } from './tokenSettings.js'
import { wordsAround } from './tokenPurpose.js'
import { tokenVerifications } from './tokenVerifications.js'
import { hasProperty, isTrue, possibleValues, property, stringsOf } from '../values.js'

export type ExpiryFault =
  /** Signed without an end. `where` is the object in the code that lacks it, where there is one. */
  | { readonly kind: 'forever'; readonly at: Location; readonly lifetime: TokenLifetime; readonly confidence: Confidence }
  /** One setting for all calls lacks it. */
  | { readonly kind: 'settings'; readonly at: Location; readonly settings: TokenSettings; readonly signings: readonly CallRecord[] }
  /** It is written where nobody reads it. */
  | {
      readonly kind: 'misplaced'
      readonly at: Location
      readonly where: Misplaced
      readonly holder: ObjectValue
      readonly settings: TokenSettings | null
      readonly signing: TokenLifetime | null
    }
  | { readonly kind: 'instant'; readonly at: Location; readonly text: string; readonly confidence: Confidence }
  | { readonly kind: 'long'; readonly at: Location; readonly length: string; readonly confidence: Confidence }
  /** Expired tokens are let in. */
  | { readonly kind: 'ignored'; readonly at: Location; readonly holder: ObjectValue; readonly confidence: Confidence }

type Misplaced = 'options' | 'payload'

/** In the order of the calls; what stands at one place is said once. */
export function expiryFaults(model: ProjectModel): readonly ExpiryFault[] {
  const found = new Map<string, ExpiryFault>()
  const lifetimes = tokenLifetimes(model)
  const all = [
    ...tokenSettings(model).flatMap(misplacedSetting),
    ...lifetimes.flatMap((one) => endless(model, one, lifetimes)),
    ...lifetimes.flatMap((one) => timeFaults(model, one)),
    ...ignoredExpiry(model),
  ]
  for (const fault of all) if (!found.has(locationKey(fault.at))) found.set(locationKey(fault.at), fault)
  return [...found.values()]
}

/** `register(jwt, { secret, expiresIn })`, where only `sign.expiresIn` counts. */
function misplacedSetting(settings: TokenSettings): readonly ExpiryFault[] {
  if (settings.signKey === '' || hasProperty(property(settings.options, settings.signKey), 'expiresIn') !== 'no') return []
  return possibleValues(settings.options).flatMap((holder) => {
    const at = holder.kind === 'object' ? holder.writtenAt.get('expiresIn') : undefined
    return at === undefined || holder.kind !== 'object'
      ? []
      : [{ kind: 'misplaced' as const, at, where: 'options' as const, holder, settings, signing: null }]
  })
}

function endless(model: ProjectModel, lifetime: TokenLifetime, all: readonly TokenLifetime[]): readonly ExpiryFault[] {
  const { signing, expires, isOpaque, settings } = lifetime
  const { at } = signing.call
  if (expires === 'unknown') return isOpaque ? [{ kind: 'forever', at, lifetime, confidence: 'low' }] : []
  if (expires === 'yes') return []
  const [holder] = possibleValues(signing.subject)
  const written = holder?.kind === 'object' ? holder.writtenAt.get('expiresIn') : undefined
  if (written !== undefined && holder?.kind === 'object')
    return [{ kind: 'misplaced', at: written, where: 'payload', holder, settings: null, signing: lifetime }]
  const [only, second] = settings
  if (only === undefined || second !== undefined) return [{ kind: 'forever', at, lifetime, confidence: 'high' }]
  // What is written at the wrong place of the settings is said there.
  if (misplacedSetting(only).length > 0) return []
  const alike = all.filter((one) => one.settings.includes(only))
  const signings = alike.filter((one) => one.expires === 'no').map((one) => one.signing.call)
  // A setting for access tokens is none for what renews them, where those say their own time already.
  if (alike.length > signings.length && signings.every((one) => wordsAround(model, one).has('refresh')))
    return [{ kind: 'forever', at, lifetime, confidence: 'high' }]
  return [{ kind: 'settings', at: only.call.at, settings: only, signings }]
}

const LONGEST = 90 * DAY
const LONGEST_ACCESS = 30 * DAY

function timeFaults(model: ProjectModel, { time, signing }: TokenLifetime): readonly ExpiryFault[] {
  if (time === null) return []
  const { literals, isOnly } = writtenTimes(time.value)
  return literals.flatMap((literal): readonly ExpiryFault[] => {
    const { at } = literal
    if (isMeantAsSeconds(literal) && signing.library !== 'jose')
      return [{ kind: 'instant', at, text: String(literal.value), confidence: isOnly ? 'high' : 'medium' }]
    const length = millisecondsOf(literal, time.unit)
    if (length === null || length <= LONGEST_ACCESS || !isOnly) return []
    const words = wordsAround(model, signing.call)
    if (length <= LONGEST && !words.has('access')) return []
    // Keys for programs live longer than what a browser keeps.
    const isKey = [...words].some((word) => /^(apikey|api|key|anon|device|licen[cs]e|unsubscribe|invite|invitation)$/.test(word))
    return [
      {
        kind: 'long',
        at,
        length: daysText(length),
        confidence: (isKey && !words.has('access')) || isForOthers(signing.options) ? 'low' : 'medium',
      },
    ]
  })
}

/** Providers say themselves how long what they are sent may live. */
function isForOthers(options: Value | null): boolean {
  return stringsOf(property(options, 'audience')).some((audience) => /^https?:/.test(audience))
}

function ignoredExpiry(model: ProjectModel): readonly ExpiryFault[] {
  return tokenVerifications(model).flatMap(({ call, options }) =>
    possibleValues(options).flatMap((holder): readonly ExpiryFault[] => {
      if (holder.kind !== 'object' || isTrue(property(holder, 'ignoreExpiration')) !== 'yes') return []
      const at = holder.writtenAt.get('ignoreExpiration') ?? call.at
      if (asksForTime(model, call)) return []
      const words = wordsAround(model, call)
      const isRenewal = [...words].some((word) =>
        /^(refresh|renew|rotate|reissue|logout|signout|revoke|expired|invalidate|blacklist)$/.test(word),
      )
      return [{ kind: 'ignored', at, holder, confidence: isRenewal ? 'low' : 'high' }]
    }),
  )
}

/** Where the code behind it looks at `exp` by itself, it says when a token is too old. */
function asksForTime(model: ProjectModel, { at }: CallRecord): boolean {
  return model.calls.some(
    (call) =>
      call.at.file === at.file &&
      call.guards.some(({ value }) => contains(value, (one: Value) => one.kind === 'member' && one.name === 'exp')),
  )
}
