// Which option of routes speaks about a layer: plugins that look at every route for their own name.
import type { Entry } from '../model/model.js'
import { type RouteOption, routeOptionOf } from './fastifyRouteOptions.js'

/** The option under which routes change or leave out what the layer does; null for a hook. */
export function capabilityOption(layer: Entry): RouteOption | null {
  const [value] = layer.handlers
  return value?.kind === 'result' && value.call.callee.kind === 'package' ? routeOptionOf(value.call.callee.package) : null
}
