// Rate limits that a gateway in front of the application is configured to keep, where its files are in the project.
import type { DeploymentEntry } from '../../extract/facts.js'
import type { Location } from '../../text/location.js'
import { deployedFiles } from '../deployment/deployedFiles.js'
import type { ProjectModel } from '../model.js'
import { recordedOnce } from '../recorded.js'

/** Where a gateway's file switches a rate limit on: nginx `limit_req`, ingress annotations, Traefik, Kong and Envoy (domain fact C32). null where none does. */
export const gatewayLimit: (model: ProjectModel) => Location | null = recordedOnce(search)

function search(model: ProjectModel): Location | null {
  for (const facts of deployedFiles(model)) {
    const entry = facts.entries.find((one) => (facts.format === 'nginx' ? one.key[0] === 'limit_req' : isLimit(one)))
    if (entry !== undefined) return { file: facts.file, fn: '', node: entry.node }
  }
  return null
}

function isLimit({ key, value }: DeploymentEntry): boolean {
  const path = key.join('.')
  if (/^nginx\.ingress\.kubernetes\.io\/limit-(rps|rpm)$/.test(key.at(-1) ?? '')) return true
  // Traefik: dynamic configuration, a Middleware resource, or labels of a compose service.
  if (/middlewares\..*\.rateLimit\.(average|burst|period)$/i.test(path) || /(^|\.)spec\.rateLimit\.(average|burst)$/.test(path)) return true
  if (/traefik\.http\.middlewares\.[\w-]+\.ratelimit\./i.test(`${path}=${value}`)) return true
  if (key.includes('plugins') && key.at(-1) === 'name' && /^rate-limiting(-advanced)?$/.test(value)) return true
  return /(throttlingRateLimit|local_ratelimit)/i.test(path) || value === 'envoy.filters.http.local_ratelimit'
}
