// What options of helmet switch off, by the names that the installed version knows.
import type { CallRecord, Value } from '../../link/value.js'
import type { Capability, ProjectModel } from '../model.js'
import { hasProperty, isFalse, property } from '../values.js'
import { restrictsFraming } from './frameAncestors.js'
import { helmetVersion } from './helmetVersion.js'

/** Names under which helmet knows each header, the old one first (domain fact A11). */
const helmetOptions: Readonly<Record<string, readonly [string, ...string[]]>> = {
  'content-security-policy': ['contentSecurityPolicy'],
  'strict-transport-security': ['hsts', 'strictTransportSecurity'],
  'x-content-type-options': ['noSniff', 'xContentTypeOptions'],
  'x-frame-options': ['frameguard', 'xFrameOptions'],
  'referrer-policy': ['referrerPolicy'],
  'x-powered-by': ['hidePoweredBy', 'xPoweredBy'],
  'cross-origin-opener-policy': ['crossOriginOpenerPolicy'],
  'cross-origin-resource-policy': ['crossOriginResourcePolicy'],
  'origin-agent-cluster': ['originAgentCluster'],
  'x-dns-prefetch-control': ['dnsPrefetchControl', 'xDnsPrefetchControl'],
  'x-download-options': ['ieNoOpen', 'xDownloadOptions'],
  'x-permitted-cross-domain-policies': ['permittedCrossDomainPolicies', 'xPermittedCrossDomainPolicies'],
}

const headerOfPart: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(helmetOptions).flatMap(([header, names]) => names.map((name) => [name, header])),
)

const headerOfCapability: Partial<Readonly<Record<Capability, string>>> = {
  csp: 'content-security-policy',
  hsts: 'strict-transport-security',
  'hide-powered-by': 'x-powered-by',
}

/** Helmet itself, and its plugin for Fastify, which takes the same options (domain fact A3). */
export const helmetPackages: readonly string[] = ['helmet', '@fastify/helmet', 'fastify-helmet']

/** `helmet`, `helmet.helmet`, `@fastify/helmet`'s `fastifyHelmet`. */
export function isWholeHelmet(path: readonly string[]): boolean {
  return path.length === 0 || (path.length === 1 && (path[0] === 'helmet' || path[0] === 'fastifyHelmet'))
}

/** Options that a header (lower-case name) has in the version behind a call. Versions pass over the names that they do not know. */
export function helmetOptionsFor(model: ProjectModel, call: CallRecord, header: string): readonly string[] {
  const names = helmetOptions[header] ?? []
  return helmetVersion(model, call).knowsHeaderNames ? names : names.slice(0, 1)
}

/** Whether the call of helmet, or of a part of it, brings a capability about. */
export function helmetStanding(
  model: ProjectModel,
  call: CallRecord,
  path: readonly string[],
  capability: Capability,
  options: Value | null,
): 'on' | 'off' | 'unknown' {
  const header = headerOfCapability[capability]
  return header === undefined || !isWholeHelmet(path) ? 'on' : standingOf(model, call, header, options)
}

/** Headers (lower-case names) that the call of helmet, or of a part of it, has middleware set. `frame-ancestors` is what its policy says in the place of X-Frame-Options. */
export function helmetHeaders(model: ProjectModel, call: CallRecord, path: readonly string[], options: Value | null): readonly string[] {
  if (!isWholeHelmet(path)) {
    const header = headerOfPart[path.at(-1) ?? '']
    return header === undefined ? [] : [header]
  }
  return Object.keys(helmetOptions).flatMap((header) => {
    if (header === 'x-powered-by') return []
    if (standingOf(model, call, header, options) !== 'off') return [header]
    const { policyDefaults } = helmetVersion(model, call)
    return header === 'x-frame-options' && restrictsFraming(property(options, 'contentSecurityPolicy'), policyDefaults)
      ? ['frame-ancestors']
      : []
  })
}

function standingOf(model: ProjectModel, call: CallRecord, header: string, options: Value | null): 'on' | 'off' | 'unknown' {
  const names = helmetOptionsFor(model, call, header)
  if (helmetVersion(model, call).optional.includes(header) && names.every((name) => hasProperty(options, name) === 'no')) return 'off'
  const answers = names.map((name) => isFalse(property(options, name)))
  if (answers.includes('yes')) return 'off'
  return names.some(
    (name, index) => answers[index] === 'unknown' && hasProperty(options, name) !== 'no' && property(options, name)?.kind === 'choice',
  )
    ? 'unknown'
    : 'on'
}
