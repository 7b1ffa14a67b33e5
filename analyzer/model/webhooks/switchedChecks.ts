// Webhooks that are checked only where the environment holds the secret, and believe everybody where it does not.
import { functionsBehind } from '../../link/handlers.js'
import { conductOf } from '../conduct.js'
import { runsWhenUnset } from '../defaults.js'
import { environmentChecks } from '../secrets/environmentChecks.js'
import type { ProjectModel, Route } from '../model.js'
import { protectsRoute } from '../queries.js'
import { environmentNamesIn } from '../search.js'
import { isVerification } from './webhookChecks.js'
import type { WebhookAct } from './webhookActs.js'
import { ownFunctions } from './webhookRoutes.js'

/**
 * The variable without which nothing is checked and the act is done all the same. null where something else checks too, where a request is refused without it,
 * where the start is, or where the act stands in a function whose conditions are not known.
 */
export function switchOf(model: ProjectModel, route: Route, act: WebhookAct): string | null {
  const { answer, isConditional, links } = protectsRoute(model, route, 'webhook-signature')
  if (answer !== 'yes' || !isConditional || protectsRoute(model, route, 'auth').answer !== 'no') return null
  const conducts = route.chain
    .filter(({ entry }) => !entry.isOff)
    .flatMap(({ value }) => functionsBehind(value).map((fn) => conductOf(model, fn)))
  if (!links.every(({ effect }) => runsWhenUnset(effect.call?.guards ?? []) === false)) return null
  const [variable, ...others] = new Set(links.flatMap(({ effect }) => effect.flags))
  if (variable === undefined || others.length > 0 || environmentChecks(model).isChecked(variable) !== 'no') return null
  const mayRun = (guards: WebhookAct['record']['guards']): boolean => runsWhenUnset(guards) !== false
  if (conducts.some(({ records }) => records.some((record) => isVerification(record) && mayRun(record.guards)))) return null
  const isRefused = conducts.some(({ refusals }) =>
    refusals.some(({ guards }) => mayRun(guards) && guards.some(({ value }) => environmentNamesIn(value).includes(variable))),
  )
  const { at, guards } = act.record
  const isOwn = ownFunctions(route).some((fn) => fn.source.file === at.file && fn.facts.id === at.fn)
  return isRefused || !isOwn || !mayRun(guards) ? null : variable
}
