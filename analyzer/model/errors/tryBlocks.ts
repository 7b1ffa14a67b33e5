// What a try block guards: where that can only fail on what the client sent, or by what the block itself throws, the error's text speaks of that alone.
import { invocationsIn } from '../../extract/flows.js'
import { addToGroupOnce } from '../../grouped.js'
import type { CallRecord, ParameterValue } from '../../link/value.js'
import { comesAfter, type Location } from '../../text/location.js'
import { globalOf, methodName, originOf } from '../origins.js'
import type { ProjectModel } from '../model.js'
import { isRequest, isResponse, isNext } from '../requests.js'
import { recordedOnce } from '../recorded.js'

/** True when all that the try block of the answer's catch calls is parsing and checking of input (JSON.parse, schemas, tokens, URLs), and making the errors that it throws. */
export function triesOnlyChecks(model: ProjectModel, answer: CallRecord, error: ParameterValue): boolean {
  const guard = answer.guards.findLast(({ kind, value }) => kind === 'catch' && value === error)
  if (guard === undefined) return false
  const { at } = guard
  const end = error.at.node
  const isWithin = (place: Location): boolean => comesAfter(place, at) && place.node < end
  const calls = (callIndex(model).get(at.file)?.get(at.fn) ?? []).filter((call) => isWithin(call.at) || call.stack.some(isWithin))
  if (calls.some(isCheck) && calls.every((call) => isCheck(call) || isHarmless(call))) return true
  if (!calls.some(makesError) || !calls.every((call) => isCheck(call) || makesError(call) || isHarmless(call))) return false
  // What the project's own functions do is not among the calls where many share it.
  const met = new Set(calls.map((call) => call.at.node))
  const facts = model.files.get(at.file)
  const body = facts?.kind === 'source' ? facts.functions[at.fn]?.body : undefined
  return body !== undefined && invocationsIn(body).every((node) => !isWithin({ ...at, node }) || met.has(node))
}

function isCheck({ callee, isWrite }: CallRecord): boolean {
  if (isWrite) return false
  if (/^(JSON\.parse|URL|Buffer\.from|BigInt|decodeURIComponent|decodeURI|atob|RegExp)$/.test(globalOf(callee) ?? '')) return true
  const origin = originOf(callee)
  const name = methodName(callee) ?? ''
  if (origin === null)
    return /^(parse|parseAsync|safeParse|validate|validateAsync|validateSync|assert|check)$/.test(name) && callee.kind === 'member'
  return /^(jsonwebtoken|jose|joi|@hapi\/joi|zod|yup|ajv|superstruct|valibot|joi-password|express-validator|cookie|qs|querystring|url|validator|semver|uuid|ms|stripe)$/.test(
    origin.package,
  )
}

/** `new Error('total is required')`, `createError(404, 'No such order')`: whoever wrote the block wrote the text. */
function makesError({ callee, isNew, isWrite }: CallRecord): boolean {
  if (isWrite) return false
  if (/^(?:http-errors|@hapi\/boom|boom)$/.test(originOf(callee)?.package ?? '')) return true
  return isNew && /(?:Error|Exception)$/.test(globalOf(callee) ?? methodName(callee) ?? '')
}

function isHarmless({ callee, isWrite, args }: CallRecord): boolean {
  if (isWrite || isNext(callee) || args.some(isNext)) return true
  if (
    /^(console\.|Object\.|Array\.|String|Number|Boolean|Math\.|Date|parseInt|parseFloat|JSON\.stringify|Error|Promise\.)/.test(
      globalOf(callee) ?? '',
    )
  )
    return true
  if (callee.kind !== 'member') return false
  return (
    isResponse(callee.object) ||
    isRequest(callee.object) ||
    /^(split|trim|replace|slice|toString|toLowerCase|map|filter|join|includes|startsWith|push|get|header)$/.test(callee.name)
  )
}

/** Calls by file and function: of those that they stand in, and of those with a call of a project function that leads to them. */
type CallIndex = ReadonlyMap<string, ReadonlyMap<string, readonly CallRecord[]>>

const callIndex = recordedOnce((model): CallIndex => {
  const index = new Map<string, Map<string, CallRecord[]>>()
  const add = ({ file, fn }: Location, record: CallRecord): void => {
    let functions = index.get(file)
    if (functions === undefined) index.set(file, (functions = new Map()))
    addToGroupOnce(functions, fn, record)
  }
  for (const record of model.calls) {
    add(record.at, record)
    for (const place of record.stack) add(place, record)
  }
  return index
})
