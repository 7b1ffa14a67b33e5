// Checks of the origin that other sites pass, each place once.
import type { Value } from '../../link/value.js'
import { locationKey } from '../../text/location.js'
import { corsPolicies, type CorsPolicy } from './corsPolicies.js'
import { environmentSchemas } from '../secrets/environmentSchemas.js'
import type { ProjectModel } from '../model.js'
import type { OriginGrant } from './originGrants.js'
import { possibleValues } from '../values.js'

export interface BypassableCheck {
  readonly grant: OriginGrant
  /** The policies that rely on it. */
  readonly policies: readonly CorsPolicy[]
}

/** Weak patterns and comparisons, and the origin `null`, in every CORS policy of production. */
export function bypassableChecks(model: ProjectModel): readonly BypassableCheck[] {
  const found = new Map<string, { readonly grant: OriginGrant; readonly policies: CorsPolicy[] }>()
  for (const policy of corsPolicies(model)) {
    for (const grant of policy.grants) {
      if (grant.kind !== 'weak' && grant.kind !== 'null') continue
      if (grant.searched !== undefined && isConverted(model, grant.searched)) continue
      const key = locationKey(grant.at)
      const before = found.get(key)
      if (before === undefined) found.set(key, { grant, policies: [policy] })
      else if (!before.policies.some(({ call }) => call === policy.call)) before.policies.push(policy)
    }
  }
  return [...found.values()]
}

/** A variable of which a schema makes something else than a text is searched as that: as a list. */
function isConverted(model: ProjectModel, searched: Value): boolean {
  const names = possibleValues(searched).flatMap((one) => (one.kind === 'environment' ? [one.name] : []))
  return environmentSchemas(model).some(({ keys }) => keys?.some((key) => key.isConverted && names.includes(key.name)) === true)
}
