// What conditions say about an error that reaches a client: that it was made for clients, or that production does not take the path.
import { mayBe } from '../../frameworks/knownPackages.js'
import { stageOfWord } from '../../link/deploymentNames.js'
import type { PathCondition, Value } from '../../link/value.js'
import { globalOf, methodName, originOf } from '../origins.js'
import { isNext, requestPart } from '../requests.js'
import { environmentNamesIn, firstLeafWithin } from '../search.js'
import { secretKind } from '../secrets/secretNames.js'
import { isStatusKnown, statusCodesOf } from './statusCodes.js'
import { possibleValues } from '../values.js'

/**
 * `off`: production does not come here. `client`: the error is one that was made for clients, or a 4xx. `selected`: its name, code or text was tested,
 * so it is one that the author knows. `switch`: a setting that is not known decides. null where the condition says nothing of the kind.
 */
export type ErrorVerdict = 'off' | 'client' | 'selected' | 'switch'

const order: readonly ErrorVerdict[] = ['off', 'client', 'selected', 'switch']

/** The strongest verdict of conditions that hold together. */
export function verdictOf(conditions: readonly PathCondition[]): ErrorVerdict | null {
  if (conditions.length === 0) return null
  const verdicts = conditions.map(judged)
  return order.find((one) => verdicts.includes(one)) ?? null
}

// What a condition tests does not change once the boot is over, and many calls stand behind the same one.
const holding = new WeakMap<Value, ErrorVerdict | null>()
const failing = new WeakMap<Value, ErrorVerdict | null>()

function judged(condition: PathCondition): ErrorVerdict | null {
  const known = condition.holds ? holding : failing
  let verdict = known.get(condition.value)
  if (verdict === undefined) known.set(condition.value, (verdict = judge(condition, 0)))
  return verdict
}

function isClientStatus(value: Value): boolean {
  return value.kind === 'literal' && typeof value.value === 'number' && value.value >= 400 && value.value < 500
}

type Outcome = Pick<PathCondition, 'holds'>

function judge({ value, holds }: PathCondition, depth: number): ErrorVerdict | null {
  if (depth > 8) return null
  const inner = (condition: PathCondition): ErrorVerdict | null => judge(condition, depth + 1)
  if (value.kind === 'literal') return Boolean(value.value) === holds ? null : 'off'
  if (value.kind === 'operation' && value.operator === '!')
    return value.operands[0] === undefined ? null : inner({ value: value.operands[0], holds: !holds })
  if (value.kind === 'choice' && (value.operator === '&&' || value.operator === '||')) {
    const verdicts = value.options.map((one) => inner({ value: one, holds }))
    // `a && b` that holds, and `a || b` that does not, decide both sides; otherwise only one side is decided, and it may be either.
    if ((value.operator === '&&') === holds) return order.find((one) => verdicts.includes(one)) ?? null
    return verdicts.includes(null) ? null : (order.findLast((one) => verdicts.includes(one)) ?? null)
  }
  if (value.kind === 'choice') {
    const isLiving = (one: Value): boolean => one.kind !== 'literal' || Boolean(one.value) === holds
    // A table of statuses that has the error's code in it was written for such errors.
    const isMeant = (one: Value): boolean => isClientStatus(one) || (one.kind === 'result' && inner({ value: one, holds }) === 'selected')
    if (holds && value.options.some(isLiving) && value.options.filter(isLiving).every(isMeant)) return 'client'
    const verdicts = value.options.flatMap((one, index) =>
      isLiving(one) ? [verdictOf(value.conditions?.[index] ?? []) ?? inner({ value: one, holds })] : [],
    )
    return verdicts.includes(null) ? null : (order.findLast((one) => verdicts.includes(one)) ?? null)
  }
  // Express always passes it.
  if (isNext(value)) return holds ? null : 'off'
  if (value.kind === 'operation') return ofOperation(value, { holds })
  if (value.kind === 'member') return ofMember(value, { holds })
  if (value.kind === 'result') return ofCall(value, { holds })
  // What is off until somebody sets a variable is a switch; what is on until then is the rule.
  if (value.kind === 'environment' && !holds) return null
  return settingVerdict(value)
}

function ofOperation(value: Extract<Value, { kind: 'operation' }>, { holds }: Outcome): ErrorVerdict | null {
  const [left, right] = value.operands
  if (left === undefined || right === undefined) return null
  const { operator } = value
  if (operator === 'instanceof') return holds ? (isOrdinary(right) ? null : 'client') : isMadeByHand(left, right) ? 'client' : null
  if (/^[!=]==?$/.test(operator) && right.kind === 'literal' && typeof right.value === 'boolean')
    return judged({ value: left, holds: operator.startsWith('=') === (holds === right.value) })
  // `err.name in STATUSES`: a table has it in it.
  if (operator === 'in') return !holds ? null : comesFromError(right) ? 'client' : comesFromError(left) ? 'selected' : null
  if (/^[<>]=?$/.test(operator)) return comparesStatus(operator, left, right) === holds ? 'client' : null
  if (!/^[!=]==?$/.test(operator)) return null
  const isEqual = operator.startsWith('=') === holds
  const [fixed, asked] = isMeasure(left, right) ? [left, right] : [right, left]
  const word = fixed.kind === 'literal' && typeof fixed.value === 'string' ? fixed.value : null
  const stage = word === null ? null : stageOfWord(word)
  if (stage !== null) return (stage === 'production') === isEqual ? null : 'off'
  // A variable that nobody sets differs from every text.
  if (asked.kind === 'environment' && !isEqual) return null
  if (/^(true|1|yes|on|debug|verbose)$/.test(word ?? '') && environmentNamesIn(asked).length > 0) return 'switch'
  const code = statusCodesOf(fixed)[0]
  if (code !== undefined && code >= 400) return isEqual === code < 500 ? 'client' : null
  if (isEqual && comesFromError(asked) && isGiven(fixed)) return 'selected'
  // What the client sends is compared with what it has to be: nobody switches anything by that.
  return sentParts.has(requestPart(left) ?? requestPart(right) ?? '') ? null : settingVerdict(value)
}

