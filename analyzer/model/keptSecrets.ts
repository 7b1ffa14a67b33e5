// Secrets by the variable that keeps them: `const resetToken = randomBytes(32).toString('hex')`.
import type { ResultValue, Value } from '../link/value.js'
import type { Confidence, ProjectModel } from './model.js'
import { methodName } from './origins.js'
import { ofEachBinding } from './perPart.js'
import { isUnguessable } from './randomness.js'
import { valuesWithin } from './search.js'
import { isUnguessableName, wordsOf } from './secretNames.js'
import { sensitiveName } from './sensitiveNames.js'
import { recordedOnce } from './recorded.js'

export interface KeptSecret {
  /** `a token (resetToken)`. */
  readonly what: string
  readonly confidence: Confidence
}

/** What the variable of a result says that it is: sure where a cryptographic generator made it, less so for what some other call gave. */
export function keptSecret(model: ProjectModel, value: ResultValue): KeptSecret | null {
  const name = namesOf(model).get(value)
  if (name === undefined) return null
  const isRandom = [...valuesWithin(value, (one) => one === value || one.kind === 'result' || one.kind === 'member')].some(isUnguessable)
  const what = sensitiveName(name) ?? (isRandom && isOneTimeCode(name) ? 'a one-time code' : null)
  if (what === null || (!isRandom && answersOnly.test(methodName(value.call.callee) ?? ''))) return null
  return { what: `${what} (${name})`, confidence: isRandom ? 'high' : 'medium' }
}

function isOneTimeCode(name: string): boolean {
  return isUnguessableName(name) && /^(code|pin|link|otp)$/.test(wordsOf(name).at(-1) ?? '')
}

/** What these give back is an answer about a secret, or what stands in it. */
const answersOnly =
  /^_?(verify|decode|compare|has|is|check|exists|count|delete|remove|revoke|validate|invalidate|assert|test|match|hash|mask|redact)/i

const keptResults = ofEachBinding(
  (binding) =>
    binding.value.kind === 'result' && (sensitiveName(binding.name) !== null || isOneTimeCode(binding.name))
      ? [{ name: binding.name, value: binding.value }]
      : [],
  'made',
)

/** Results by the first such variable that keeps them. */
const namesOf = recordedOnce((model): ReadonlyMap<Value, string> => {
  const found = new Map<Value, string>()
  for (const { name, value } of keptResults(model)) if (!found.has(value)) found.set(value, name)
  return found
})
