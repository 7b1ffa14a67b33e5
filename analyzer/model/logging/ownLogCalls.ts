// Calls of loggers that the project wrote: functions whose parameters end in a log line.
import { addToGroup } from '../../grouped.js'
import { flowsOf, namesIn } from '../../extract/flows.js'
import type { FunctionFacts } from '../../extract/facts.js'
import { isPlain } from '../../link/membership.js'
import type { CallRecord, FunctionValue } from '../../link/value.js'
import { inSameFunction } from '../../text/location.js'
import { isLevel, logCalls, type LogCall } from './logCalls.js'
import type { ProjectModel } from '../model.js'
import { isHandlerShaped, isLoggerFile } from './ownLoggers.js'
import { productionCalls } from '../productionCalls.js'
import { noteFunction } from '../tracked.js'
import { wordsOf } from '../secrets/secretNames.js'
import { sensitiveName } from '../secrets/sensitiveNames.js'
import { recordedOnce } from '../recorded.js'

/** Those that are wanted, in order. Loggers that speak of redaction are trusted, and a parameter that says by its name what it holds is judged where it is logged. */
export function ownLogCalls(model: ProjectModel, wants: (record: CallRecord) => boolean): readonly LogCall[] {
  return productionCalls(model, model.handovers.filter(wants)).flatMap((record): LogCall[] => {
    const fn = record.callee as FunctionValue
    const logger = ownLoggers(model).get(keyOf(fn))
    if (logger == null) return []
    const printed = record.args
      .map((_, index) => index)
      .filter((index) => isPrinted(record, logger, index) && mayReach(record, logger, index))
    const { package: name, makers, record: written } = logger.inner
    const level = isLevel(fn.facts.name) ? fn.facts.name : logger.inner.level
    const besides = isMadeForLogging(fn) ? {} : { besides: written }
    return printed.length === 0 ? [] : [{ record, how: 'own', package: name, level, makers, printed, ...besides }]
  })
}

/** By its name, its class or its file, or since it does nothing else. Whatever else hands an argument to a log has a use of its own for it. */
function isMadeForLogging({ source, facts, owner }: FunctionValue): boolean {
  const [first, ...rest] = facts.body
  if (rest.length === 0 && (first?.[0] === 'expression' || first?.[0] === 'return')) return true
  if (isLoggerFile(source.file) || /log(ger|ging)?$/i.test(owner?.facts.name ?? '')) return true
  return wordsOf(facts.name).some((word) => isLevel(word) || /^(logs?|logger|logging|print|write|emit|output|audit|report)$/.test(word))
}

/**
 * Where the argument is a parameter of a logger of the project, its callers say what it is: the names of those of its parameters that say so themselves.
 * null where it is none.
 */
export function handedOn(model: ProjectModel, { at, argsAt }: CallRecord, argument: number): ReadonlySet<string> | null {
  const facts = model.files.get(at.file)
  const fn = facts?.kind === 'source' ? facts.functions[at.fn] : undefined
  if (fn === undefined || !ownLoggers(model).has(`${at.file}#${at.fn}`)) return null
  const flow = flowsOf(fn).find(({ node }) => node === at.node)
  const parameters = flow?.args.find(({ node }) => node === argsAt[argument]?.node)?.parameters ?? []
  if (!parameters.some((index) => isNeutral(fn, index))) return null
  const telling = parameters.filter((index) => !isNeutral(fn, index))
  return new Set(telling.flatMap((index) => namesIn(fn.parameters[index]?.pattern ?? null)))
}

interface OwnLogger {
  /** Those that get into the line. */
  readonly parameters: readonly number[]
  /** The call that writes it. */
  readonly inner: LogCall
}

interface Index {
  readonly logs: ReadonlyMap<string, readonly LogCall[]>
  readonly handovers: ReadonlyMap<string, readonly CallRecord[]>
  /** What is known so far. */
  readonly loggers: Map<string, OwnLogger | null>
}

