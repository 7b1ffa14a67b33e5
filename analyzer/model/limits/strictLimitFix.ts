// Puts strict limits in front of single routes: the fix of the rule about credentials.
import { suggestion, type Fix } from '../../fix/fix.js'
import { limitFastifyRoutes } from './fastifyLimits.js'
import type { DemandingRoute } from './limitDemand.js'
import { gradeOf, limitablePlace, limitPlaces } from './limiterFix.js'
import type { App, ProjectModel } from '../model.js'
import { limitNestRoutes } from '../nestFix.js'
import { placesOf } from '../routePlaces.js'

/** A limit of its own for each route that takes credentials or costs much. */
export function strictLimits(model: ProjectModel, app: App, group: readonly DemandingRoute[]): Fix | null {
  const title = 'Put a strict limiter in front of these routes'
  const wanted = group.map(({ route, demand }) => ({ route, wanted: gradeOf(demand.kind) }))
  if (app.framework === 'fastify') return suggestion(title, (editor) => limitFastifyRoutes(editor, model, app, wanted))
  // ThrottlerGuard finds no response in a field of GraphQL, and fails there.
  if (group.some(({ route }) => /^(?:QUERY|MUTATION|SUBSCRIPTION)$/.test(route.method))) return null
  if (app.framework === 'nest') return suggestion(title, (editor) => limitNestRoutes(editor, model, app, wanted))
  const places = placesOf(group.map(({ route }) => route)).flatMap((place) => {
    const kind = group.find(({ route }) => place.routes.includes(route))?.demand.kind ?? ''
    return limitablePlace(model, place, kind) ?? []
  })
  const [first] = places
  return first === undefined ? null : suggestion(title, (editor) => limitPlaces(editor, model, first.place.at.file, places))
}
