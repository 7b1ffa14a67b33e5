// Secrets that stand in the code: each literal once, without those that never become one.
import { locationKey, sameLocation } from '../../text/location.js'
import { environmentChecks } from './environmentChecks.js'
import { isParameterPlace, writtenPlacesOf } from './literalPlaces.js'
import type { ProjectModel } from '../model.js'
import { withOwnVariables } from './ownVariables.js'
import { secretCandidates, type SecretLiteral } from './secretCandidates.js'
import { credentialsOf } from './secretFormats.js'
import { recordedOnce } from '../recorded.js'

/** Every secret literal of production code, once per literal, in the order in which they are met: by place, by shape, by name. */
export const secretLiteralsOf: (model: ProjectModel) => readonly SecretLiteral[] = recordedOnce((model) => {
  const { deniedTexts, refused } = environmentChecks(model)
  const candidates = secretCandidates(model)
  // What is refused as a value, or stands in for a variable that must be there, never becomes the secret, whatever it is called.
  const never = new Set(
    candidates.flatMap(({ at, fallbackOf }) => (fallbackOf !== null && refused.has(fallbackOf) ? [locationKey(at)] : [])),
  )
  const serious = candidates.filter(
    ({ at, by, text, fallbackOf }) =>
      model.productionFiles.has(at.file) &&
      !deniedTexts.has(text) &&
      (fallbackOf === null ? by !== 'name' || !never.has(locationKey(at)) : !refused.has(fallbackOf)),
  )
  const written = serious.flatMap((secret) => writtenPlacesOf(model, secret.at, secret.text).map((at) => ({ ...secret, at })))
  return withOwnVariables(model, withoutComposed(once(whereWritten(model, written))))
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
    byPlace.set(key, first === undefined ? secret : standingIn({ ...first, uses }, secret))
  }
  return [...byPlace.values()]
}

/** What the environment may hold in its place is the variable of both. */
function standingIn(first: SecretLiteral, { fallbackOf, variable }: SecretLiteral): SecretLiteral {
  return first.fallbackOf !== null || fallbackOf === null ? first : { ...first, fallbackOf, variable }
}

/** An address or a header that is put together from a secret that is known already says nothing new. */
function withoutComposed(secrets: readonly SecretLiteral[]): readonly SecretLiteral[] {
  const texts = new Set(secrets.map((secret) => secret.text))
  const long = [...texts].filter(({ length }) => length >= 8)
  const isComposed = ({ text }: SecretLiteral): boolean =>
    texts.has(credentialsOf(text)?.password ?? '') || long.some((one) => one.length < text.length && text.includes(one))
  return secrets.filter((secret) => secret.by !== 'format' || !isComposed(secret))
}
