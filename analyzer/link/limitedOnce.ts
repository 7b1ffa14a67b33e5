// One request is counted once by each @fastify/rate-limit: whichever of its hooks runs first, and the others pass it on (version 8 to 11, `rateLimitRan`).
import type { ChainLink } from '../model/model.js'
import type { Location } from '../text/location.js'
import type { Value } from './value.js'

const PACKAGE = /^(?:@fastify\/|fastify-)rate-limit$/

/** The chain without the limits that never count, since another one of the same plugin runs before them. */
export function limitedOnce(chain: readonly ChainLink[]): readonly ChainLink[] {
  if (!chain.some(({ value }) => isOfPlugin(value))) return chain
  const counted = new Set<Location>()
  let hasCounted = false
  let isOwnLeftOut = false
  return chain.filter((link) => {
    if (!isOfPlugin(link.value)) return true
    const plugin = pluginOf(link)
    // Options of a route are read by every plugin around it, and the first is the one whose hooks the project makes.
    const isLate = plugin === null ? hasCounted && !isOwnLeftOut : counted.has(plugin)
    if (plugin === null && isLate) isOwnLeftOut = true
    if (!link.isConditional && !isLate) {
      if (plugin !== null) counted.add(plugin)
      hasCounted ||= plugin !== null && link.entry.option !== 'rateLimit'
    }
    return !isLate
  })
}

function isOfPlugin(value: Value): boolean {
  const callee = value.kind === 'result' ? value.call.callee : null
  return callee?.kind === 'package' && PACKAGE.test(callee.package)
}

/** The place of one registration, which is an object of its own also where a loop makes several: of the plugin's layer, or of what `app.rateLimit()` was called on. null for what options of a route make. */
function pluginOf({ value, entry }: ChainLink): Location | null {
  if (value.kind !== 'result') return null
  if (entry.option === 'rateLimit') return value.call.at
  const { callee } = value.call
  return callee.kind === 'package' && callee.path.join('.') === 'rateLimit' ? callee.at : null
}
