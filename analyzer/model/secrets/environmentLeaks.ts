// Answers that carry the environment, or a secret of it, to a client.
import type { CallRecord, Value } from '../../link/value.js'
import { comesAfter, locationKey, type Location } from '../../text/location.js'
import type { Confidence, ProjectModel } from '../model.js'
import { globalOf } from '../origins.js'
import { ofEachCall } from '../perPart.js'
import { isInProduction } from '../productionCalls.js'
import { isAnswerName, mayAnswer, responsesOf, type ResponseRecord } from '../responses.js'
import { secretKind } from './secretNames.js'

export interface EnvironmentLeak {
  readonly at: Location
  /** `the whole environment`, `JWT_SECRET`. */
  readonly what: string
  readonly confidence: Confidence
}

/** In order, one for each answer. Keys and tokens may be made for browsers; secrets and passwords never are. */
export function environmentLeaks(model: ProjectModel): readonly EnvironmentLeak[] {
  const found = new Map<string, EnvironmentLeak>()
  for (const { record, leak } of leakingAnswers(model)) {
    const key = locationKey(record.at)
    if (!found.has(key) && isInProduction(model, record)) found.set(key, leak)
  }
  return [...found.values()]
}

const leakingAnswers = ofEachCall(
  (call) =>
    (mayAnswer(call) ? responsesOf([call]) : noAnswers).flatMap(
      ({ record, method, body }): readonly { readonly record: CallRecord; readonly leak: EnvironmentLeak }[] => {
        if (body === null || method === 'redirect') return []
        const [value] = [...sentIn(body, 0, new Set())].filter(
          (one) => one.name === '*' || /^(secret|password)$/.test(secretKind(one.name) ?? ''),
        )
        if (value === undefined) return []
        const at = placeOf(record, body, value.at)
        return value.name === '*'
          ? [{ record, leak: { at, what: 'the whole environment', confidence: 'high' } }]
          : [{ record, leak: { at, what: value.name, confidence: 'medium' } }]
      },
    ),
  { names: isAnswerName },
)

const noAnswers: readonly ResponseRecord[] = []

type Variable = Extract<Value, { kind: 'environment' }>

/** The variables whose values are in the answer. What is only asked about, or what something else was made from, is not. */
function* sentIn(value: Value, depth: number, seen: Set<Value>): Generator<Variable> {
  if (depth > 8 || seen.has(value)) return
  seen.add(value)
  if (value.kind === 'environment') yield value
  for (const one of innerValues(value)) yield* sentIn(one, depth + 1, seen)
}

function innerValues(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'object':
      return value.role === 'plain' || value.role === 'exports' ? [...value.properties.values()] : []
    case 'array':
      return value.elements
    case 'template':
      return value.parts
    case 'choice':
      return value.options
    case 'promise':
      return value.result === null ? [] : [value.result]
    case 'result':
      return /^(JSON\.stringify|Object\.(assign|entries|values|fromEntries|freeze)|structuredClone|String)$/.test(
        globalOf(value.call.callee) ?? '',
      )
        ? value.call.args
        : []
    default:
      return []
  }
}

/** The variable where it is written in the answer, else the argument that leads to it. */
function placeOf(record: CallRecord, body: Value, at: Location): Location {
  return comesAfter(at, record.at) ? at : (record.argsAt[record.args.indexOf(body)] ?? record.at)
}
