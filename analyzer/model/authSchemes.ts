// `fastify.auth([schemes])` of @fastify/auth: who must pass which of them, and that every error of a scheme refuses with 401.
import type { ResultValue, Value } from '../link/value.js'
import { conductOf } from './conduct.js'
import type { Effect } from './effect.js'
import type { Capability, ProjectModel } from './model.js'
import { packageOf } from './origins.js'
import { ownEffect } from './ownEffect.js'
import { possibleValues, property, stringOf } from './values.js'

/** True for what `fastify.auth(…)` returned. */
export function isAuthHook({ call }: ResultValue): boolean {
  const callee = packageOf(call.callee)
  return callee !== null && /^(?:@fastify\/|fastify-)auth$/.test(callee.package) && callee.path.join('.') === 'auth'
}

/**
 * Effects of such a hook. One scheme that lets a request pass is enough, so each of them must check who asks; with `relation: 'and'`, and within a list
 * in the list, one that checks is enough.
 */
export function schemeEffects(
  model: ProjectModel,
  { call }: ResultValue,
  effectsOf: (value: Value) => readonly Effect[],
): readonly Effect[] {
  const [list, options] = call.args
  if (list?.kind !== 'array') return []
  const needsAll = stringOf(property(options ?? null, 'relation')) === 'and'
  const checks = list.elements.map((one): readonly Effect[] => {
    const schemes = one.kind === 'array' ? one.elements : [one]
    // What a list in the list asks for is the other relation.
    const found = schemes.map((scheme) => checksOf(model, scheme, effectsOf))
    return one.kind === 'array' && needsAll && found.some((each) => each.length === 0) ? [] : found.flat()
  })
  const isAsked = needsAll ? checks.some((each) => each.length > 0) : checks.length > 0 && checks.every((each) => each.length > 0)
  const besides = list.elements.flatMap(effectsOf).filter(({ capability }) => capability !== authentication)
  return [...(isAsked ? checks.flat() : []), ...besides]
}

const authentication: Capability = 'auth'

/** How a scheme checks who asks: as a guard does, or by an error that carries no status, since the hook gives it 401. */
function checksOf(model: ProjectModel, scheme: Value, effectsOf: (value: Value) => readonly Effect[]): readonly Effect[] {
  const known = effectsOf(scheme).filter(({ capability }) => capability === authentication)
  if (known.length > 0) return known
  const checks = possibleValues(scheme).map((one): Effect | null => {
    if (one.kind !== 'function') return null
    const conduct = conductOf(model, one)
    const refusal = conduct.refusals.find(({ how, guards }) => how !== 'answer' && guards.length > 0)
    return refusal === undefined || !conduct.continues
      ? null
      : ownEffect(conduct, authentication, 'medium', refusal.at, [], 'fails as a scheme of @fastify/auth', { call: refusal.call })
  })
  return checks.every((one) => one !== null) ? checks : []
}
