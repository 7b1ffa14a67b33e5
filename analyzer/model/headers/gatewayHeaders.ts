// Headers that a gateway in front of the application adds and hides, where its files are in the project.
import type { DeploymentEntry } from '../../extract/facts.js'
import { deployedFiles } from '../deployment/deployedFiles.js'
import { protectionsIn } from '../effect.js'
import type { Capability, ProjectModel } from '../model.js'
import { recordedOnce } from '../recorded.js'

/** True where nginx, in a file that hands requests on, or the middleware of Traefik sees to the headers. Of security headers, what keeps types from being guessed and pages from being framed. */
export function gatewaySees(model: ProjectModel, capability: Capability): boolean {
  if (capability !== 'security-headers' && capability !== 'hide-powered-by') return false
  const { added, hidden } = gatewayHeaders(model)
  if (capability === 'hide-powered-by') return hidden.includes('x-powered-by')
  const given = protectionsIn(added)
  return given.includes('sniffing') && (given.includes('framing') || given.includes('content'))
}

interface GatewayHeaders {
  /** Lower-case names. */
  readonly added: readonly string[]
  readonly hidden: readonly string[]
}

const gatewayHeaders: (model: ProjectModel) => GatewayHeaders = recordedOnce((model) => {
  const blocks = deployedFiles(model).flatMap(({ format, entries }) => (format === 'nginx' ? proxyingBlocks(entries) : []))
  const others = deployedFiles(model).flatMap(({ format, entries }) => (format === 'nginx' ? [] : entries))
  const named = (...directives: readonly string[]): readonly string[] =>
    blocks.flatMap(({ key: [name], value }) => (directives.includes(String(name)) ? (value.toLowerCase().split(/[\s:]+/)[0] ?? []) : []))
  return {
    added: [...named('add_header', 'more_set_headers'), ...others.flatMap(traefikHeader)],
    hidden: named('proxy_hide_header', 'more_clear_headers'),
  }
})

/** What nginx is told for requests that it hands on: outside of locations, and in those that do. A location holds what follows it. */
function proxyingBlocks(entries: readonly DeploymentEntry[]): readonly DeploymentEntry[] {
  const shared: DeploymentEntry[] = []
  const locations: DeploymentEntry[][] = []
  let block = shared
  for (const entry of entries) {
    const [name] = entry.key
    if (name === 'server' || name === 'http') block = shared
    else if (name === 'location') locations.push((block = []))
    else block.push(entry)
  }
  const proxying = locations.filter((one) => one.some(({ key }) => key[0] === 'proxy_pass'))
  return proxying.length === 0 ? [] : [...shared, ...proxying.flat()]
}

/** Options of Traefik's middleware `headers`, in its own files, in resources and in labels of a compose service. */
function traefikHeader({ key, value }: DeploymentEntry): readonly string[] {
  const text = `${key.join('.')}=${value}`
  const option = /(?:headers|spec\.headers)\.(\w+)=true\b/i.exec(text)?.[1]?.toLowerCase()
  return option === undefined ? [] : (traefikOptions[option] ?? [])
}

const traefikOptions: Readonly<Record<string, readonly string[]>> = {
  contenttypenosniff: ['x-content-type-options'],
  framedeny: ['x-frame-options'],
}
