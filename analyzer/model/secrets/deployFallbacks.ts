// Literals that files of a deployment put in the place of secrets that nobody set: `${JWT_SECRET:-dev-secret}` in compose files, images and scripts.
import type { Location } from '../../text/location.js'
import { composeVariables, stageOf } from '../deployment/composeEnvironment.js'
import { givenVariables } from '../deployment/givenVariables.js'
import type { Confidence, ProjectModel } from '../model.js'
import { secretKind } from './secretNames.js'
import { isPlaceholder, looksLikeSecret } from './secretText.js'
import { keyUsesOf } from './weakSecrets.js'

export interface DeployFallback {
  readonly at: Location
  /** Who fills it in. */
  readonly by: 'compose' | 'image' | 'script'
  /** The variable that the literal stands in for. */
  readonly variable: string
  readonly confidence: Confidence
  /** Where the code uses it as a key. */
  readonly use: Location | null
}

/** Sure where what is run is told that it is production, or starts the server, and the code signs or encrypts with the variable. */
export function deployFallbacksOf(model: ProjectModel): readonly DeployFallback[] {
  const all = composeVariables(model)
  return [
    ...all.flatMap((given) => {
      const stage = stageOf(given, all)
      return stage === 'development' ? [] : fallbacksIn(model, { ...given, by: 'compose', isProduction: stage === 'production' })
    }),
    ...givenVariables(model).flatMap(({ source, isFinal, ...given }) =>
      source === 'image' || source === 'script' ? fallbacksIn(model, { ...given, by: source, isProduction: isFinal === true }) : [],
    ),
  ]
}

interface Given {
  readonly name: string
  readonly value: string
  readonly at: Location
  readonly by: DeployFallback['by']
  readonly isProduction: boolean
}

function fallbacksIn(model: ProjectModel, { name, value, at, by, isProduction }: Given): readonly DeployFallback[] {
  return [...value.matchAll(fallback)].flatMap(([, variable = '', literal = '']): readonly DeployFallback[] => {
    const use = keyUsesOf(model).get(name)?.at ?? null
    const certainty = use === null ? named(variable, name, literal) : 'key'
    if (literal === '' || certainty === null) return []
    return [{ at, by, variable, confidence: confidenceOf({ by, isProduction }, certainty), use }]
  })
}

/** A script that starts no server may be anybody's. */
function confidenceOf({ by, isProduction }: Pick<Given, 'by' | 'isProduction'>, certainty: 'key' | 'secret' | 'password'): Confidence {
  if (isProduction) return certainty === 'key' ? 'high' : 'medium'
  return certainty === 'password' || by !== 'compose' ? 'low' : 'medium'
}

const fallback = /\$\{(\w+):?[-=]([^}$]*)\}/g

/** Passwords of databases that stand beside the server in the same file are seldom those of production. */
function named(variable: string, name: string, literal: string): 'secret' | 'password' | null {
  const kind = secretKind(variable) ?? secretKind(name)
  if (kind === null || isPlaceholder(literal) || !looksLikeSecret(literal, kind)) return null
  return kind === 'password' ? 'password' : 'secret'
}
