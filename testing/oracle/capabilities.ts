// Whether the model's answers about protection are what the running application shows.
import { protectsRoute } from '../../analyzer/model/queries.js'
import type { Capability, ProjectModel, Route } from '../../analyzer/model/model.js'
import type { VisitedRoute } from './modelRoutes.js'
import { SECURITY_HEADERS, type ProbeReport } from './probe.js'

/** How many of the headers that are looked at make an answer a protected one. */
export const ENOUGH_HEADERS = 3

/** Sentences about each route of which the model says something else than reality; empty when they agree. */
export function capabilityContradictions(
  model: ProjectModel,
  visited: readonly VisitedRoute[],
  report: ProbeReport,
  flood: string,
): readonly string[] {
  return visited.flatMap((visit) => {
    if (!visit.isAnswered) return []
    const { route, headers, request, status } = visit
    const count = SECURITY_HEADERS.filter((name) => headers.has(name)).length
    // Express's own error page sets headers of its own (domain fact A9).
    const isErrorPage = status >= 400
    return [
      ...(isErrorPage
        ? []
        : contradiction(
            model,
            route,
            'security-headers',
            count >= ENOUGH_HEADERS ? 'yes' : 'no',
            `${request} came with ${count} security headers`,
          )),
      ...contradiction(
        model,
        route,
        'hide-powered-by',
        /express/i.test(headers.get('x-powered-by') ?? '') ? 'no' : 'yes',
        `${request} came with X-Powered-By: ${String(headers.get('x-powered-by'))}`,
      ),
      ...(request === `GET ${flood}`
        ? contradiction(
            model,
            route,
            'rate-limit',
            report.limitedAt === null ? 'no' : 'yes',
            `${request} was answered 429 at ${String(report.limitedAt)}`,
          )
        : []),
    ]
  })
}

function contradiction(model: ProjectModel, route: Route, capability: Capability, real: 'yes' | 'no', reality: string): readonly string[] {
  const { answer, isConditional } = protectsRoute(model, route, capability)
  const agrees = isConditional || answer === real
  return agrees ? [] : [`${reality}, but the model answers ${answer} for ${capability}`]
}
