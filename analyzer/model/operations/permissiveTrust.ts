// Applications that let whoever sends a request say which address it comes from, or that trust a proxy in a way that does not work.
import type { Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { holdsWhenUnset, valueWhenUnset } from '../defaults.js'
import { flagsOf } from '../effect.js'
import type { App, Confidence, ProjectModel, Scope, Setting } from '../model.js'
import { environmentNamesIn } from '../search.js'
import { trustOf, trustProxyOf, trustSettingOf } from '../transport/trustProxy.js'
import { isTrue, possibleValues } from '../values.js'

export interface PermissiveTrust {
  /** As in `TrustProxy`. `switched`: everybody is trusted where a setting of the deployment asks for it, and there is no other choice; `default`: unless a setting says otherwise. */
  readonly kind: 'all' | 'text' | 'ignored' | 'hops' | 'switched' | 'default'
  readonly setting: Setting
  /** Where everybody is written, else the setting. */
  readonly at: Location
  readonly confidence: Confidence
  /** The setting that decides: `TRUST_PROXY`. */
  readonly flag: string
  /** True where nothing but the value has to change. */
  readonly isPlain: boolean
}

/** What is wrong with whom the application trusts; null where nothing is, or where it is not known. */
export function permissiveTrustOf(model: ProjectModel, app: App): PermissiveTrust | null {
  for (const scope of [app.scope, ...instancesBelow(app)]) {
    const { kind, setting } = trustProxyOf(model, scope)
    if (setting === null) continue
    const base = { setting, at: setting.at, flag: '', isPlain: setting.value.kind !== 'choice' && setting.value.kind !== 'promise' }
    if (kind === 'all' || kind === 'ignored') return { ...base, kind, confidence: 'high' }
    if (kind === 'text' || kind === 'hops') return { ...base, kind, confidence: 'medium' }
    const chosen = kind === 'unknown' ? chosenTrust(model, scope) : null
    if (chosen !== null) return chosen
  }
  return null
}

/** The Fastify that a project makes itself and hands to Nest, and applications of Express within another: what is set there goes before what is set above. */
function instancesBelow(app: App): readonly Scope[] {
  if (app.framework === 'nest') return app.scope.entries.flatMap(({ mounted }) => (mounted?.framework === 'fastify' ? [mounted] : []))
  return app.framework === 'express' ? applicationsIn(app.scope, new Set()) : []
}

function applicationsIn(scope: Scope, seen: Set<Scope>): readonly Scope[] {
  return scope.entries.flatMap(({ mounted, isOff }): readonly Scope[] => {
    if (mounted === null || isOff || mounted.framework !== 'express' || seen.has(mounted)) return []
    seen.add(mounted)
    return [...(mounted.kind === 'app' ? [mounted] : []), ...applicationsIn(mounted, seen)]
  })
}

/** Where the environment chooses. */
function chosenTrust(model: ProjectModel, scope: Scope): PermissiveTrust | null {
  const setting = trustSettingOf(scope)
  if (setting === null) return null
  const { value, guards } = setting
  const kinds = possibleValues(value).map((one) => (isAnswer(one) ? 'all' : trustOf(model, scope, one)))
  if (!kinds.includes('all')) return null
  const [flag = environmentNamesIn(value)[0] ?? 'the configuration'] = flagsOf(guards.slice(-1))
  const everybody = value.kind === 'choice' ? value.options.find((one) => isTrue(one) === 'yes' && one.kind === 'literal') : undefined
  const base = { setting, at: everybody?.at ?? setting.at, flag, isPlain: value.kind === 'literal' && value.value === true }
  const unset = valueWhenUnset(value)
  const isDefault =
    value.kind === 'choice' ? isAllWhenUnset(model, scope, value) : unset !== null && isAnswer(unset) && holdsWhenUnset(unset) === true
  if (isDefault) return { ...base, kind: 'default', confidence: 'medium' }
  // Who can also name addresses chose everybody.
  const others = kinds.filter((kind) => kind !== 'all' && kind !== 'none')
  return { ...base, kind: 'switched', confidence: others.length === 0 ? 'medium' : 'low' }
}

/** `process.env.TRUST_PROXY === 'true'` gives true or false. */
function isAnswer(value: Value): boolean {
  return value.kind === 'operation' && /^(!|[!=]==?)$/.test(value.operator)
}

/** Whether everybody is trusted when nothing is set: `process.env.X ?? true`, and what is assigned where the variable is missing. */
function isAllWhenUnset(model: ProjectModel, scope: Scope, value: Extract<Value, { kind: 'choice' }>): boolean {
  const unset = valueWhenUnset(value)
  if (unset !== null) return trustOf(model, scope, unset) === 'all'
  return value.options.some((option, index) => {
    const conditions = value.conditions?.[index] ?? []
    const isMet = conditions.length > 0 && conditions.every((one) => holdsWhenUnset(one.value) === one.holds)
    return isMet && possibleValues(option).some((one) => trustOf(model, scope, one) === 'all')
  })
}
