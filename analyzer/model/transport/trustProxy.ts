// Which proxies an application trusts to say who its client is.
import type { Value } from '../../link/value.js'
import { conductOf } from '../conduct.js'
import { runsWhenUnset } from '../defaults.js'
import { flagsOf } from '../effect.js'
import { ignoresHops } from './fastifyHops.js'
import { isNumberVariable } from '../limits/schemaNumbers.js'
import type { ProjectModel, Scope, Setting } from '../model.js'
import { isNestOnFastify } from '../nestPlatform.js'
import { globalOf } from '../origins.js'
import { contains } from '../search.js'
import { environmentSchemas } from '../secrets/environmentSchemas.js'
import type { SchemaKey } from '../secrets/schemaKeys.js'
import { isTrue, possibleValues } from '../values.js'

/**
 * `none`: not set, or switched off: `req.ip` is the address of the connection. `all`: every address is trusted, so that a client can choose its own.
 * `some`: a number of proxies, addresses or names. `text`: a variable of the environment as it is, which is no number (domain fact J18).
 * Of Fastify alone: `ignored`: a number, for which it believes nobody. `hops`: a number that it believes whoever sent the header (domain fact J19).
 */
export interface TrustProxy {
  readonly kind: 'none' | 'all' | 'some' | 'text' | 'ignored' | 'hops' | 'unknown'
  /** The write that decides. */
  readonly setting: Setting | null
}

/** The last `app.set('trust proxy', …)` or `enable` that production runs; in Fastify the option `trustProxy`. */
export function trustProxyOf(model: ProjectModel, scope: Scope): TrustProxy {
  const setting = trustSettingOf(scope)
  const isOpen = scope.gaps.some((gap) => gap.isBlind) || scope.settings.some(({ name }) => name === '*' || name === '...')
  if (setting === null) return { kind: isOpen ? 'unknown' : 'none', setting }
  const isConditional = flagsOf(setting.guards).length > 0 || setting.guards.some((guard) => guard.kind === 'condition')
  const isSwitched = isConditional && runsWhenUnset(setting.guards) !== true
  const kinds = new Set(possibleValues(setting.value).map((value) => trustOf(model, scope, value)))
  const [only] = kinds
  return { kind: isSwitched || kinds.size !== 1 || only === undefined ? 'unknown' : only, setting }
}

/** The write that decides; null where none does. */
export function trustSettingOf(scope: Scope): Setting | null {
  const wanted = isFastify(scope) ? 'trustProxy' : 'trust proxy'
  return scope.settings.findLast(({ name, guards }) => name === wanted && !guards.some((guard) => guard.kind === 'off')) ?? null
}

/** What one value of the setting means. */
export function trustOf(model: ProjectModel, scope: Scope, value: Value): TrustProxy['kind'] {
  return isFastify(scope) ? kindInFastify(model, value, scope.at.file) : kindInExpress(model, value)
}

function isFastify(scope: Scope): boolean {
  return scope.framework === 'fastify' || isNestOnFastify({ framework: scope.framework, scope })
}

function kindInExpress(model: ProjectModel, value: Value): TrustProxy['kind'] {
  switch (value.kind) {
    case 'literal':
      if (typeof value.value === 'string' && value.value !== '') return /^\d+$/.test(value.value) ? 'text' : 'some'
      return value.value === true ? 'all' : value.value ? 'some' : 'none'
    case 'environment':
      return /(^|_)(ips?|addr(ess(es)?)?|cidrs?|subnets?|ranges?|networks?)(_|$)/i.test(value.name) || isReadOtherwise(model, value.name)
        ? 'some'
        : 'text'
    case 'array':
      return 'some'
    case 'function':
      return trustsAll(model, value) ? 'all' : 'some'
    default:
      return 'unknown'
  }
}

/** A schema makes a number or a list of the variable, or fills in the names of networks where it is missing. */
function isReadOtherwise(model: ProjectModel, name: string): boolean {
  const keys = environmentSchemas(model).flatMap((schema) => schema.keys?.filter((key) => key.name === name) ?? [])
  const isName = ({ isConverted, fallback }: SchemaKey): boolean => isConverted || /[a-z.:]/i.test(String(fallback?.value ?? ''))
  return isNumberVariable(model, name) || keys.some(isName)
}

/** Fastify wants addresses, and a text of the environment may well hold them. A text that is no address ends the start. */
function kindInFastify(model: ProjectModel, value: Value, file: string): TrustProxy['kind'] {
  const counted = ignoresHops(model, file) ? 'ignored' : 'hops'
  switch (value.kind) {
    case 'literal':
      if (typeof value.value === 'number') return value.value > 0 ? counted : 'none'
      // A text of digits is an address that no proxy has.
      if (typeof value.value === 'string' && value.value !== '') return /^\d+$/.test(value.value) ? 'ignored' : 'some'
      return value.value === true ? 'all' : 'none'
    case 'array':
      return 'some'
    case 'function':
      return trustsAll(model, value) ? 'all' : asksForHopAlone(model, value) ? 'hops' : 'some'
    case 'result':
      return /^(?:Number(?:\.parseInt)?|parseInt)$/.test(globalOf(value.call.callee) ?? '') ? counted : 'unknown'
    default:
      return 'unknown'
  }
}

type TrustFunction = Extract<Value, { kind: 'function' }>

function trustsAll(model: ProjectModel, fn: TrustFunction): boolean {
  const { returns } = conductOf(model, fn).summary
  return returns.length > 0 && returns.every((each) => isTrue(each.value) === 'yes')
}

/** `(address, hop) => hop < 1` counts proxies and does not look who they are. */
function asksForHopAlone(model: ProjectModel, fn: TrustFunction): boolean {
  const { returns } = conductOf(model, fn).summary
  const asksFor = (value: Value, index: number): boolean =>
    contains(value, (one) => one.kind === 'parameter' && one.index === index && one.fn.fn === fn.facts.id)
  return returns.length > 0 && returns.every(({ value, guards }) => guards.length === 0 && asksFor(value, 1) && !asksFor(value, 0))
}
