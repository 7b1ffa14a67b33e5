// Whether X-Powered-By reaches the client of a route.
import { flagsOf } from '../effect.js'
import type { Answer, Route, Scope } from '../model.js'
import type { ProtectingLink, Protection } from '../protection.js'
import { agreement, isFalse } from '../values.js'
import { unique } from '../verdict.js'

/**
 * Each application on the way sets the header anew when a request enters it, unless `x-powered-by` is disabled there; middleware after that may remove it.
 * So a mounted `express()` brings back what its parent removed (domain fact A10). Routers set nothing.
 */
export function poweredByHiding(route: Route, links: readonly ProtectingLink[]): Protection {
  const apps = [route.app.scope, ...route.mounts.flatMap((mount) => (mount.mounted === null ? [] : [mount.mounted]))]
  let answer = 'no' as Answer
  let isConditional = false
  let by: Protection['by'] = null
  let current: Scope | null = null
  const entered = (scope: Scope): void => {
    const disabled = isDisabled(scope)
    // Where the header was removed before and this application does not send it, it stays away.
    if (disabled === 'yes' && (current === null || answer === 'yes')) {
      answer = 'yes'
      by = 'settings'
    } else if (disabled !== 'yes') {
      answer = disabled
      by = null
    }
    isConditional = disabled === 'unknown'
    current = scope
  }
  for (const scope of apps) {
    if (scope.kind === 'app') entered(scope)
    for (const { link, effect } of links) {
      if (hostOf(link.entry.scope, apps) !== scope) continue
      if (effect.isConditional && answer === 'yes') continue
      answer = 'yes'
      by = 'code'
      isConditional = effect.isConditional
    }
  }
  const isUnknown = answer === 'unknown'
  const isBlind = answer === 'no' && route.gaps.some((gap) => gap.isBlind)
  return {
    answer: isBlind ? 'unknown' : isUnknown ? 'yes' : answer,
    confidence: isBlind ? 'medium' : 'high',
    by: isUnknown ? 'settings' : by,
    links,
    isConditional,
    flags: isConditional ? flagsFor(apps, links) : [],
    headers: [],
    unlistedPackages: [],
    looked: route.chain.map((link) => link.at),
  }
}

/** The scope on the way in which a layer counts: its own, or the one that mounts its router beside the way (a router without a path serves all that follows). */
function hostOf(scope: Scope, way: readonly Scope[], seen: readonly Scope[] = []): Scope | null {
  if (way.includes(scope)) return scope
  if (seen.includes(scope)) return null
  for (const mount of scope.mounts) {
    const host = hostOf(mount.scope, way, [...seen, scope])
    if (host !== null) return host
  }
  return null
}

function flagsFor(apps: readonly Scope[], links: readonly ProtectingLink[]): readonly string[] {
  const settings = apps.flatMap((scope) => scope.settings).filter((setting) => setting.name === 'x-powered-by')
  return unique([...links.flatMap(({ effect }) => effect.flags), ...settings.flatMap((setting) => flagsOf(setting.guards))])
}

/** Whether an application's own setting keeps the header away: the last write decides; a write under a condition makes it unknown. */
export function isDisabled(scope: Scope): Answer {
  // Fastify sends no such header (domain fact A4).
  if (scope.framework === 'fastify') return 'yes'
  let answer: Answer = 'no'
  for (const setting of scope.settings) {
    if (setting.name !== 'x-powered-by' || setting.guards.some((guard) => guard.kind === 'off')) continue
    const off = isFalse(setting.value)
    answer = flagsOf(setting.guards).length === 0 ? off : agreement([answer, off])
  }
  return answer
}
