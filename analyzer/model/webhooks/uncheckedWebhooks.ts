// Webhooks that act on what anybody sends.
import { locationKey } from '../../text/location.js'
import { confidenceFor } from '../auxiliary.js'
import { routesOf } from '../appRoutes.js'
import type { App, Confidence, ProjectModel, Route } from '../model.js'
import { evidence, type RelatedPlace } from '../relatedPlaces.js'
import { routeEvidence } from '../routeEvidence.js'
import { byFile } from '../routePlaces.js'
import { protectsRoute } from '../queries.js'
import { actBeforeCheck } from './lateChecks.js'
import { switchOf } from './switchedChecks.js'
import { weakest } from '../verdict.js'
import { actOf, type WebhookAct } from './webhookActs.js'
import { checksSender } from './webhookChecks.js'
import { webhookRoutes } from './webhookRoutes.js'

export interface UncheckedWebhook {
  readonly route: Route
  readonly why: string
  readonly act: WebhookAct
  readonly confidence: Confidence
  /** `late`: the check comes behind the act. `switched`: nothing is checked without a variable of the environment. */
  readonly fault: 'unchecked' | 'late' | 'switched'
  readonly variable: string | null
}

/** In groups by file: one router that forgets to ask is one cause. */
export function uncheckedWebhooks(model: ProjectModel, app: App): readonly (readonly UncheckedWebhook[])[] {
  if (routesOf(model, app).length === 0) return []
  const found = webhookRoutes(model, app).flatMap(({ route, why, confidence }): readonly UncheckedWebhook[] => {
    const checks = checksSender(model, route)
    const late = checks === 'yes' ? actBeforeCheck(model, route) : null
    const act = checks === 'unknown' ? null : (late ?? actOf(model, route))
    if (act === null) return []
    const variable = checks === 'no' || late !== null ? null : switchOf(model, route, act)
    if (checks === 'yes' && late === null && variable === null) return []
    const { unlistedPackages } = protectsRoute(model, route, 'auth')
    // What an unlisted package in front does is not known, nor which variables a platform always sets.
    const most = unlistedPackages.length > 0 || checks === 'yes' ? 'medium' : 'high'
    const seen = !route.isComplete ? 'low' : unlistedPackages.length > 0 && confidence !== 'high' ? 'low' : most
    const sure = [confidence, act.confidence, seen] as const
    const fault = late !== null ? 'late' : variable === null ? 'unchecked' : 'switched'
    return [{ route, why, act, fault, variable, confidence: confidenceFor(model, app, weakest(sure, 'weakest')) }]
  })
  const places = oncePerPlace(found)
  return (['unchecked', 'late', 'switched'] as const).flatMap((fault) => [...byFile(places.filter((one) => one.fault === fault))])
}

/** The further routes of a group, what the first one does, and what stands in front of it. */
export function webhookEvidence(app: App, group: readonly UncheckedWebhook[]): readonly RelatedPlace[] {
  const reason = (asked: Route | undefined): string => group.flatMap((one) => (one.route === asked ? reasonOf(one) : [])).join('')
  const done = group.slice(0, 1).map(({ act }) => evidence(act.record.at, 'this is done for whoever asks'))
  return routeEvidence(
    app,
    group.map(({ route }) => route),
    reason,
    done,
  )
}

function reasonOf({ why, act }: UncheckedWebhook): string {
  return `${why}, and it calls ${act.what}`
}

/** A router that is mounted twice, or a line for several methods, is one place. */
function oncePerPlace(found: readonly UncheckedWebhook[]): readonly UncheckedWebhook[] {
  return [...new Map([...found].reverse().map((one) => [locationKey(one.route.at), one])).values()].reverse()
}
