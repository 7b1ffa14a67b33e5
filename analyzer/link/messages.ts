// Messages of gateways and microservices, which no HTTP request stands behind, and what stands on one method alone.
import type { Entry } from '../model/model.js'
import { sameLocation } from '../text/location.js'

/** What stands in front of requests does not run for messages, nor what asks connections in front of requests; other gateways are no part of the way. */
export function runsFor(layer: Entry, { transports = requests, scope, at }: Entry): boolean {
  if (layer.forMethod?.every((one) => !sameLocation(one, at)) === true) return false
  if (layer.transports === undefined && transports === requests) return true
  const meets = transports.some((one) => (layer.transports ?? requests).includes(one))
  return meets && (transports === requests || layer.scope === scope || layer.scope.kind === 'app')
}

const requests: NonNullable<Entry['transports']> = ['http']
