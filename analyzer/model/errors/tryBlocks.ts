// What a try block guards: where that can only fail on what the client sent, or by what the block itself throws, the error's text speaks of that alone.
import { invocationsIn } from '../../extract/flows.js'
import { addToGroup } from '../../grouped.js'
import type { CallRecord, FunctionValue, ParameterValue, Value } from '../../link/value.js'
import { comesAfter, inSameFunction, type FunctionPlace, type Location } from '../../text/location.js'
import { globalOf, methodName, originOf } from '../origins.js'
import type { Crossing, ProjectModel } from '../model.js'
import { isRequest, isResponse, isNext } from '../requests.js'
import { executorsIn } from './promiseExecutors.js'
import { recordedOnce } from '../recorded.js'
import { tokenCallOf } from '../tokens/tokenCalls.js'

/**
 * True when all that may have thrown the error is parsing and checking of input (JSON.parse, schemas, tokens, URLs), and making errors, in the try block of the
 * answer's catch and in the functions of the project that it calls; or where a check gave it to its callback.
 */
export function comesOfChecks(model: ProjectModel, answer: CallRecord, error: ParameterValue): boolean {
  const guard = answer.guards.findLast(({ kind, value }) => kind === 'catch' && value === error)
  if (guard === undefined) return isGivenByCheck(model, error)
  const { at } = guard
  const sorts = new Set<Sort>()
  gather(model, at, (place) => comesAfter(place, at) && place.node < error.at.node, { sorts, entered: new Set() })
  return !sorts.has('other') && (sorts.has('check') || sorts.has('made'))
}

/** `check`: may fail on its input alone. `made`: whoever wrote the block wrote the text. `harmless`: not expected to fail, or an error that a function made which the block calls. `other`: anything, and what is not known. */
type Sort = 'check' | 'made' | 'harmless' | 'other'

interface Gathered {
  readonly sorts: Set<Sort>
  readonly entered: Set<string>
}

function gather(model: ProjectModel, fn: FunctionPlace, isWithin: (place: Location) => boolean, all: Gathered): void {
  const { calls = [], crossings = [] } = index(model).get(functionOf(fn)) ?? {}
  for (const call of calls) {
    if (isWithin(call.at)) all.sorts.add(sortOf(model, call))
    else if (call.stack.some(isWithin)) all.sorts.add(asOfCallee(sortOf(model, call)))
  }
  for (const { at, to } of crossings) {
    if (!isWithin(at) || all.entered.has(functionOf(to))) continue
    all.entered.add(functionOf(to))
    if (!isReadWhole(model, to)) all.sorts.add('other')
    const within: Gathered = { sorts: new Set(), entered: all.entered }
    gather(model, to, () => true, within)
    for (const sort of within.sorts) all.sorts.add(asOfCallee(sort))
  }
}

/** Whoever wrote the block did not write the texts of the functions that it calls. */
function asOfCallee(sort: Sort): Sort {
  return sort === 'made' ? 'harmless' : sort
}

/** False where a function calls what no record tells of: outside of `try` not every function that it enters is noted. */
function isReadWhole(model: ProjectModel, fn: FunctionPlace): boolean {
  const facts = model.files.get(fn.file)
  const body = facts?.kind === 'source' ? facts.functions[fn.fn]?.body : undefined
  if (body === undefined) return false
  const { calls = [], crossings = [] } = index(model).get(functionOf(fn)) ?? {}
  const met = new Set(
    [...calls.flatMap(({ at, stack }) => [at, ...stack]), ...crossings.map(({ at }) => at)]
      .filter((at) => inSameFunction(at, fn))
      .map(({ node }) => node),
  )
  return invocationsIn(body).every((node) => met.has(node))
}

/** `jwt.verify(token, key, (error, payload) => …)`. Where a function looks the key up, the error says what that function threw (measured with jsonwebtoken 9). */
function isGivenByCheck(model: ProjectModel, { fn }: ParameterValue): boolean {
  const givers = callbacks(model).get(functionOf(fn)) ?? []
  return givers.length > 0 && givers.every((call) => isCheck(call) && call.args.filter(isFunction).length === 1)
}

/** The calls that functions are given to, by function. */
const callbacks = recordedOnce((model): ReadonlyMap<string, readonly CallRecord[]> => {
  const givers = new Map<string, CallRecord[]>()
  for (const call of model.calls)
    for (const arg of call.args) if (isFunction(arg)) addToGroup(givers, functionOf({ file: arg.source.file, fn: arg.facts.id }), call)
  return givers
})

function isFunction(value: Value): value is FunctionValue {
  return value.kind === 'function'
}

function sortOf(model: ProjectModel, call: CallRecord): Sort {
  if (isCheck(call)) return 'check'
  if (makesError(call)) return 'made'
  return isHarmless(call) || settlesPromise(model, call) ? 'harmless' : 'other'
}

/** `resolve(payload)` and `reject(error)` of `new Promise((resolve, reject) => …)`. */
function settlesPromise(model: ProjectModel, { callee }: CallRecord): boolean {
  return callee.kind === 'parameter' && executorsIn(model, callee.fn.file).has(callee.fn.fn)
}

function isCheck(call: CallRecord): boolean {
  const { callee, isWrite } = call
  if (isWrite) return false
  if (tokenCallOf(call) !== null) return true
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
    /^(console\.|Object\.|Array\.|String|Number|Boolean|Math\.|Date|parseInt|parseFloat|JSON\.stringify|Error|Promise\b|Text(En|De)coder)/.test(
      globalOf(callee) ?? '',
    )
  )
    return true
  const origin = originOf(callee)
  if (origin !== null) return origin.package === 'util' && origin.path.at(-1) === 'promisify'
  if (callee.kind !== 'member') return false
  return (
    isResponse(callee.object) ||
    isRequest(callee.object) ||
    isEncoder(callee.object) ||
    /^(split|trim|replace|slice|toString|toLowerCase|map|filter|join|includes|startsWith|push|get|header)$/.test(callee.name)
  )
}

/** `new TextEncoder()`, by which jose is given a secret. */
function isEncoder(value: Value): boolean {
  return value.kind === 'result' && /^Text(?:En|De)coder$/.test(globalOf(value.call.callee) ?? '')
}

interface Within {
  /** Those that stand in the function, and those with a call of a project function in it that leads to them. */
  readonly calls: CallRecord[]
  readonly crossings: Crossing[]
}

/** By function. */
const index = recordedOnce((model): ReadonlyMap<string, Within> => {
  const functions = new Map<string, Within>()
  const within = (at: FunctionPlace): Within => {
    const key = functionOf(at)
    let one = functions.get(key)
    if (one === undefined) functions.set(key, (one = { calls: [], crossings: [] }))
    return one
  }
  const add = (at: FunctionPlace, record: CallRecord): void => {
    const { calls } = within(at)
    if (calls.at(-1) !== record) calls.push(record)
  }
  for (const record of model.calls) {
    add(record.at, record)
    for (const place of record.stack) add(place, record)
  }
  for (const crossing of model.crossings) within(crossing.at).crossings.push(crossing)
  return functions
})

function functionOf({ file, fn }: FunctionPlace): string {
  return `${file}#${fn}`
}
