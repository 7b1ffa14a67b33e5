// Which proxies an application trusts to say who its client is.
import { conductOf } from './conduct.js'
import { runsWhenUnset } from './defaults.js'
import { flagsOf } from './effect.js'
import type { ProjectModel, Scope, Setting } from './model.js'
import { isTrue, possibleValues, stringOf } from './values.js'

/**
 * `none`: not set, or switched off: `req.ip` is the address of the connection. `all`: every address is trusted, so that a client can choose its own.
 * `some`: a number of proxies, addresses or names. `text`: a variable of the environment as it is, which is no number (domain fact J18).
 */
export interface TrustProxy {
  readonly kind: 'none' | 'all' | 'some' | 'text' | 'unknown'
  /** The write that decides. */
  readonly setting: Setting | null
}

/** The last `app.set('trust proxy', …)` or `enable` that production runs; in Fastify the option `trustProxy`. */
export function trustProxyOf(model: ProjectModel, scope: Scope): TrustProxy {
  const wanted = scope.framework === 'fastify' ? 'trustProxy' : 'trust proxy'
  const settings = scope.settings.filter(({ name, guards }) => name === wanted && !guards.some((guard) => guard.kind === 'off'))
  const setting = settings.at(-1) ?? null
  const isOpen = scope.gaps.some((gap) => gap.isBlind) || scope.settings.some(({ name }) => name === '*' || name === '...')
  if (setting === null) return { kind: isOpen ? 'unknown' : 'none', setting }
  // Fastify wants addresses, and a text may well hold them (domain fact J19).
  if (scope.framework === 'fastify' && (setting.value.kind === 'environment' || stringOf(setting.value) !== null))
    return { kind: 'unknown', setting }
  const isSwitched = flagsOf(setting.guards).length > 0 && runsWhenUnset(setting.guards) !== true
  return { kind: isSwitched ? 'unknown' : kindOf(model, setting), setting }
}

function kindOf(model: ProjectModel, { value }: Setting): TrustProxy['kind'] {
  const kinds = new Set(
    possibleValues(value).map((one): TrustProxy['kind'] => {
      switch (one.kind) {
        case 'literal':
          if (one.value === true) return 'all'
          if (typeof one.value === 'string' && one.value !== '') return /^\d+$/.test(one.value) ? 'text' : 'some'
          return one.value ? 'some' : 'none'
        case 'environment':
          return 'text'
        case 'array':
          return 'some'
        case 'function': {
          const { returns } = conductOf(model, one).summary
          return returns.length > 0 && returns.every((each) => isTrue(each.value) === 'yes') ? 'all' : 'some'
        }
        default:
          return 'unknown'
      }
    }),
  )
  const [only] = kinds
  return kinds.size === 1 && only !== undefined ? only : 'unknown'
}
