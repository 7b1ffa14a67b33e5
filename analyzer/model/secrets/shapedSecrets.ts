// Literals that are secrets by their shape, wherever they stand: keys of known providers, private keys, addresses with a password.
import type { Value } from '../../link/value.js'
import { ofEachBinding, ofEachCall } from '../perPart.js'
import { possibleValues } from '../values.js'
import { environmentIn, isText, type TextValue } from './possibleTexts.js'
import type { ProjectModel } from '../model.js'
import type { SecretLiteral } from './secretCandidates.js'
import { addressVariable, credentialsOf, formatOf, isLocalHost, mayHoldSecret } from './secretFormats.js'
import { isPlaceholder } from './secretText.js'

/** Literals anywhere that are what they are by their shape alone. */
export function ofKnownShape(model: ProjectModel): readonly SecretLiteral[] {
  return [...shapesInBindings(model), ...shapesInCalls(model)]
}

const HOLDERS = ['literal', 'choice', 'array'] as const
const shapesInBindings = ofEachBinding(({ value, isOff }) => (isOff ? none : shapesIn(value)), HOLDERS)
const shapesInCalls = ofEachCall(({ args, isOff }) => (isOff ? none : args.flatMap(shapesIn)), { given: HOLDERS })
const none: readonly SecretLiteral[] = []

function shapesIn(value: Value): readonly SecretLiteral[] {
  if (value.kind === 'literal') return isText(value) ? shaped(value, null) : none
  if (value.kind !== 'choice' && value.kind !== 'array') return none
  const parts = value.kind === 'array' ? value.elements : possibleValues(value)
  if (!parts.some(isText)) return none
  const environment = environmentIn(parts)
  return parts.flatMap((part) => (isText(part) ? shaped(part, environment) : []))
}

/** What a text is by its shape; `environment` is the variable that it stands in for. */
export function shaped(part: TextValue, environment: string | null): readonly SecretLiteral[] {
  if (!mayHoldSecret(part.value)) return none
  const base = { text: part.value, at: part.at, by: 'format' as const, fallbackOf: environment, uses: [], bytes: 0 }
  const format = formatOf(part.value)
  if (format !== null)
    return [{ ...base, what: format.name, confidence: format.isTest ? 'low' : 'high', variable: environment ?? format.variable }]
  const credentials = credentialsOf(part.value)
  if (credentials === null || isPlaceholder(credentials.password) || /^[<$%{]|^(password|pass|pwd)$/i.test(credentials.password)) return []
  const confidence = isLocalHost(credentials.host) ? 'low' : isPlaceholder(credentials.host) ? 'low' : 'high'
  return [{ ...base, what: 'password in a connection address', confidence, variable: environment ?? addressVariable(credentials) }]
}
