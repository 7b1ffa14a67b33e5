// Keys that are an empty text where a variable of the environment is missing, and that work all the same: nothing fails, and everybody knows them.
import type { Value } from '../../link/value.js'
import { locationKey, type Location } from '../../text/location.js'
import { environmentChecks } from './environmentChecks.js'
import type { Confidence, ProjectModel } from '../model.js'
import { ofEachBinding } from '../perPart.js'
import { secretUsesOf } from './secretSinks.js'
import { possibleValues } from '../values.js'

export interface EmptyKey {
  readonly at: Location
  readonly variable: string
  readonly confidence: Confidence
  /** Where it is used as a key, where that is known. */
  readonly use: Location | null
}

/** Empty fallbacks of keys of HMACs and of encryption, each place once. Packages that refuse an empty key are left out. */
export function emptyKeysOf(model: ProjectModel): readonly EmptyKey[] {
  const { refused } = environmentChecks(model)
  const found = new Map<string, EmptyKey>()
  for (const one of [...atSinks(model), ...underNames(model)])
    if (model.productionFiles.has(one.at.file) && !refused.has(one.variable) && !found.has(locationKey(one.at)))
      found.set(locationKey(one.at), one)
  return [...found.values()]
}

function atSinks(model: ProjectModel): readonly EmptyKey[] {
  return secretUsesOf(model).flatMap(({ sink, at, parts }): readonly EmptyKey[] => {
    const empty = /^key of an HMAC$/.test(sink.what) ? emptyFallback(parts) : null
    return empty === null ? [] : [{ ...empty, confidence: 'high', use: at }]
  })
}

/** Keys of encryption are derived from what the environment holds, in ways that are not followed: the name says what they are. */
const underNames = ofEachBinding(
  ({ value, isOff }): readonly EmptyKey[] => {
    if (isOff || value.kind !== 'choice') return []
    const empty = emptyFallback(possibleValues(value))
    const isKey = empty !== null && /(?:^|_)(?:EN|DE)CRYPT(?:ION)?_(?:\w+_)?(?:KEY|SECRET|PASS\w*)$/.test(empty.variable)
    return isKey ? [{ ...empty, confidence: 'medium', use: null }] : []
  },
  ['choice'],
)

function emptyFallback(parts: readonly Value[]): Pick<EmptyKey, 'at' | 'variable'> | null {
  const variable = parts.find((part) => part.kind === 'environment' && part.name !== '*')
  const empty = parts.find((part) => part.kind === 'literal' && part.value === '')
  return variable?.kind === 'environment' && empty !== undefined ? { at: empty.at, variable: variable.name } : null
}
