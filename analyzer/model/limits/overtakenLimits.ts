// Limiters that stand behind a check of passwords: what it refuses never reaches them, so that passwords are tried without a limit.
import { FixRefused, type Editor } from '../../fix/fix.js'
import { functionsBehind } from '../../link/handlers.js'
import type { CallRecord, Value } from '../../link/value.js'
import { conductOf } from '../conduct.js'
import { effectsOf } from '../effects.js'
import type { App, ProjectModel, Route } from '../model.js'
import { callOf } from '../origins.js'
import type { ProtectingLink } from '../protection.js'
import { protectsRoute } from '../queries.js'
import { recorded } from '../recorded.js'
import { valuesWithin } from '../search.js'
import { secretKind } from '../secrets/secretNames.js'
import { putInFront } from './fastifyLimitHook.js'
import { headerName } from './limiterKey.js'
import { isPasswordStrategy, passwordCheckAmong } from './routeCharacter.js'
import type { Misplacement } from './limiterPlacement.js'
import { stringsOf } from '../values.js'

/** Each limiter that comes too late for a check of passwords, with the routes for which it does. */
export function overtakenLimits(model: ProjectModel, app: App): readonly Misplacement[] {
  if (app.framework === 'nest') return []
  return model.routes.flatMap((route): readonly Misplacement[] => {
    if (route.app.scope !== app.scope || route.method === 'OPTIONS') return []
    const limits = protectsRoute(model, route, 'rate-limit')
    const [limit] = limits.links
    if (limits.answer !== 'yes' || limits.by !== 'code' || limit === undefined) return []
    const check = passwordCheckOf(model, route)
    if (check === null || limits.links.some((one) => stand(route, one) <= stand(route, check))) return []
    const confidence = check.effect.confidence === 'high' && check.effect.package !== null ? 'high' : 'medium'
    const at = limit.link.entry.option === 'rateLimit' ? (limit.effect.call?.at ?? limit.link.at) : limit.link.at
    return [{ kind: 'overtaken', at, registration: null, path: route.path, missed: [route], confidence }]
  })
}

function stand({ chain }: Route, { link }: ProtectingLink): number {
  return chain.findIndex(({ entry, value }) => entry === link.entry && value === link.value)
}

/** Makes the limit of Fastify a hook in front of the checks. */
export function limitBeforeChecks(editor: Editor, model: ProjectModel, routes: readonly Route[]): void {
  const [limit] = routes.flatMap((route) => protectsRoute(model, route, 'rate-limit').links)
  if (limit === undefined) throw new FixRefused('not known what limits')
  const checks = routes.flatMap((route) => passwordCheckOf(model, route)?.link ?? [])
  putInFront(editor, model, limit.link.entry, checks)
}

/** What checks passwords in front of the handler. */
function passwordCheckOf(model: ProjectModel, route: Route): ProtectingLink | null {
  const links = protectsRoute(model, route, 'auth').links.filter(({ link }) => link.value !== route.handler)
  return links.find(({ link, effect }) => !effect.isConditional && checksPasswords(model, link.value)) ?? null
}

/** Basic authentication, a strategy of passport for passwords, or a function that compares hashes of passwords. One that counts by itself needs no limiter. */
const checksPasswords: (model: ProjectModel, value: Value) => boolean = recorded((model, value) => {
  const effects = effectsOf(model, value)
  if (effects.some(({ capability }) => capability === 'rate-limit')) return false
  if (effects.some((one) => one.package !== null && BASIC.test(one.package))) return true
  const strategy = callOf(value, 'passport', ['authenticate'])
  if (strategy !== null) return isPasswordStrategy(strategy) || stringsOf(strategy.args[0] ?? null).includes('basic')
  return functionsBehind(value).some((fn) => {
    const check = passwordCheckAmong(conductOf(model, fn).records)
    return check !== undefined && !checksKey(check)
  })
})

/** `bcrypt.compare(request.headers['x-api-key'], …)`: keys are generated, and nobody guesses them. A limiter behind may count by whose key it is. */
function checksKey({ args }: CallRecord): boolean {
  const [given = null] = args
  return valuesWithin(given).some((part) => {
    const name = headerName(part) ?? (part.kind === 'member' ? part.name : '')
    const isScheme = part.kind === 'literal' && typeof part.value === 'string' && /^bearer\b/i.test(part.value)
    return isScheme || /^(?:key|token)$/.test(secretKind(name) ?? '')
  })
}

const BASIC = /^(?:@fastify\/|fastify-|express-)basic-auth\b|^basic-auth-connect\b/
