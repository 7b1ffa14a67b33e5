// Which proxies an application trusts to say who its client is.
import { conductOf } from './conduct.js'
import { runsWhenUnset } from './defaults.js'
import { flagsOf } from './effect.js'
import type { ProjectModel, Scope, Setting } from './model.js'
import { isTrue, possibleValues } from './values.js'

/**
 * `none`: not set, or switched off: `req.ip` is the address of the connection. `all`: every address is trusted, so that a client can choose its own.
 * `some`: a number of proxies, addresses or names. `text`: a variable of the environment as it is, which is no number (domain fact J18).
 */
export interface TrustProxy {
  readonly kind: 'none' | 'all' | 'some' | 'text' | 'unknown'
  /** The write that decides. */
  readonly setting: Setting | null
}

/** The last `app.set('trust proxy', …)` or `enable` that production runs. */
export function trustProxyOf(model: ProjectModel, scope: Scope): TrustProxy {
  const settings = scope.settings.filter(({ name, guards }) => name === 'trust proxy' && !guards.some((guard) => guard.kind === 'off'))
  const setting = settings.at(-1) ?? null
  if (setting === null) return { kind: scope.gaps.some((gap) => gap.isBlind) ? 'unknown' : 'none', setting }
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
