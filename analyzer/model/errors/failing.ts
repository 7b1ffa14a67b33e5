// Handlers that may fail, and those that answer whatever fails in them.
import { effectOf } from '../../frameworks/knownPackages.js'
import type { CallRecord, FunctionValue, Value } from '../../link/value.js'
import { conductOf } from '../conduct.js'
import type { ProjectModel, Route, Summary } from '../model.js'
import { globalOf, originOf } from '../origins.js'
import { isRequest, isResponse } from '../requests.js'
import type { ResponseMethod } from '../responses.js'
import { contains } from '../search.js'
import { statusCodesOfError } from './statusCodes.js'

/** A handler of which the whole body is tried, and that answers what it catches. */
export function catchesAll(model: ProjectModel, { handler }: Route): boolean {
  if (handler?.kind !== 'function') return false
  const { answers } = conductOf(model, handler)
  return triesAll(handler) && answers.some(({ record }) => record.guards.some(({ kind }) => kind === 'catch'))
}

/** True for a function whose whole body is tried, and caught where it fails. */
export function triesAll({ facts }: FunctionValue): boolean {
  return facts.body.every((statement) => statement[0] === 'try' && statement[3] !== null)
}

/** Adapters of tRPC answer whatever procedures and their context throw, and no error handler of the application hears of it (measured with 11, on Express and on Fastify). */
const ANSWERS_ITSELF = /^@trpc\/server\/adapters\//

/** True for a route on which an adapter of tRPC answers. */
export function answersProcedures({ handler }: Route): boolean {
  return handler !== null && ANSWERS_ITSELF.test(originOf(handler)?.package ?? '')
}

/** False for a handler that only sends a fixed answer, and for one of a package that answers its errors itself, as graphql-yoga does (measured with 5.24: of resolvers, of its context and of its parser). */
export function canFail(model: ProjectModel, route: Route): boolean {
  const { handler } = route
  if (handler?.kind !== 'function') return !answersProcedures(route) && originOf(handler)?.package !== 'graphql-yoga'
  const { records, answers, summary } = conductOf(model, handler)
  // A file that is not there, or that the client may not name, is an error like any other.
  const isPlain = answers.length > 0 && answers.every(({ method, body }) => method !== 'render' && !(isFile(method) && isChosen(body)))
  return !(
    isPlain &&
    summary.throws.length === 0 &&
    records.every(
      (record) =>
        answers.some((answer) => answer.record === record) ||
        (record.callee.kind === 'member' &&
          /^(status|code|set|setHeader|type|header|headers|write|end|join|resolve)$/.test(record.callee.name)),
    )
  )
}

/** True where something may fail that nobody made for clients: what leaves the project and is not caught, and errors without a status of theirs. */
export function failsUnexpectedly(model: ProjectModel, { handler }: Route): boolean {
  return handler?.kind !== 'function' || runsInto(model, handler)
}

/** As `failsUnexpectedly`, for any function: true where it may run into an error that nobody made for clients. */
export function runsInto(model: ProjectModel, fn: FunctionValue): boolean {
  const { records, summary } = conductOf(model, fn)
  const writes = records.filter((record) => record.isWrite)
  const isMeant = (error: Value): boolean => {
    if (originOf(error)?.package === '@trpc/server') return true
    const codes = statusCodesOfError(error, writes)
    return codes.length > 0 && codes.every((code) => code < 500)
  }
  return (
    summary.throws.some(({ value, isCaught }) => !isCaught && !isMeant(value)) ||
    records.some(
      (record) => !record.isCaught && !record.isWrite && leavesProject(record) && (record.isAwaited || isReturned(record, summary)),
    )
  )
}

/** Packages that do what they are asked, or refuse what came: their errors are made for clients. */
const harmless = new Set(['routing-controllers', 'class-validator', 'class-transformer', 'http-errors', 'http-status-codes'])

/** Those of the runtime that reach nothing outside of it. */
const HARMLESS_GLOBALS =
  /^(?:console|JSON|Math|Object|Array|Promise|String|Number|Boolean|Date|Symbol|Map|Set|Buffer|process|Reflect|crypto|set\w+|clear\w+|queueMicrotask|structuredClone|parse\w+|isNaN|(?:en|de)codeURI\w*)\b/

function leavesProject({ callee, isNew }: CallRecord): boolean {
  const origin = originOf(callee)
  if (origin !== null && (harmless.has(origin.package) || effectOf(origin.package, origin.path)?.kind === 'logger')) return false
  if (HARMLESS_GLOBALS.test(globalOf(callee) ?? '') || isResponse(callee.kind === 'member' ? callee.object : callee)) return false
  return !isNew
}

/** Who gets the promise waits for it. */
function isReturned(record: CallRecord, { returns }: Summary): boolean {
  return returns.some(({ value }) => {
    const given = value.kind === 'promise' ? value.result : value
    return given?.kind === 'result' && given.call === record
  })
}

function isFile(method: ResponseMethod): boolean {
  return method === 'sendFile' || method === 'download'
}

/** True for a path that the request decides. */
function isChosen(path: Value | null): boolean {
  return contains(path, isRequest)
}
