// Which application a session belongs to, and whether it can send its cookie at all.
import { sameLocation, type Location } from '../../text/location.js'
import type { App, ProjectModel } from '../model.js'
import { proxyPlatform, type ProxyPlatform } from '../transport/proxyPlatform.js'
import { registrationsOf } from '../registrations.js'
import type { SessionSetup } from './sessionSetups.js'
import { trustProxyOf } from '../transport/trustProxy.js'
import { hasProperty, isTrue, property, propertyPath } from '../values.js'

/** The application in which the session is registered; null where no application is known to have it. */
export function sessionApplication(model: ProjectModel, { call }: SessionSetup): App | null {
  const isHere = (at: Location | undefined): boolean => at !== undefined && sameLocation(at, call.at)
  return (
    model.apps.find((app) =>
      registrationsOf(model, app, 'session').some(({ effect, entry }) => isHere(effect.call?.at) || isHere(entry.at)),
    ) ?? null
  )
}

export interface Unsent {
  readonly app: App
  readonly platform: ProxyPlatform
}

/**
 * Where a secure cookie is asked for behind a proxy that the application does not trust: to it every request came over HTTP, and it sends no cookie,
 * without an error (domain facts G2, G6, G8).
 */
export function unsentSession(model: ProjectModel, setup: SessionSetup): Unsent | null {
  const isAsked =
    setup.package === '@fastify/session' && hasProperty(setup.cookie, 'secure') === 'no' ? 'yes' : isTrue(property(setup.cookie, 'secure'))
  if (isAsked !== 'yes' || /^(@fastify\/secure|iron)-session$/.test(setup.package) || setup.call.isOff) return null
  // express-session may trust the proxy for itself.
  if (setup.package === 'express-session' && hasProperty(setup.options, 'proxy') !== 'no') return null
  const app = sessionApplication(model, setup)
  if (app === null || trustProxyOf(model, app.scope).kind !== 'none') return null
  const platform = proxyPlatform(model, app)
  return platform?.confidence === 'high' && propertyPath(setup.cookie, 'secure')?.kind !== 'choice' ? { app, platform } : null
}