/** What was thrown and is no Error is an object that somebody wrote for whoever catches it. */
function isMadeByHand(left: Value, right: Value): boolean {
  return isCaught(left) && globalOf(right) === 'Error'
}

/** A comparison with nothing (`err == null`) tells no error from another. */
function isGiven(value: Value): boolean {
  return value.kind !== 'literal' || (value.value !== null && value.value !== undefined && value.value !== '')
}

/** Whether the comparison holds for codes below a limit (true) or from it on (false). null where it is none of a status. */
function comparesStatus(operator: string, left: Value, right: Value): boolean | null {
  const isSwapped = isMeasure(left, right)
  const limit = statusCodesOf(isSwapped ? left : right)[0]
  if (limit === undefined || limit < 400 || limit > 500) return null
  return operator.startsWith('<') !== isSwapped
}

/** Whether the left side is what the other one is measured by. `err.status || 500` holds a code too, and so does what a table of codes gives. */
function isMeasure(left: Value, right: Value): boolean {
  return left.kind === 'literal' || (right.kind !== 'literal' && isStatusKnown(left))
}

const clientNames =
  /^(expose|exposed|isOperational|operational|isPublic|public|isJoi|isBoom|userFacing|isSafe|safe|status|statusCode|httpStatus|httpCode|httpStatusCode|userMessage|publicMessage|validation|details|issues|errors|keyPattern)$/
const sentParts: ReadonlySet<string> = new Set(['query', 'body', 'headers', 'params', 'cookies'])
const privateNames = /^is(Axios|Server|Internal|Database|Db|Fatal|Error$)/

function ofMember(value: Extract<Value, { kind: 'member' }>, { holds }: Outcome): ErrorVerdict | null {
  if (/^is_?dev(elopment)?(mode)?$|^dev(elopment|mode)?$/i.test(value.name)) return holds ? 'off' : null
  if (/^is_?prod(uction)?(mode)?$|^prod(uction)?$/i.test(value.name)) return holds ? null : 'off'
  if (comesFromError(value.object)) {
    const isForClients = clientNames.test(value.name) || (/^is[A-Z]/.test(value.name) && !privateNames.test(value.name))
    return holds && isForClients ? 'client' : null
  }
  // What the client says is no setting: whoever asks for it gets it.
  if (sentParts.has(requestPart(value) ?? '')) return null
  // Whether there is a stack at all: formatters of GraphQL are handed errors as well.
  if (value.name === 'stack' && value.object.kind === 'parameter') return null
  return /debug|verbose|show|expose|stack|trace/i.test(value.name) ? 'switch' : settingVerdict(value)
}

/** `['CastError'].includes(err.name)`, `err.message.includes('not found')`, `isHttpError(err)`. */
function ofCall(value: Extract<Value, { kind: 'result' }>, { holds }: Outcome): ErrorVerdict | null {
  const { callee, args } = value.call
  const name = methodName(callee) ?? ''
  if (!holds) return settingVerdict(value)
  const isAbout = args.some(comesFromError) || (callee.kind === 'member' && comesFromError(callee.object))
  if (!isAbout) return settingVerdict(value)
  if (/^(includes|startsWith|endsWith|match|test|get|has|hasOwn|hasOwnProperty|indexOf|search)$/.test(name)) return 'selected'
  // `Joi.isError(err)`: what a schema says of input is meant for whoever sent it.
  if (name === 'isError' && mayBe(originOf(callee)?.package ?? '', 'schema')) return 'client'
  return /^is[A-Z]/.test(name) && !privateNames.test(name) && globalOf(callee) !== 'Array.isArray' ? 'client' : null
}

/** Secrets in the environment are no settings: who they are compared with may come in. */
function settingVerdict(value: Value): ErrorVerdict | null {
  return !comesFromError(value) && environmentNamesIn(value).some((name) => secretKind(name) === null) ? 'switch' : null
}

/** Classes that anything may throw, and those of drivers and clients, whose messages speak of the inside. */
function isOrdinary(value: Value): boolean {
  return possibleValues(value).some((one) => {
    const global = globalOf(one)
    if (global !== null) return /^(\w*Error|Object|Function)$/.test(global)
    const origin = originOf(one.kind === 'class' ? null : one)
    const name = origin?.path.at(-1) ?? ''
    return (
      origin !== null &&
      /^(Error|MongooseError|BaseError|DatabaseError)$|Axios|Mongo(Server|Error|Bulk|Network)|QueryFailed|Prisma|Sequelize/.test(name)
    )
  })
}

function comesFromError(value: Value): boolean {
  return firstLeafWithin(value, isCaught, isNoObject) !== null
}

function isCaught(value: Value): boolean {
  return value.kind === 'parameter' && value.role === 'error'
}

function isNoObject({ kind }: Value): boolean {
  return kind !== 'object'
}
