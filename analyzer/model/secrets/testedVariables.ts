// Which environment variables a condition asks for.
import type { Guard, Value } from '../../link/value.js'
import { isRequest } from '../requests.js'
import { firstLeafWithin, valuesWithin } from '../search.js'
import { takesSecret } from './secretSinks.js'

/**
 * `!process.env.X`, and `missing.length > 0` where `missing` holds names. A condition on a request that compares it with a variable, or with what a key in it
 * signs, refuses that request and no start: only what asks whether the variable is there counts in it.
 */
export function namesTestedBy(guard: Guard, enters: (value: Value) => boolean): readonly string[] {
  let names = tested.get(guard)
  if (names === undefined) {
    const isOnRequest = firstLeafWithin(guard.value, isRequest, enters) !== null
    tested.set(guard, (names = namesIn(guard.value, isOnRequest ? (value) => asksForPresence(value) && enters(value) : enters)))
  }
  return names
}

// What a guard tested does not change once it has run, and models of one session share most of their records.
const tested = new WeakMap<Guard, readonly string[]>()

function namesIn(value: Value, enters: (value: Value) => boolean): readonly string[] {
  const variables: string[] = []
  const texts: string[] = []
  for (const one of valuesWithin(value, (part) => !asksForWhatIsFilledIn(part) && !isMadeWithKey(part) && enters(part))) {
    if (one.kind === 'environment') variables.push(one.name)
    else if (one.kind === 'literal' && typeof one.value === 'string' && /^[A-Z][A-Z\d]*(_[A-Z\d]+)*$/.test(one.value)) texts.push(one.value)
  }
  return [...variables, ...texts]
}

/** `verify(token, process.env.X).type !== 'access'`: what a token says, or a signature is, depends on the key and does not ask for it. */
function isMadeWithKey(value: Value): boolean {
  return value.kind === 'result' && takesSecret(value.call)
}

function asksForPresence(value: Value): boolean {
  return value.kind === 'choice' || (value.kind === 'operation' && /^(?:!|\|\||&&)$/.test(value.operator))
}

/** `value === undefined` where the value is `process.env.X ?? 'a default'`: nobody is refused for a variable that a text stands in for. */
function asksForWhatIsFilledIn(value: Value): boolean {
  if (value.kind !== 'operation' || !/^(?:!|[!=]==?)$/.test(value.operator)) return false
  const [asked, other] = value.operands
  const isPresence =
    value.operator === '!' || (other?.kind === 'literal' && (other.value === undefined || other.value === null || other.value === ''))
  return isPresence && asked?.kind === 'choice' && /^(?:\|\||\?\?)$/.test(asked.operator) && isFilled(asked.options.at(-1) ?? null)
}

function isFilled(value: Value | null): boolean {
  return value?.kind === 'literal' && typeof value.value === 'string' && value.value !== ''
}
