// Log calls that write what must not be in a log.
import type { CallRecord, Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { comesAfter, inSameFunction, locationKey } from '../../text/location.js'
import { isBesideServing } from './besideServing.js'
import { logCalls, type LogCall } from './logCalls.js'
import { isOwnField } from './sensitiveWholes.js'
import type { ProjectModel } from '../model.js'
import { handedOn, ownLogCalls } from './ownLogCalls.js'
import { keptSecret } from './keptSecrets.js'
import { isInLogger } from './ownLoggers.js'
import { recordedOnce } from '../recorded.js'
import { isRedacted } from './redaction.js'
import { declaredSecret } from './sensitiveRecords.js'
import { storedSecret } from './storedDocuments.js'
import { mayHoldSensitiveParts, sensitiveParts, type SensitivePart } from './sensitiveParts.js'
import { stringOf } from '../values.js'

export interface LoggedPart extends SensitivePart {
  /** Position of the argument that leads to it. */
  readonly argument: number
}

export interface SensitiveLog {
  readonly log: LogCall
  /** Of all arguments. */
  readonly parts: readonly LoggedPart[]
  /** The first part where it stands in the call, else the argument that leads to it. */
  readonly at: Location
  /** True where each part stands in the call itself, or what stands at `at` is the only one. */
  readonly isExact: boolean
  /** Where it was handed to a function that logs besides its work. */
  readonly from: Location | null
}

/** In order, one for each call. Inside a logger of the project the value's own name says nothing: `log(token)`. */
export const sensitiveLogs: (model: ProjectModel) => readonly SensitiveLog[] = recordedOnce((model) => {
  const found = new Map<string, SensitiveLog>()
  for (const log of [...logCalls(model), ...ownLogCalls(model, (record) => isSuspicious(model, record))]) {
    const { record } = log
    if (!isSuspicious(model, record) || isInLogger(model, record.at) || found.has(locationKey(record.at))) continue
    if (isBesideServing(model, record)) continue
    const parts = printed(log).flatMap(([argument, value]) => partsOf(model, log, argument, value))
    const [first] = parts
    if (first === undefined) continue
    const given = record.argsAt[first.argument] ?? record.at
    if (log.besides !== undefined) {
      const key = locationKey(log.besides.at)
      if (!found.has(key)) found.set(key, { log, parts, at: log.besides.at, isExact: false, from: given })
      continue
    }
    const at = comesAfter(first.at, record.at) ? first.at : given
    const isExact =
      parts.every((part) => comesAfter(part.at, record.at)) || (parts.length === 1 && record.args[first.argument] === first.value)
    found.set(locationKey(record.at), { log, parts, at, isExact, from: null })
  }
  return [...found.values()]
})

/** What the call writes that must not be in a log. */
export function sensitiveLogAt(model: ProjectModel, at: Location): SensitiveLog | null {
  return byPlace(model).get(locationKey(at)) ?? null
}

const byPlace = recordedOnce((model) => new Map(sensitiveLogs(model).map((one) => [locationKey(one.log.record.at), one])))

/** A document that hides something where it is printed, and not where it is written as JSON, as loggers do. */
export function hidesFromConsole(model: ProjectModel, record: CallRecord): boolean {
  return (
    isSuspicious(model, record) && record.args.some((value) => sensitiveParts(model, value).some(({ hiddenIn }) => hiddenIn?.has('print')))
  )
}

function partsOf(model: ProjectModel, log: LogCall, argument: number, value: Value): readonly LoggedPart[] {
  const { record } = log
  const telling = handedOn(model, record, argument)
  return sensitiveParts(model, value)
    .filter(
      (part) =>
        !isOwnField(model, part.value, record) &&
        (telling === null || part.isDeclared === true || telling.has(nameOf(part.value)) || !isHandedIn(part.value, record)) &&
        !leavesOut(log, part) &&
        !isRedacted(model, log, part),
    )
    .map((part) => ({ ...part, argument }))
}

// What a record was given does not change, and most records write nothing of interest.
const suspicions = new WeakMap<CallRecord, ReturnType<typeof mayHoldSensitiveParts>>()

function isSuspicious(model: ProjectModel, record: CallRecord): boolean {
  let answer = suspicions.get(record)
  if (answer === undefined) suspicions.set(record, (answer = mayHoldSensitiveParts(record.args)))
  if (answer.holds || answer.results.some((value) => keptSecret(model, value) !== null || storedSecret(model, value) !== null)) return true
  return answer.declared.some((value) => (declaredSecret(model, value) ?? 'none') !== 'none')
}

/** The arguments that get into the line. pino drops what follows a message without placeholders (domain fact E4). */
function printed({ record, package: name, how, printed: some }: LogCall): readonly (readonly [number, Value])[] {
  const args = record.args.map((value, index) => [index, value] as const)
  if (some !== undefined) return args.filter(([index]) => some.includes(index))
  const [first] = record.args
  if ((name !== 'pino' && how !== 'request') || first === undefined) return args
  const message = first.kind === 'template' ? '' : stringOf(first)
  if (message === null || /%[sdifjoO]/.test(message)) return args
  return args.slice(0, 1)
}

/** console prints; pino writes JSON. What another logger does with a document that hides something in one of the two is its own. */
function leavesOut({ how, package: name }: LogCall, { hiddenIn }: SensitivePart): boolean {
  if (hiddenIn === undefined) return false
  const form = how === 'console' ? 'print' : name === 'pino' || how === 'request' ? 'json' : null
  return form === null || hiddenIn.has(form)
}

/** True for what came in as an argument: a parameter or a part of one, or a value that was made elsewhere. */
function isHandedIn(value: Value, { at }: CallRecord): boolean {
  let root = value
  while (root.kind === 'member') root = root.object
  return root.kind === 'parameter' || !inSameFunction(value.at, at)
}

function nameOf(value: Value): string {
  return value.kind === 'parameter' || value.kind === 'member' ? value.name : ''
}
