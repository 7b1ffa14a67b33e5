// `new Proxy(router, handler)`: what stands in the place of an application or a router.
import type { CallSite, Machine } from '../machine.js'
import { addGap } from '../records.js'
import type { Value } from '../value.js'

/**
 * What is registered on such a proxy, or mounted with it, is that of what it stands for. Where requests go through a trap (`apply`), or the traps are not
 * known, a layer may be there that nobody reads. null for anything else: a trap may make up whatever is asked of it.
 */
export function proxyOf(machine: Machine, { at }: CallSite, target: Value | undefined, traps: Value | undefined): Value | null {
  if (target?.kind !== 'scope') return null
  const isRead = traps?.kind === 'object' && !traps.isOpen && !traps.properties.has('apply')
  if (!isRead) addGap(machine, target.scope, { at, why: 'requests go through a Proxy', isBlind: true, package: null })
  return target
}
