// Secrets that stand in the code: each literal once, without those that never become one.
import { locationKey, sameLocation } from '../../text/location.js'
import { environmentChecks } from './environmentChecks.js'
import { isParameterPlace, writtenPlacesOf } from './literalPlaces.js'
import type { ProjectModel } from '../model.js'
import { secretCandidates, type SecretLiteral } from './secretCandidates.js'
import { credentialsOf } from './secretFormats.js'
import { recordedOnce } from '../recorded.js'

/** Every secret literal of production code, once per literal, in the order in which they are met: by place, by shape, by name. */
export const secretLiteralsOf: (model: ProjectModel) => readonly SecretLiteral[] = recordedOnce((model) => {
  const { deniedTexts, refused } = environmentChecks(model)
  // What is refused as a value, or stands in for a variable that must be there, never becomes the secret.
  const serious = secretCandidates(model).filter(
    (secret) =>
      model.productionFiles.has(secret.at.file) &&
      !deniedTexts.has(secret.text) &&
      (secret.fallbackOf === null || !refused.has(secret.fallbackOf)),
  )
  const written = serious.flatMap((secret) => writtenPlacesOf(model, secret.at, secret.text).map((at) => ({ ...secret, at })))
  return withoutComposed(once(whereWritten(model, written)))
})

/** A setting that a function is handed has the place of the parameter: where the same text is known by what holds it, it is that one. */
function whereWritten(model: ProjectModel, secrets: readonly SecretLiteral[]): readonly SecretLiteral[] {
  const handed = new Set(secrets.filter(({ at }) => isParameterPlace(model, at)))
  if (handed.size === 0) return secrets
  const holders = secrets.filter((secret) => !handed.has(secret))
  return secrets.flatMap((secret) => {
    const places = handed.has(secret) ? holders.filter(({ text }) => text === secret.text) : []
    return places.length === 0 ? [secret] : places.map(({ at }) => ({ ...secret, at }))
  })
}

function once(secrets: readonly SecretLiteral[]): readonly SecretLiteral[] {
  const byPlace = new Map<string, SecretLiteral>()
  for (const secret of secrets) {
    const key = locationKey(secret.at)
    const first = byPlace.get(key)
    const earlier = first?.uses ?? []
    const uses = [...earlier, ...secret.uses.filter((use) => !earlier.some((one) => sameLocation(one.at, use.at)))]
    byPlace.set(key, first === undefined ? secret : { ...first, uses, fallbackOf: first.fallbackOf ?? secret.fallbackOf })
  }
  return [...byPlace.values()]
}

/** An address that is put together from a secret that is known already says nothing new. */
function withoutComposed(secrets: readonly SecretLiteral[]): readonly SecretLiteral[] {
  const texts = new Set(secrets.map((secret) => secret.text))
  return secrets.filter((secret) => secret.by !== 'format' || !texts.has(credentialsOf(secret.text)?.password ?? ''))
}
