// Literals that compose files put in the place of secrets that nobody set: `${JWT_SECRET:-dev-secret}`.
import type { Location } from '../../text/location.js'
import { composeVariables, stageOf } from '../deployment/composeEnvironment.js'
import type { Confidence, ProjectModel } from '../model.js'
import { secretKind } from './secretNames.js'
import { isPlaceholder, looksLikeSecret } from './secretText.js'
import { keyUsesOf } from './weakSecrets.js'

export interface ComposeFallback {
  readonly at: Location
  /** The variable that the literal stands in for. */
  readonly variable: string
  readonly confidence: Confidence
  /** Where the code uses it as a key. */
  readonly use: Location | null
}

/** Sure where the service is told that it is production and the code signs or encrypts with the variable. */
export function composeFallbacksOf(model: ProjectModel): readonly ComposeFallback[] {
  const all = composeVariables(model)
  const uses = keyUsesOf(model)
  return all.flatMap((given): readonly ComposeFallback[] => {
    const stage = stageOf(given, all)
    if (stage === 'development') return []
    return [...given.value.matchAll(fallback)].flatMap(([, variable = '', literal = '']): readonly ComposeFallback[] => {
      const use = uses.get(given.name)?.at ?? null
      const certainty = use === null ? named(variable, given.name, literal) : 'key'
      if (literal === '' || certainty === null) return []
      const isSure = stage === 'production' && certainty !== 'password'
      const confidence =
        isSure && certainty === 'key' ? 'high' : isSure || stage === 'production' || certainty !== 'password' ? 'medium' : 'low'
      return [{ at: given.at, variable, confidence, use }]
    })
  })
}

const fallback = /\$\{(\w+):?-([^}$]*)\}/g

/** Passwords of databases that stand beside the server in the same file are seldom those of production. */
function named(variable: string, name: string, literal: string): 'secret' | 'password' | null {
  const kind = secretKind(variable) ?? secretKind(name)
  if (kind === null || isPlaceholder(literal) || !looksLikeSecret(literal, kind)) return null
  return kind === 'password' ? 'password' : 'secret'
}
