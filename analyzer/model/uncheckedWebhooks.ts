// Webhooks that act on what anybody sends.
import { locationKey } from '../text/location.js'
import { confidenceFor } from './auxiliary.js'
import { routesOf } from './appRoutes.js'
import type { App, Confidence, ProjectModel, Route } from './model.js'
import { byFile } from './routePlaces.js'
import { protectsRoute } from './queries.js'
import { weakest } from './verdict.js'
import { actOf, type WebhookAct } from './webhookActs.js'
import { checksSender } from './webhookChecks.js'
import { webhookRoutes } from './webhookRoutes.js'

export interface UncheckedWebhook {
  readonly route: Route
  readonly why: string
  readonly act: WebhookAct
  readonly confidence: Confidence
}

/** In groups by file: one router that forgets to ask is one cause. */
export function uncheckedWebhooks(model: ProjectModel, app: App): readonly (readonly UncheckedWebhook[])[] {
  if (routesOf(model, app).length === 0) return []
  const found = webhookRoutes(model, app).flatMap(({ route, why, confidence }): readonly UncheckedWebhook[] => {
    if (checksSender(model, route) !== 'no') return []
    const act = actOf(model, route)
    if (act === null) return []
    const { unlistedPackages } = protectsRoute(model, route, 'auth')
    // What an unlisted package in front does is not known: one step less sure.
    const seen = !route.isComplete ? 'low' : unlistedPackages.length === 0 ? 'high' : confidence === 'high' ? 'medium' : 'low'
    const sure = [confidence, act.confidence, seen] as const
    return [{ route, why, act, confidence: confidenceFor(model, app, weakest(sure, 'weakest')) }]
  })
  return byFile(oncePerPlace(found))
}

/** A router that is mounted twice, or a line for several methods, is one place. */
function oncePerPlace(found: readonly UncheckedWebhook[]): readonly UncheckedWebhook[] {
  return [...new Map([...found].reverse().map((one) => [locationKey(one.route.at), one])).values()].reverse()
}

/** The end of a sentence about the first of several. */
export function othersText(count: number): string {
  if (count === 0) return ''
  return count === 1 ? ', and so does one more of this file' : `, and so do ${count} more of this file`
}
