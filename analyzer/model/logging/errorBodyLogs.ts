// Error middleware that logs whole errors behind a JSON parser: its errors carry the body that did not parse (domain facts D8, D12).
import type { CallRecord, Value } from '../../link/value.js'
import { isWithinFunction, locationKey, type Location } from '../../text/location.js'
import { conductOf } from '../conduct.js'
import { isError } from '../errors/errorParts.js'
import { functionsBehind } from '../../link/handlers.js'
import { logCallOf, type LogCall } from './logCalls.js'
import type { App, ProjectModel } from '../model.js'
import { isCallTo } from '../origins.js'
import { isRedacted } from './redaction.js'
import { scopesOf } from '../registrations.js'
import { contains } from '../search.js'

export interface ErrorBodyLog {
  readonly log: LogCall
  readonly at: Location
  /** Where the parser is registered. */
  readonly parserAt: Location
  /** The call that made the pino logger, where its redaction can be changed. */
  readonly redactIn: CallRecord | null
}

/** The places, once each. Silent where the handler asks what sort of error it has before it logs, takes the body off, or the logger redacts it. */
export function errorBodyLogs(model: ProjectModel): readonly ErrorBodyLog[] {
  const found = new Map<string, ErrorBodyLog>()
  for (const app of model.apps) {
    const parserAt = jsonParserOf(app)
    if (parserAt === null) continue
    const entries = app.scope.entries.filter((entry) => entry.kind === 'layer' && !entry.isOff)
    for (const fn of entries.flatMap((entry) => entry.handlers.flatMap((handler) => functionsBehind(handler)))) {
      const { isErrorHandler, records } = conductOf(model, fn)
      if (!isErrorHandler || records.some(takesBodyOff)) continue
      for (const record of records) {
        const log = logCallOf(record)
        if (log === null || !printsError(record) || record.guards.some((guard) => contains(guard.value, isOfError))) continue
        if (isRedacted(model, log, bodyPart(record))) continue
        const isOwn = (at: Location): boolean => isWithinFunction(at, { file: fn.source.file, fn: fn.facts.id })
        const at = isOwn(record.at) ? argumentAt(record) : (record.stack.find(isOwn) ?? record.at)
        if (!found.has(locationKey(at)))
          found.set(locationKey(at), { log, at, parserAt, redactIn: log.makers.find((maker) => isCallTo(maker, 'pino')) ?? null })
      }
    }
  }
  return [...found.values()]
}

/** Where the application, or a router of it, parses JSON. */
function jsonParserOf(app: App): Location | null {
  for (const { scope, isOff } of scopesOf(app))
    for (const entry of isOff ? [] : scope.entries)
      for (const [index, handler] of entry.handlers.entries())
        if (!entry.isOff && handler.kind === 'result' && isJsonParser(handler.call)) return entry.handlersAt[index] ?? entry.at
  return null
}

function isJsonParser(call: CallRecord): boolean {
  return isCallTo(call, 'express', ['json']) || isCallTo(call, 'body-parser', ['json'])
}

function printsError({ args }: CallRecord): boolean {
  return args.some(isErrorArgument)
}

function argumentAt({ at, args, argsAt }: CallRecord): Location {
  return argsAt[args.findIndex(isErrorArgument)] ?? at
}

/** The error itself, on its own or as a property: in a text only its message stands. */
function isErrorArgument(arg: Value): boolean {
  return isError(arg) || (arg.kind === 'object' && arg.role === 'plain' && [...arg.properties.values()].some(isError))
}

/** `err.status`, `err instanceof SyntaxError`: whoever asks has thought of the parser's errors. */
function isOfError(value: Value): boolean {
  return (
    (value.kind === 'member' && isError(value.object)) ||
    (value.kind === 'operation' && value.operator === 'instanceof' && value.operands.some(isError))
  )
}

function takesBodyOff({ isWrite, callee }: CallRecord): boolean {
  return isWrite && callee.kind === 'member' && callee.name === 'body' && isError(callee.object)
}

/** pino puts an error that it is handed under `err`. */
function bodyPart(record: CallRecord): Parameters<typeof isRedacted>[2] {
  const value = record.args.find(isError) ?? (record.args[0] as Value)
  return { what: 'the request body', extent: 'leaf', keys: [], value, at: record.at, path: ['err', 'body'], confidence: 'low' }
}
