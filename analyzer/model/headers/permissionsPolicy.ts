// Whether responses carry a Permissions-Policy.
import type { Location } from '../../text/location.js'
import type { App, Confidence, ProjectModel } from '../model.js'
import { helmetCalls } from './helmetSettings.js'
import { protectsApp } from '../queries.js'
import { registrationsOf } from '../registrations.js'
import { productionHeaderWrites } from './responseHeaders.js'
import { answeredRoutes, isProbesOnly } from '../serving.js'
import { hasProperty, propertyAt } from '../values.js'

/** How sure it is that nothing in the project sets the header for an application; null where something may, or where the application answers nothing but probes. */
export function lacksPermissionsPolicy(model: ProjectModel, app: App): Confidence | null {
  const routes = answeredRoutes(model, app)
  if (routes.length === 0 || isProbesOnly(model, routes)) return null
  const protection = protectsApp(model, app, 'permissions-policy')
  if (protection.answer !== 'no' || protection.covered.length > 0) return null
  if (registrationsOf(model, app, 'permissions-policy').some((one) => !one.isOff)) return null
  const isWritten = productionHeaderWrites(model).some(({ name }) => name === 'permissions-policy' || name === 'feature-policy')
  return isWritten ? null : protection.confidence
}

/** Options for the header that helmet is given and does not know (domain fact A13). Its versions 3 and 4 knew `featurePolicy`; nothing is said of that name. */
export function ignoredPolicies(model: ProjectModel): readonly { readonly at: Location; readonly option: string }[] {
  return helmetCalls(model).flatMap((call) =>
    ['permissionsPolicy', 'permissionPolicy'].flatMap((option) => {
      const options = call.args[0]
      return options !== undefined && hasProperty(options, option) === 'yes' ? [{ at: propertyAt(options, option), option }] : []
    }),
  )
}
