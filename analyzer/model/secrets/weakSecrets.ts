// Signing and encryption keys that can be guessed, in code and in the .env files of production.
import type { Location } from '../../text/location.js'
import { servedVariables } from '../deployment/givenVariables.js'
import { environmentFilesOf } from '../deployment/environmentFiles.js'
import { environmentSchemas } from './environmentSchemas.js'
import type { Confidence, ProjectModel } from '../model.js'
import { evidence, type RelatedPlace } from '../relatedPlaces.js'
import { secretLiteralsOf } from './secretLiterals.js'
import { secretUsesOf } from './secretSinks.js'
import { isPlaceholder, weaknessOf } from './secretText.js'

export interface WeakSecret {
  readonly at: Location
  /** Begins a sentence. */
  readonly name: string
  readonly weakness: string
  readonly confidence: Confidence
  readonly related: readonly RelatedPlace[]
}

/** What the algorithm of a key wants where only its name is known: HS256 and the sessions that are signed alike. */
const USUAL_BYTES = 32

/** Keys of known use that are weak, by literal; then those that a .env file of production gives to variables used so, or named so. */
export function weakSecretsOf(model: ProjectModel): readonly WeakSecret[] {
  const project = model.packages.find((one) => one.folder === '')?.name ?? null
  const inCode = secretLiteralsOf(model).flatMap((secret): readonly WeakSecret[] => {
    if (secret.bytes === 0) return []
    const weakness = weaknessOf(secret.text, secret.bytes, project)
    if (weakness === null) return []
    const related = secret.uses.slice(0, 3).map(({ at, note }) => evidence(at, note))
    return [{ at: secret.at, name: `This ${secret.what}`, weakness, confidence: secret.confidence, related }]
  })
  return [...inCode, ...inFiles(model, project), ...inDeployment(model, project)]
}

/** Values that deployments give to variables which sign or encrypt. */
function inDeployment(model: ProjectModel, project: string | null): readonly WeakSecret[] {
  const uses = keyUsesOf(model)
  return servedVariables(model).flatMap(({ name, value, at }): readonly WeakSecret[] => {
    const use = uses.get(name)
    const isOpen = value === '' || isPlaceholder(value) || /\$\{|\$[A-Z_]|^<|\{\{/.test(value) || isFilledIn(name, value)
    const weakness = use === undefined || isOpen ? null : weaknessOf(value, use.bytes, project)
    if (use === undefined || weakness === null) return []
    return [{ at, name, weakness, confidence: 'medium', related: [evidence(use.at, 'It is used here.')] }]
  })
}

/** True for what names the secret that is put there later: `#{JWT_SECRET}#`, `__JWT_SECRET__` and the like. */
export function isFilledIn(name: string, value: string): boolean {
  return value !== name && /^[@#%{_]+(.+?)[@#%}_]+$/.exec(value)?.[1] === name
}

/** Variables that sign or encrypt, with the bytes that the algorithm wants. */
export function keyUsesOf(model: ProjectModel): ReadonlyMap<string, { readonly bytes: number; readonly at: Location }> {
  const uses = new Map<string, { bytes: number; at: Location }>()
  const converted = convertedVariables(model)
  const isKey = (name: string): boolean => !/_(?:FILE|PATH)$/i.test(name) && !converted.has(name)
  for (const { sink, at, parts } of secretUsesOf(model))
    for (const part of parts)
      if (part.kind === 'environment' && sink.bytes > 0 && isKey(part.name)) uses.set(part.name, { bytes: sink.bytes, at })
  return uses
}

/** Variables of which a schema makes something else, as of one that names the file in which the key stands. */
function convertedVariables(model: ProjectModel): ReadonlySet<string> {
  return new Set(environmentSchemas(model).flatMap(({ keys }) => (keys ?? []).flatMap((key) => (key.isConverted ? [key.name] : []))))
}

function inFiles(model: ProjectModel, project: string | null): readonly WeakSecret[] {
  const uses = keyUsesOf(model)
  return environmentFilesOf(model).flatMap((file) => {
    // What is for developers' machines may be as weak as they like.
    if (file.isLocal) return []
    return file.values.flatMap(({ name, value, at, kind }): readonly WeakSecret[] => {
      const use = uses.get(name)
      if (
        value === '' ||
        (use === undefined && kind !== 'secret') ||
        (isPlaceholder(value) && use === undefined) ||
        /^\$\{|^<|^\{\{/.test(value)
      )
        return []
      const weakness = weaknessOf(value, use?.bytes ?? USUAL_BYTES, project)
      if (weakness === null) return []
      const isProduction = /prod/i.test(file.name)
      const related = use === undefined ? [] : [evidence(use.at, 'It is used here.')]
      return [
        {
          at,
          name,
          weakness,
          confidence: isProduction && use !== undefined ? 'high' : use !== undefined || isProduction ? 'medium' : 'low',
          related,
        },
      ]
    })
  })
}