/** The loggers among the functions that somebody calls, as `file#id`; null for the others. */
const ownLoggers = recordedOnce((model): ReadonlyMap<string, OwnLogger | null> => {
  const logs = new Map<string, LogCall[]>()
  for (const log of logCalls(model)) addToGroup(logs, `${log.record.at.file}#${log.record.at.fn}`, log)
  const handovers = new Map<string, CallRecord[]>()
  for (const call of model.handovers) addToGroup(handovers, `${call.at.file}#${call.at.fn}`, call)
  const index: Index = { logs, handovers, loggers: new Map() }
  for (const { callee } of model.handovers) readLogger(model, callee as FunctionValue, index)
  return index.loggers
})

function keyOf(fn: FunctionValue): string {
  return `${fn.source.file}#${fn.facts.id}`
}

/** null where no parameter gets into a log line; also through another logger of the project. */
function readLogger(model: ProjectModel, fn: FunctionValue, index: Index): OwnLogger | null {
  const { logs, handovers, loggers } = index
  noteFunction(fn)
  const key = keyOf(fn)
  const before = loggers.get(key)
  if (before !== undefined) return before
  // Whoever comes back here on the way finds nothing.
  loggers.set(key, null)
  if (isHandlerShaped(fn.facts) || redacts(model, fn)) return null
  const parameters = new Set<number>()
  let inner: LogCall | null = null
  for (const flow of flowsOf(fn.facts)) {
    const log = logs.get(key)?.find(({ record }) => record.at.node === flow.node)
    const next = log === undefined ? handovers.get(key)?.find(({ at }) => at.node === flow.node) : undefined
    const other = next === undefined ? null : readLogger(model, next.callee as FunctionValue, index)
    const written = log ?? other?.inner
    if (written === undefined) continue
    inner ??= written
    for (const arg of flow.args) {
      const isWritten = other === null || next === undefined || positionsOf(next, arg.node).some((index) => isPrinted(next, other, index))
      for (const one of isWritten ? arg.parameters : []) if (isNeutral(fn.facts, one)) parameters.add(one)
    }
  }
  const found = inner === null || parameters.size === 0 ? null : { parameters: [...parameters], inner }
  loggers.set(key, found)
  return found
}

/** The arguments that stand at a node: a spread is several. */
function positionsOf({ argsAt }: CallRecord, node: number): readonly number[] {
  return argsAt.flatMap((at, index) => (at.node === node ? [index] : []))
}

/** Argument `index` is in a parameter that gets into the line. */
function isPrinted({ callee }: CallRecord, { parameters }: OwnLogger, index: number): boolean {
  const { facts } = callee as FunctionValue
  return parameters.some((one) => one === index || (index > one && facts.parameters[one]?.pattern[0] === 'rest'))
}

/** `if (payload instanceof Error) log.warn(payload)`: an object literal does not come that far. */
function mayReach({ args }: CallRecord, { inner }: OwnLogger, index: number): boolean {
  const given = args[index]
  if (given?.kind !== 'object' || !isPlain(given)) return true
  return !inner.record.guards.some(
    ({ value, holds }) =>
      holds &&
      value.kind === 'operation' &&
      value.operator === 'instanceof' &&
      value.operands.some((one) => one.kind === 'parameter' && one.index === index && inSameFunction(one.fn, inner.record.at)),
  )
}

/** A name that says nothing of what it holds: `message`, `meta`, `args`. */
function isNeutral({ parameters }: FunctionFacts, index: number): boolean {
  const names = namesIn(parameters[index]?.pattern ?? null)
  return names.every((name) => sensitiveName(name) === null && !/^_?(req|request|res|response|err|error|e|user|body|headers)$/i.test(name))
}

/** The function itself, its class, or the file of a logger speaks of taking things out. */
function redacts(model: ProjectModel, { source, facts, owner }: FunctionValue): boolean {
  // Says that the answer depends on the whole file.
  model.files.get(source.file)
  const ids = owner?.facts.members.flatMap((member) => member.function ?? []) ?? [facts.id]
  const some = isLoggerFile(source.file) ? Object.values(source.functions) : ids.flatMap((id) => source.functions[id] ?? [])
  return some.some(speaksOfRedaction)
}

// Facts never change.
const speaking = new WeakMap<FunctionFacts, boolean>()

function speaksOfRedaction(facts: FunctionFacts): boolean {
  let answer = speaking.get(facts)
  if (answer === undefined)
    speaking.set(facts, (answer = /redact|saniti[sz]e|mask|scrub|censor/i.test(JSON.stringify([facts.name, facts.body]))))
  return answer
}
