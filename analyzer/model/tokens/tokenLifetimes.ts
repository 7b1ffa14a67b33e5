// How long signed tokens are good for: what the call says, what the payload says, and what was set once for all of them.
import type { CallRecord, ObjectValue, Value } from '../../link/value.js'
import { locationKey } from '../../text/location.js'
import { addToGroup } from '../../grouped.js'
import type { Answer, ProjectModel } from '../model.js'
import { originOf } from '../origins.js'
import { callsThat } from '../perPart.js'
import { recordedOnce } from '../recorded.js'
import { tokenCalls, type TokenCall } from './tokenCalls.js'
import { tokenSettings, type TokenSettings } from './tokenSettings.js'
import { agreement, hasProperty, isOpaque, possibleValues, property } from '../values.js'

export interface TokenLifetime {
  readonly signing: TokenCall
  /** Whether the token expires. */
  readonly expires: Answer
  /** True where all but the payload says that it does not, and of the payload nothing is known. */
  readonly isOpaque: boolean
  /** What was set once, and says nothing of expiry. null where the call stands for itself. */
  readonly settings: readonly TokenSettings[]
  /** What it says of the time, where it says something. */
  readonly time: TokenTime | null
}

export interface TokenTime {
  readonly value: Value
  /** `milliseconds`: numbers count so; texts without a unit always do. */
  readonly unit: 'seconds' | 'milliseconds'
}

/** One for each place at which production signs tokens, in order. Where several contexts come by, the one that expires least. */
export const tokenLifetimes: (model: ProjectModel) => readonly TokenLifetime[] = recordedOnce((model) => {
  const settings = tokenSettings(model)
  const places = new Map<string, TokenLifetime[]>()
  for (const signing of tokenCalls(model, 'sign')) addToGroup(places, locationKey(signing.call.at), lifetimeOf(model, signing, settings))
  return [...places.values()].flatMap((all) => worst(all))
})

function worst(all: readonly TokenLifetime[]): readonly TokenLifetime[] {
  const found =
    all.find(({ expires }) => expires === 'no') ?? all.find((one) => one.isOpaque) ?? all.find(({ time }) => time !== null) ?? all[0]
  return found === undefined ? [] : [found]
}

function lifetimeOf(model: ProjectModel, signing: TokenCall, all: readonly TokenSettings[]): TokenLifetime {
  const { library, subject, options } = signing
  const settings = all.filter((one) => one.library === library)
  const own = signing.library === 'jose' ? builderAnswer(model, signing) : optionAnswer(nested(options))
  const ofSettings = settings.map((one) => (one.options === null ? 'unknown' : optionAnswer(signOptions(one))))
  // A service without its module is made where nobody sees it.
  const default_: Answer = settings.length > 0 ? agreement(ofSettings) : /^@/.test(library) ? 'unknown' : 'no'
  const payload = payloadAnswer(subject)
  const others = [own, default_]
  const expires = [...others, payload].includes('yes') ? 'yes' : [...others, payload].every((answer) => answer === 'no') ? 'no' : 'unknown'
  const isHidden = payload === 'unknown' && others.every((answer) => answer === 'no') && isUnseen(subject)
  return { signing, expires, isOpaque: isHidden, settings, time: timeOf(signing, settings) }
}

/** `reply.jwtSign(payload, { sign: { … } })` says the same as without the nesting. */
function nested(options: Value | null): Value | null {
  return hasProperty(options, 'sign') === 'yes' ? property(options, 'sign') : options
}

/** Options for signing. */
export function signOptions({ options, signKey }: TokenSettings): Value | null {
  return signKey === '' ? null : property(options, signKey)
}

function optionAnswer(options: Value | null): Answer {
  return options === null ? 'no' : agreement(possibleValues(options).map(expiresIn))
}

/** What stands there counts, whatever it is: configuration and the environment are for others to fill. */
function expiresIn(options: Value): Answer {
  if (options.kind === 'literal') return 'no'
  if (options.kind !== 'object') return 'unknown'
  const written = options.properties.get('expiresIn')
  if (written === undefined) return options.isOpen ? 'unknown' : 'no'
  return possibleValues(written).some((one) => one.kind === 'literal' && one.value === undefined) ? 'unknown' : 'yes'
}

function payloadAnswer(payload: Value | null): Answer {
  if (payload === null) return 'unknown'
  return agreement(possibleValues(payload).map((one) => (one.kind === 'object' ? hasClaim(one) : 'unknown')))
}

function hasClaim(payload: ObjectValue): Answer {
  if (payload.properties.has('exp')) return 'yes'
  return payload.isOpen || payload.external !== null ? 'unknown' : 'no'
}

/** Nothing was seen of it, while a text or a number would be no payload that can expire. */
function isUnseen(payload: Value | null): boolean {
  return possibleValues(payload).some((one) => (one.kind === 'object' ? one.isOpen : isOpaque(one) && one.kind !== 'template'))
}

/** `setExpirationTime` in the chain, or on the builder in a statement of its own, maybe under a condition. */
function builderAnswer(model: ProjectModel, { steps, call }: TokenCall): Answer {
  if (steps.includes('setExpirationTime')) return 'yes'
  const made = makerOf(call)
  const later = expirySteps(model).filter((step) => made !== undefined && makerOf(step) === made)
  if (later.length === 0) return 'no'
  return later.some(({ guards }) => guards.length <= call.guards.length) ? 'yes' : 'unknown'
}

function makerOf(call: CallRecord): CallRecord | undefined {
  return originOf(call.callee)?.calls.at(-1)
}

const expirySteps = callsThat((call) => !call.isWrite && originOf(call.callee)?.path.at(-1) === 'setExpirationTime', {
  packages: (name) => name === 'jose',
})

function timeOf({ library, options, call, steps }: TokenCall, settings: readonly TokenSettings[]): TokenTime | null {
  const unit = library === 'fast-jwt' ? 'milliseconds' : 'seconds'
  const own = library === 'jose' ? (steps.includes('setExpirationTime') ? josesTime(call) : null) : property(nested(options), 'expiresIn')
  if (own !== null) return { value: own, unit }
  const [only, second] = settings
  const shared = only === undefined || second !== undefined ? null : property(signOptions(only), 'expiresIn')
  return shared === null ? null : { value: shared, unit }
}

function josesTime(call: CallRecord): Value | null {
  const step = originOf(call.callee)?.calls.find((one) => originOf(one.callee)?.path.at(-1) === 'setExpirationTime')
  const value = step?.args[0] ?? null
  // A number is a moment there, and no length of time.
  return possibleValues(value).some((one) => one.kind === 'literal' && typeof one.value === 'number') ? null : value
}
