// What a hook of Fastify asks of the route that it runs for: `request.routeOptions.config.public`.
import type { Value } from '../link/value.js'
import type { Route } from './model.js'
import { isRequest } from './requests.js'

/** The setting of the route that `request.routeOptions.config.name` reads; null for every other value, and where the route's settings are not known. */
export function settingAsked({ entry }: Route, value: Value): Value | 'missing' | null {
  if (value.kind !== 'member' || !isConfig(value.object) || entry.options?.kind !== 'object' || entry.options.isOpen) return null
  const config = entry.options.properties.get('config')
  if (config === undefined) return 'missing'
  if (config.kind !== 'object') return null
  return config.properties.get(value.name) ?? (config.isOpen ? null : 'missing')
}

/** `request.routeOptions.config`, and what versions 3 and 4 called it: `request.routeConfig`, `request.context.config`, `reply.context.config`. */
function isConfig(value: Value): boolean {
  if (value.kind !== 'member') return false
  if (value.name === 'routeConfig') return isRequest(value.object)
  const { object } = value
  return value.name === 'config' && object.kind === 'member' && /^(?:routeOptions|context)$/.test(object.name) && isExchange(object.object)
}

function isExchange(value: Value): boolean {
  return isRequest(value) || (value.kind === 'parameter' && value.role === 'response')
}
