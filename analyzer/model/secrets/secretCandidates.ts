// Literals that may be secrets, by the place where they end, by shape, in schemas over the environment, and by name.
import { isSettingsFile } from '../../link/silentData.js'
import { locationKey, type Location } from '../../text/location.js'
import { inAddresses } from './addressSecrets.js'
import { comparedSecrets } from './comparedSecrets.js'
import { encodedKeys } from './encodedKeys.js'
import { placesOutsideProduction } from '../developmentPlaces.js'
import type { Confidence, ProjectModel } from '../model.js'
import { inRequestHeaders } from './requestCredentials.js'
import { ofEachBinding } from '../perPart.js'
import { environmentIn, isText } from './possibleTexts.js'
import { credentialsOf, formatOf, isWorkingDefault } from './secretFormats.js'
import { defaultConfidence, secretDefaults } from './secretDefaults.js'
import { environmentNameFor, secretKind, wordsOf } from './secretNames.js'
import { secretUsesOf } from './secretSinks.js'
import { isPlaceholder, isPublicKey, looksLikeSecret } from './secretText.js'
import { ofKnownShape } from './shapedSecrets.js'
import { possibleValues } from '../values.js'

export interface SecretLiteral {
  readonly text: string
  readonly at: Location
  /** By which it is known: its place, that it is a one-time code which always opens, its shape, or its name. */
  readonly by: 'sink' | 'code' | 'format' | 'name'
  /** Completes "a literal is the …": `key of JSON web tokens`. */
  readonly what: string
  readonly confidence: Confidence
  /** The environment variable that it stands in for, else null. */
  readonly fallbackOf: string | null
  /** The variable that should hold it, and whether the code itself calls it so. */
  readonly variable: string
  readonly isCalledSo?: boolean
  /** True where the secret is a part of the text, behind the scheme of a header, so that a variable cannot take the place of the whole. */
  readonly isPart?: boolean
  /** Where it is used as a secret. */
  readonly uses: readonly { readonly at: Location; readonly note: string }[]
  /** Bytes that its algorithm wants. */
  readonly bytes: number
}

/** In this order: what a better ground says comes first. A literal may be met several times. */
export function secretCandidates(model: ProjectModel): readonly SecretLiteral[] {
  const names = namesOfLiterals(model)
  return [
    ...atSinks(model, names),
    ...comparedSecrets(model, names),
    ...ofKnownShape(model),
    ...inAddresses(model),
    ...inRequestHeaders(model),
    ...secretDefaults(model),
    ...underNames(model),
    ...encodedKeys(model),
  ]
}

/** The names under which literals are known, by place: `const JWT_KEY = '…'`. */
function namesOfLiterals(model: ProjectModel): ReadonlyMap<string, string> {
  return new Map(namedLiterals(model))
}

const namedLiterals = ofEachBinding(
  ({ name, value }): readonly (readonly [string, string])[] =>
    value.kind === 'literal' && typeof value.value === 'string' && secretKind(name) !== null ? [[locationKey(value.at), name]] : [],
  ['literal'],
)

function atSinks(model: ProjectModel, names: ReadonlyMap<string, string>): readonly SecretLiteral[] {
  return secretUsesOf(model).flatMap(({ sink, at, parts }): readonly SecretLiteral[] => {
    const environment = environmentIn(parts)
    return parts.filter(isText).flatMap((part): readonly SecretLiteral[] => {
      if (isPublicKey(part.value) || credentialsOf(part.value) !== null || (sink.kind === 'api' && isPlaceholder(part.value))) return []
      if (sink.kind === 'api' && !looksLikeSecret(part.value, 'secret') && formatOf(part.value) === null) return []
      const name = names.get(locationKey(part.at))
      const called = name === undefined || wordsOf(name).length < 2 ? null : environmentNameFor(name)
      // `secretAccessKey` of AWS is the secret that everybody keeps in AWS_SECRET_ACCESS_KEY.
      const variable = environment ?? (called === null || sink.variable.endsWith(called) ? sink.variable : called)
      return [
        {
          text: part.value,
          at: part.at,
          by: 'sink',
          what: sink.what,
          confidence: 'high',
          fallbackOf: environment,
          variable,
          isCalledSo: called !== null,
          uses: [{ at, note: `It is used here as the ${sink.what}.` }],
          bytes: sink.bytes,
        },
      ]
    })
  })
}

/** Named values: fallbacks of secret variables, and literals that look like secrets under a secret's name. */
function underNames(model: ProjectModel): readonly SecretLiteral[] {
  const elsewhere = placesOutsideProduction(model)
  return boundLiterals(model).flatMap(({ at, literals }) => (elsewhere.has(locationKey(at)) ? [] : literals))
}

const boundLiterals = ofEachBinding(
  ({ name, value, at, isOff }): readonly { readonly at: Location; readonly literals: readonly SecretLiteral[] }[] => {
    if (isOff || (value.kind !== 'choice' && (value.kind !== 'literal' || secretKind(name) === null))) return []
    const parts = possibleValues(value)
    const environment = environmentIn(parts)
    const ofVariable = environment === null ? null : secretKind(environment)
    const kind = ofVariable ?? secretKind(name)
    if (kind === null || isWords(name, at)) return []
    const literals = parts.filter(isText).flatMap((part): readonly SecretLiteral[] => {
      const base = { text: part.value, at: part.at, by: 'name' as const, uses: [], bytes: 0 }
      if (environment !== null)
        // The variable's name says nothing: what the place is called counts where the text looks the part.
        return (ofVariable === null ? looksLikeSecret(part.value, kind) && kind !== 'token' : isWorkingDefault(part.value, kind))
          ? [
              {
                ...base,
                what: `value of ${name}`,
                confidence: ofVariable === null ? 'medium' : defaultConfidence(part.value, kind),
                fallbackOf: environment,
                variable: environment,
              },
            ]
          : []
      if (value.kind !== 'literal' || !looksLikeSecret(part.value, kind) || part.value.toLowerCase() === name.toLowerCase()) return []
      return [
        {
          ...base,
          what: `value of ${name}`,
          confidence: kind === 'token' || part.value.startsWith('AIza') ? 'low' : 'medium',
          fallbackOf: null,
          variable: environmentNameFor(name),
          isCalledSo: true,
        },
      ]
    })
    return literals.length === 0 ? [] : [{ at, literals }]
  },
  ['literal', 'choice'],
)

/** Sentences as keys, and data files that are no configuration, are texts for people: translations, seeds. */
function isWords(name: string, at: Location): boolean {
  return !/^[\w$.#-]+$/.test(name) || (at.file.endsWith('.json') && !isSettingsFile(at.file))
}
