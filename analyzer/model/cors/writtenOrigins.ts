// Origins that stand in the source and that production trusts.
import { isSettingsFile } from '../../link/silentData.js'
import { locationKey, sameLocation } from '../../text/location.js'
import { corsPolicies, type CorsPolicy } from './corsPolicies.js'
import type { ProjectModel } from '../model.js'
import type { OriginGrant } from './originGrants.js'
import { possibleValues, property } from '../values.js'

export interface WrittenOrigins {
  /** `local`: this machine. `fallback`: the same where a variable is missing. `plain`: http. `written`: any other. */
  readonly kind: 'local' | 'fallback' | 'plain' | 'written'
  readonly policy: CorsPolicy
  readonly first: OriginGrant
  /** Further origins of the policy that stand in the source. */
  readonly others: readonly OriginGrant[]
}

/** One entry for each policy, the worst origin first, each place once. */
export function writtenOrigins(model: ProjectModel): readonly WrittenOrigins[] {
  const seen = new Set<string>()
  return corsPolicies(model).flatMap((policy): WrittenOrigins[] => {
    const origins = policy.grants.filter(({ kind, at, text, confidence }) => {
      const key = locationKey(at)
      if (kind !== 'fixed' || confidence === 'low' || !/^https?:\/\//i.test(text) || seen.has(key)) return false
      seen.add(key)
      return true
    })
    const sorted = [...origins].sort((a, b) => order.indexOf(originKind(a)) - order.indexOf(originKind(b)))
    const [first, ...others] = sorted.filter((origin) => originKind(origin) !== 'written' || !isChangeable(model, origin))
    return first === undefined ? [] : [{ kind: originKind(first), policy, first, others }]
  })
}

/** What stands in for a variable changes with that, and needs no release. */
function isChangeable(model: ProjectModel, { variable, at }: OriginGrant): boolean {
  return variable !== null || isSetting(model, at.file)
}

/** Files of settings, one for each environment, are there for what differs between them (node-config, wiki: Configuration Files). */
function isSetting(model: ProjectModel, file: string): boolean {
  if (file.endsWith('.json')) return isSettingsFile(file)
  return (
    /(^|\/)config\/(default|production|staging)\.[cm]?[jt]s$/.test(file) &&
    model.packages.some(({ dependencies }) => 'config' in dependencies)
  )
}

/** True where a list of its own would lose what else a policy lets in: a function says, patterns do, or callers with origins of their own share the line. */
export function losesByList(model: ProjectModel, { options, call }: CorsPolicy): boolean {
  const origins = possibleValues(property(options, 'origin'))
  const parts = origins.flatMap((one) => (one.kind === 'array' ? one.elements : [one]))
  if (parts.some(({ kind }) => kind === 'function' || kind === 'regex')) return true
  const callers = new Set(model.calls.flatMap(({ at, stack }) => (sameLocation(at, call.at) ? [stack.map(locationKey).join()] : [])))
  return callers.size > 1
}

const order: readonly WrittenOrigins['kind'][] = ['local', 'fallback', 'plain', 'written']

/** What an origin is that somebody wrote down. */
export function originKind({ text, variable }: Pick<OriginGrant, 'text' | 'variable'>): WrittenOrigins['kind'] {
  const isLocal = /^https?:\/\/(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1\]|host\.docker\.internal|[\w.-]+\.local)(?=[:/]|$)/i.test(
    text,
  )
  if (isLocal) return variable === null ? 'local' : 'fallback'
  return /^http:/i.test(text) ? 'plain' : 'written'
}
