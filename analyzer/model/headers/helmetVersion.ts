// What the installed version of helmet knows, and what it does unasked.
import type { CallRecord } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { packageOf } from '../origins.js'
import { versionOf } from '../versions.js'

/**
 * Where directives of a policy come from that are not written: from version 5 on, helmet adds its own (`added`); version 4 has them as long as none is written
 * (`replaced`); version 3 has no policy of its own (`none`).
 */
export type PolicyDefaults = 'added' | 'replaced' | 'none'

export interface HelmetVersion {
  readonly policyDefaults: PolicyDefaults
  /** Options are also called as their headers, such as `xFrameOptions` (from 6.2 on). */
  readonly knowsHeaderNames: boolean
  /** Headers (lower-case names) that are sent only where an option asks for them. */
  readonly optional: readonly string[]
}

/** The version behind a call of helmet, of the package of its policy, or of the plugin for Fastify that brings it along; the newest where nothing says which. */
export function helmetVersion(model: ProjectModel, call: CallRecord): HelmetVersion {
  const name = packageOf(call.callee)?.package ?? 'helmet'
  const own = versionOf(model, call.at.file, name)
  const major = name === 'helmet' ? (own?.major ?? Infinity) : broughtBy(name, own?.major ?? Infinity)
  return {
    policyDefaults: major >= 5 ? 'added' : major === 4 ? 'replaced' : 'none',
    knowsHeaderNames: major > 6 || (major === 6 && (name !== 'helmet' || (own?.minor ?? 0) >= 2)),
    optional: [...(major >= 4 ? [] : ['content-security-policy', 'referrer-policy']), ...(major >= 5 ? [] : isolation)],
  }
}

const isolation = ['cross-origin-opener-policy', 'cross-origin-resource-policy', 'origin-agent-cluster']

/** The major version of helmet that a version of the package belongs to. */
function broughtBy(name: string, major: number): number {
  if (name === 'helmet-csp') return major + 1
  if (name === 'fastify-helmet') return major < 5 ? 3 : major === 5 ? 4 : 5
  return major < 10 ? 5 : major === 10 ? 6 : 7
}
