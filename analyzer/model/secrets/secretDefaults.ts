// Texts that stand in for variables which name a secret: in schemas, among arguments, and inside of addresses that are put together.
import type { CallRecord, ChoiceValue, Value } from '../../link/value.js'
import { isLevel } from '../logging/logCalls.js'
import type { Confidence, ProjectModel } from '../model.js'
import { globalOf, methodName } from '../origins.js'
import { ofEachBinding, ofEachCall } from '../perPart.js'
import { possibleValues } from '../values.js'
import { environmentSchemas } from './environmentSchemas.js'
import { environmentIn, isText, type TextValue } from './possibleTexts.js'
import type { SecretLiteral } from './secretCandidates.js'
import { formatOf, isWorkingDefault } from './secretFormats.js'
import { secretKind, type SecretKind } from './secretNames.js'
import { looksLikeSecret } from './secretText.js'
import { shaped } from './shapedSecrets.js'

/** Under whatever name they are kept, if any. */
export function secretDefaults(model: ProjectModel): readonly SecretLiteral[] {
  return [...inSchemas(model), ...amongArguments(model), ...inAddresses(model)]
}

/** Defaults of schemas over the environment: `z.string().default('…')` under a secret's name. */
function inSchemas(model: ProjectModel): readonly SecretLiteral[] {
  return environmentSchemas(model).flatMap(({ call, keys }) =>
    (keys ?? []).flatMap(({ name, fallback }) => {
      const kind = secretKind(name)
      if (call.isOff || fallback === null || !isText(fallback)) return []
      // What is a secret by its shape is one under any name.
      if (kind === null || !isWorkingDefault(fallback.value, kind)) return kind === null ? shaped(fallback, name) : []
      return [defaultOf(name, kind, fallback)]
    }),
  )
}

/** The variable says that it is a secret; of a key, what could be its name is less sure. */
export function defaultConfidence(text: string, kind: SecretKind): Confidence {
  return kind === 'secret' || kind === 'password' || looksLikeSecret(text, kind) || formatOf(text) !== null ? 'high' : 'medium'
}

function defaultOf(variable: string, kind: SecretKind, { value: text, at }: TextValue): SecretLiteral {
  const confidence = defaultConfidence(text, kind)
  return { text, at, by: 'name', what: `default of ${variable}`, confidence, fallbackOf: variable, variable, uses: [], bytes: 0 }
}

const none: readonly SecretLiteral[] = []

/** `connect(process.env.API_KEY || '…')`. What a line of the log says in place of a secret is none. */
const amongArguments = ofEachCall(
  (call) => {
    if (call.isOff || call.isWrite || isTold(call)) return none
    return call.args.flatMap((value) => (value.kind === 'choice' ? standIns(value) : withinAddress(value)))
  },
  { given: ['choice', 'template'] },
)

const inAddresses = ofEachBinding(({ value, isOff }) => (isOff ? none : withinAddress(value)), ['template', 'choice'])

/** `postgres://shop:${process.env.DB_PASSWORD || '…'}@db/shop`, and the credential behind the scheme of a header. */
function withinAddress(value: Value): readonly SecretLiteral[] {
  if (value.kind === 'choice') return value.options.flatMap((one) => (one.kind === 'template' ? withinAddress(one) : none))
  if (value.kind !== 'template') return none
  const [first] = value.parts
  if (first?.kind !== 'literal' || !/^(?:[a-z][a-z+\d]*:\/\/|Bearer |Basic )/i.test(String(first.value))) return none
  return value.parts.flatMap((part) => (part.kind === 'choice' ? standIns(part) : none))
}

function standIns(choice: ChoiceValue): readonly SecretLiteral[] {
  const parts = possibleValues(choice)
  const variable = environmentIn(parts)
  const kind = variable === null ? null : secretKind(variable)
  if (variable === null || kind === null) return none
  return parts.flatMap((part) => (isText(part) && isWorkingDefault(part.value, kind) ? [defaultOf(variable, kind, part)] : none))
}

function isTold({ callee, isNew }: CallRecord): boolean {
  const name = globalOf(callee) ?? methodName(callee) ?? ''
  return name.startsWith('console.') || isLevel(name) || (isNew && /(?:Error|Exception)$/.test(name))
}
