// Which applications put X-Powered-By on what they answer: the one that listens, and those that are mounted into it.
import type { App, ProjectModel, Route, Scope } from '../model.js'
import type { Protection } from '../protection.js'
import { protectsRoute } from '../queries.js'
import { registrationsOf } from '../registrations.js'
import { answeredRoutes } from '../serving.js'

export interface PoweredApplication {
  readonly scope: Scope
  /** Routes that carry the header because of it. */
  readonly routes: readonly Route[]
  /** True when that depends on something that is not known. */
  readonly isConditional: boolean
}

export interface PoweredApplications {
  readonly own: PoweredApplication | null
  readonly mounted: readonly PoweredApplication[]
}

/**
 * Applications that send the header. Where middleware for the whole application removes it but comes too late for some routes,
 * its place is what is wrong, and nothing is said here.
 */
export function poweredApplications(model: ProjectModel, app: App): PoweredApplications {
  const found = new Map<Scope, { scope: Scope; routes: Route[]; isConditional: boolean }>()
  const isLate = registrationsOf(model, app, 'hide-powered-by').some(
    ({ entry, scope, isOff }) => scope === app.scope && entry.kind === 'layer' && !isOff && (entry.path === '' || entry.path === '/'),
  )
  for (const route of answeredRoutes(model, app)) {
    const protection = protectsRoute(model, route, 'hide-powered-by')
    if (!isSent(protection)) continue
    const scope = senderOf(route)
    if (scope === app.scope && isLate && protection.answer === 'no') continue
    const known = found.get(scope)
    if (known === undefined) found.set(scope, { scope, routes: [route], isConditional: protection.answer === 'yes' })
    else {
      known.routes.push(route)
      known.isConditional &&= protection.answer === 'yes'
    }
  }
  return { own: found.get(app.scope) ?? null, mounted: [...found.values()].filter(({ scope }) => scope !== app.scope) }
}

function isSent({ answer, isConditional }: Protection): boolean {
  return answer === 'no' || (answer === 'yes' && isConditional)
}

/** The innermost application on the way: it set the header last. */
function senderOf(route: Route): Scope {
  const scopes = [route.app.scope, ...route.mounts.flatMap((mount) => mount.mounted ?? [])]
  return scopes.findLast((scope) => scope.kind === 'app') ?? route.app.scope
}
