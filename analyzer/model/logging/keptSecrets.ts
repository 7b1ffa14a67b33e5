// Secrets by the variable that keeps them: `const resetToken = randomBytes(32).toString('hex')`.
import type { ResultValue, Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { isCodeName, speaksOfCodes } from '../secrets/codePlaces.js'
import type { Confidence, ProjectModel } from '../model.js'
import { methodName } from '../origins.js'
import { ofEachBinding } from '../perPart.js'
import { guessableSource, isUnguessable } from '../secrets/randomness.js'
import { valuesWithin } from '../search.js'
import { isUnguessableName, wordsOf } from '../secrets/secretNames.js'
import { sensitiveName } from '../secrets/sensitiveNames.js'
import { recordedOnce } from '../recorded.js'

export interface KeptSecret {
  /** `a token (resetToken)`. */
  readonly what: string
  readonly confidence: Confidence
}

/** What the variable of a result says that it is: sure where a generator made it, less so for what some other call gave. */
export function keptSecret(model: ProjectModel, value: ResultValue): KeptSecret | null {
  const kept = namesOf(model).get(value)
  if (kept === undefined) return null
  const { name } = kept
  const isRandom = [...valuesWithin(value, (one) => one === value || one.kind === 'result' || one.kind === 'member')].some(isUnguessable)
  const isCode = isOneTimeCode(name) || (isCodeName(name) && speaksOfCodes(model, kept.at))
  const what = sensitiveName(name) ?? (isCode && (isRandom || guessableSource(value) !== null) ? 'a one-time code' : null)
  if (what === null || (!isRandom && answersOnly.test(methodName(value.call.callee) ?? ''))) return null
  return { what: `${what} (${name})`, confidence: isRandom && !isCodeName(name) ? 'high' : 'medium' }
}

function isOneTimeCode(name: string): boolean {
  return isUnguessableName(name) && /^(code|pin|link|otp)$/.test(wordsOf(name).at(-1) ?? '')
}

/** What these give back is an answer about a secret, or what stands in it. */
const answersOnly =
  /^_?(verify|decode|compare|has|is|check|exists|count|delete|remove|revoke|validate|invalidate|assert|test|match|hash|mask|redact)/i

interface KeptResult {
  readonly name: string
  readonly value: Value
  readonly at: Location
}

const keptResults = ofEachBinding(
  ({ name, value, at }): readonly KeptResult[] =>
    value.kind === 'result' && (sensitiveName(name) !== null || isOneTimeCode(name) || isCodeName(name)) ? [{ name, value, at }] : [],
  ['result'],
)

/** The first such variable that keeps each result, and a plain `code` only where no other does. */
const namesOf = recordedOnce((model): ReadonlyMap<Value, KeptResult> => {
  const found = new Map<Value, KeptResult>()
  for (const kept of keptResults(model)) {
    const known = found.get(kept.value)
    if (known === undefined || (isCodeName(known.name) && !isCodeName(kept.name))) found.set(kept.value, kept)
  }
  return found
})
