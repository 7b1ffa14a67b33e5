// Which part of an error a value carries towards a reader.
import type { PathCondition, Value } from '../../link/value.js'
import { globalOf, methodName, packageOf } from '../origins.js'
import { possibleValues } from '../values.js'

export interface ErrorPart {
  /** `stack`: the stack itself. `whole`: the object with whatever it carries. `message`: its text. `details`: a property that drivers and validators fill. */
  readonly part: 'stack' | 'whole' | 'message' | 'details'
  /** The innermost value that says so: `err.stack`, the error parameter. */
  readonly source: Value
}

const ranks = ['stack', 'whole', 'message', 'details'] as const
const detailNames = new Set(
  'errors details detail sql sqlMessage errmsg parent original cause response config body data path keyValue meta issues hint inner stdout stderr _original error reason info extensions originalError query parameters driverError syscall address hostname'.split(
    ' ',
  ),
)
/** Properties that say nothing about the inside: they decide the status or name the sort. */
export const harmlessNames: ReadonlySet<string> = new Set(
  'status statusCode name code expose type isOperational isJoi length headers constructor errorCode number errno isAxiosError'.split(' '),
)

/**
 * The worst part of an error that the value carries, else null. An error is a parameter in the role of one (error middleware, catch, rejections, listeners).
 * Looks through choices, templates, operations, spreads, objects, arrays, `String(err)`, `util.inspect(err)`, `JSON.stringify(err, Object.getOwnPropertyNames(err))` and instances made from an error's parts.
 * `isSpared` says under which conditions an option of a choice does not count.
 */
export function errorPart(value: Value | null, isSpared: Spares = () => false): ErrorPart | null {
  return value === null ? null : search(value, { seen: new Set(), isSpared }, 0)
}

/** Whether a part that stands there only under these conditions is left out. */
export type Spares = (conditions: readonly PathCondition[], part: ErrorPart) => boolean

interface Search {
  readonly seen: Set<Value>
  readonly isSpared: Spares
}

export function isErrorItself(value: Value): boolean {
  return value.kind === 'parameter' && value.role === 'error'
}

/** True when the value is the error itself, or one of several things of which one is. */
export function isError(value: Value): boolean {
  return isErrorItself(value) || (value.kind === 'choice' && possibleValues(value).some(isErrorItself))
}

function search(value: Value, state: Search, depth: number): ErrorPart | null {
  if (depth > 24 || state.seen.has(value)) return null
  // An error on its own is looked at wherever it stands again: there it may be under other conditions.
  if (value.kind !== 'parameter' && value.kind !== 'member') state.seen.add(value)
  const worstOf = (values: readonly Value[]): ErrorPart | null => worst(values.map((one) => search(one, state, depth + 1)))
  switch (value.kind) {
    case 'parameter':
      return value.role === 'error' ? { part: 'whole', source: value } : null
    case 'member':
      return memberPart(value, state, depth)
    case 'template':
      return asText(worstOf(value.parts))
    case 'operation':
      return value.operator === '+' ? asText(worstOf(value.operands)) : null
    case 'choice':
      return worst(
        livingOptions(value).map(({ option, conditions }) => {
          const part = search(option, state, depth + 1)
          return part !== null && conditions.length > 0 && state.isSpared(conditions, part) ? null : part
        }),
      )
    case 'array':
      return worstOf(value.elements)
    case 'promise':
      return value.result === null ? null : search(value.result, state, depth + 1)
    case 'object':
      return worstOf([...value.properties.values()])
    case 'result':
      return resultPart(value, state, depth)
    default:
      return null
  }
}

export interface LivingOption {
  readonly option: Value
  readonly conditions: readonly PathCondition[]
}

/** The options of a choice with what holds where each is the value. The left side of `a && b` is never more than what was tested. */
export function livingOptions(value: Extract<Value, { kind: 'choice' }>): readonly LivingOption[] {
  const { operator, options, test } = value
  if (operator === '&&') return options.slice(1).map((option) => ({ option, conditions: [{ value: options[0] ?? option, holds: true }] }))
  return options.map((option, index) => ({
    option,
    conditions:
      value.conditions?.[index] ??
      (operator === '?:' && test !== null && options.length === 2 ? [{ value: test, holds: index === 0 }] : []),
  }))
}

