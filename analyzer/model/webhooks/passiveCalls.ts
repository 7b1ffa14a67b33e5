// Middleware of packages that a function calls by hand: `helmet({ … })(req, res, next)`.
import { effectOf } from '../../frameworks/knownPackages.js'
import type { Value } from '../../link/value.js'
import { PASSIVE } from '../limits/leadingHeaders.js'
import { originOf } from '../origins.js'

/** True where the package is known to do something else with a request than to ask who sends it. */
export function isPassive(callee: Value): boolean {
  const origin = originOf(callee)
  const { capabilities = [] } = (origin && effectOf(origin.package, origin.path)) ?? {}
  return capabilities.length > 0 && capabilities.every((one) => PASSIVE.has(one) || one === 'rate-limit' || one === 'slow-down')
}
