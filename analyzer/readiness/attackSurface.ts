// The attack surface: every route that clients can ask for, with what stands in front of it.
import type { Answer as ModelAnswer, Capability, ProjectModel } from '../model/model.js'
import { protectsRoute, routesOf } from '../model/queries.js'
import type { Location } from '../text/location.js'
import { nameIn } from './applicationName.js'
import { nameOf } from './coverage.js'
import type { NotedPlace, Place } from './readiness.js'

/** Protections that the table shows, in its order. */
export const SURFACE = [
  'security-headers',
  'cors',
  'rate-limit',
  'auth',
  'validation',
  'error-handler',
] as const satisfies readonly Capability[]

export interface RouteProtection {
  readonly answer: ModelAnswer
  readonly isConditional: boolean
  /** What stands there. */
  readonly by: readonly NotedPlace[]
}

export interface SurfaceRoute extends Place {
  readonly method: string
  readonly path: string
  readonly application: string
  /** False where something in the way was not understood. */
  readonly isComplete: boolean
  readonly protections: Readonly<Record<(typeof SURFACE)[number], RouteProtection>>
}

export function attackSurface(model: ProjectModel, place: (at: Location) => Place): readonly SurfaceRoute[] {
  return model.apps.flatMap((app) =>
    routesOf(model, app).map((route): SurfaceRoute => {
      const one = (capability: Capability): RouteProtection => {
        const { answer, isConditional, links, by } = protectsRoute(model, route, capability)
        const shown = answer === 'no' ? [] : links
        const names = shown.map((link) => ({ ...place(link.effect.at), note: nameOf(model, link) }))
        return { answer, isConditional, by: names.length > 0 || answer !== 'yes' ? names : [{ ...place(app.at), note: by ?? 'framework' }] }
      }
      return {
        method: route.method,
        path: route.path,
        application: nameIn(model, app),
        isComplete: route.isComplete,
        ...place(route.at),
        protections: {
          'security-headers': one('security-headers'),
          cors: one('cors'),
          'rate-limit': one('rate-limit'),
          auth: one('auth'),
          validation: one('validation'),
          'error-handler': one('error-handler'),
        },
      }
    }),
  )
}
