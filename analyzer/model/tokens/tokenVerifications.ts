// Places that verify tokens: calls, and what verifies every request by its settings.
import type { CallRecord, Value } from '../../link/value.js'
import { locationKey } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { recordedOnce } from '../recorded.js'
import { tokenCalls } from './tokenCalls.js'
import { tokenSettings, verifyOptions, type TokenSettings } from './tokenSettings.js'
import { hasProperty, property } from '../values.js'

export interface TokenVerification {
  readonly call: CallRecord
  readonly library: string
  readonly key: Value | null
  /** Options of this place alone; null where there are none. */
  readonly options: Value | null
  /** Where options stand among the arguments of the call; -1 for nowhere. */
  readonly optionsIndex: number
  /** Property of that argument in which options for verifying stand; '' for the argument itself. */
  readonly within: string
  /** What was set once for calls like this one. */
  readonly settings: readonly TokenSettings[]
  /** `settings` for what verifies nothing by itself: it is what calls go by. */
  readonly kind: 'call' | 'middleware' | 'settings'
}

/** One for each place and set of options, in order: calls first. */
export const tokenVerifications: (model: ProjectModel) => readonly TokenVerification[] = recordedOnce((model) => {
  const settings = tokenSettings(model)
  const found = new Map<string, TokenVerification>()
  for (const { call, library, key, options, optionsIndex } of tokenCalls(model, 'verify')) {
    const within = hasProperty(options, 'verify') === 'yes' ? 'verify' : ''
    const own = within === '' ? options : property(options, within)
    const shared = settings.filter((one) => one.library === library)
    const one: TokenVerification = { call, library, key, options: own, optionsIndex, within, settings: shared, kind: 'call' }
    // Several contexts of one place stay several where they bring options of their own.
    const place = `${locationKey(call.at)} ${own === null ? '' : locationKey(own.at)}`
    if (!found.has(place)) found.set(place, one)
  }
  return [...found.values(), ...settings.flatMap(ofSettings)]
})

function ofSettings(settings: TokenSettings): readonly TokenVerification[] {
  const { call, library, options, optionsIndex, verifyKey } = settings
  if (options === null) return []
  const kind = verifyKey === '' ? 'middleware' : 'settings'
  const key = ['secretOrKey', 'publicKey', 'secret'].map((name) => property(options, name)).find((one) => one !== null) ?? null
  return [{ call, library, key, options: verifyOptions(settings), optionsIndex, within: verifyKey, settings: [], kind }]
}