function memberPart(value: Extract<Value, { kind: 'member' }>, state: Search, depth: number): ErrorPart | null {
  if (isError(value.object)) {
    const part = namedPart(value)
    return part !== null && isErrorUnspared(value.object, part, state) ? part : null
  }
  if (harmlessNames.has(value.name)) return null
  const inner = search(value.object, state, depth + 1)
  if (inner === null) return null
  // A text has no stack.
  if (value.name === 'stack') return inner.part === 'message' ? null : { part: 'stack', source: value }
  return value.name === 'message' ? { part: 'message', source: value } : inner
}

function namedPart(source: Extract<Value, { kind: 'member' }>): ErrorPart | null {
  const part = partNamed(source.name)
  return part === null ? null : { part, source }
}

/** What a property of that name holds of an error. */
export function partNamed(name: string): ErrorPart['part'] | null {
  if (name === 'stack') return 'stack'
  if (name === 'message' || name === 'description' || name === 'sqlMessage' || name === 'errmsg') return 'message'
  if (name === '*') return 'whole'
  return detailNames.has(name) ? 'details' : null
}

/** False where the owner is the error only under conditions that spare it: `const known = err instanceof AppError ? err : null`. */
function isErrorUnspared(owner: Value, part: ErrorPart, state: Search): boolean {
  if (owner.kind !== 'choice') return true
  return livingOptions(owner).some(
    ({ option, conditions }) =>
      isError(option) && !(conditions.length > 0 && state.isSpared(conditions, part)) && isErrorUnspared(option, part, state),
  )
}

function resultPart(value: Extract<Value, { kind: 'result' }>, state: Search, depth: number): ErrorPart | null {
  const { callee, args } = value.call
  const within = (one: Value | undefined): ErrorPart | null => (one === undefined ? null : search(one, state, depth + 1))
  const name = globalOf(callee)
  if (/^(String|encodeURIComponent|encodeURI|escape)$/.test(name ?? '')) return asText(within(args[0]))
  if (name === 'JSON.stringify') {
    const part = within(args[0])
    return part?.part === 'whole' && args[1] !== undefined && listsOwnNames(args[1]) ? { ...part, part: 'stack' } : part
  }
  if (name === 'Object.assign' || name === 'structuredClone' || name === 'Array.from' || name === 'Object.fromEntries' || name === 'Error')
    return worst(args.map(within))
  const target = packageOf(callee)
  if (target?.package === 'util' && (target.path[0] === 'inspect' || target.path[0] === 'format')) return asStack(worst(args.map(within)))
  if (target !== null && stackSerializers.has(target.package)) return asStack(worst(args.map(within)))
  if (callee.kind !== 'member') return null
  const receiver = within(callee.object)
  if (receiver === null) return null
  const method = methodName(callee) ?? ''
  if (method === 'toString') return asText(receiver)
  return givesOn.test(method) ? receiver : null
}

/** Methods whose answer holds what they are called on. */
export const givesOn =
  /^(split|slice|replace|replaceAll|trim|join|map|filter|concat|substring|substr|toLowerCase|toJSON|format|flatten|toUpperCase)$/

const stackSerializers = new Set('serialize-error stack-trace error-stack-parser pretty-error youch'.split(' '))

function listsOwnNames(value: Value): boolean {
  return value.kind === 'result' && ['Object.getOwnPropertyNames', 'Reflect.ownKeys'].includes(globalOf(value.call.callee) ?? '')
}

/** `${err}` and String(err) give name and message, whatever else the object carries. */
function asText(part: ErrorPart | null): ErrorPart | null {
  return part?.part === 'whole' ? { ...part, part: 'message' } : part
}

function asStack(part: ErrorPart | null): ErrorPart | null {
  return part?.part === 'whole' ? { ...part, part: 'stack' } : part
}

function worst(parts: readonly (ErrorPart | null)[]): ErrorPart | null {
  for (const rank of ranks) {
    const found = parts.find((part) => part?.part === rank)
    if (found) return found
  }
  return null
}
