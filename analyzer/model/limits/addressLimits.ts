// Limiters of an application that tell clients apart by their address.
import type { Location } from '../../text/location.js'
import { conductOf } from '../conduct.js'
import { effectsOf } from '../effects.js'
import { countsByAddress } from './limiterKey.js'
import { limitersOf, routesBehind } from './limiters.js'
import type { App, ProjectModel } from '../model.js'
import { requestPart } from '../requests.js'
import { contains } from '../search.js'

/** The first limiter in front of a route of the application that counts by `req.ip`: one of a package, or the project's own. null where there is none. */
export function addressLimiter(model: ProjectModel, app: App): Location | null {
  const routes = model.routes.filter((route) => route.app.scope === app.scope)
  const made = limitersOf(model).find(
    (limiter) => countsByAddress(model, limiter) === true && routesBehind(model, limiter).some((route) => route.app.scope === app.scope),
  )
  if (made !== undefined) return made.call.at
  for (const { chain } of routes) {
    for (const { value } of chain) {
      const own = effectsOf(model, value).find(
        ({ capability, fn, package: name }) => capability === 'rate-limit' && fn !== null && name === null,
      )
      if (own?.fn && asksForAddress(model, own.fn)) return own.at
    }
  }
  return null
}

function asksForAddress(model: ProjectModel, fn: Parameters<typeof conductOf>[1]): boolean {
  return conductOf(model, fn).records.some(({ args }) => args.some((arg) => contains(arg, (value) => requestPart(value) === 'ip')))
}
