// What a function hands on: calls in its body, and the parameters of its own that stand in their arguments.
import type { Expression, FunctionFacts, NodeId, Pattern } from './facts.js'

type CallExpression = Extract<Expression, readonly ['call', ...unknown[]]>

export interface Flow {
  /** The call, by its node. */
  readonly node: NodeId
  /** The name that is called: `info` for `logger.info(…)`, `*` for one that is computed. */
  readonly callee: string
  /** The arguments, with the parameters whose values get into each as they are. */
  readonly args: readonly { readonly node: NodeId; readonly parameters: readonly number[] }[]
}

// Facts never change.
const known = new WeakMap<FunctionFacts, readonly Flow[]>()

/** The calls of a body that hand a parameter on, whole: as itself, in a text, a list or an object. What stands in functions inside is theirs. */
export function flowsOf(facts: FunctionFacts): readonly Flow[] {
  let flows = known.get(facts)
  if (flows === undefined) known.set(facts, (flows = findFlows(facts)))
  return flows
}

/** The names of a parameter, those of its pattern too. */
export function namesIn(pattern: Pattern | null): readonly string[] {
  if (pattern === null) return []
  switch (pattern[0]) {
    case 'name':
      return [pattern[2]]
    case 'default':
    case 'rest':
      return namesIn(pattern[2])
    case 'objectPattern':
      return [...pattern[2].flatMap(({ value }) => namesIn(value)), ...namesIn(pattern[3])]
    case 'arrayPattern':
      return pattern[2].flatMap(namesIn)
    default:
      return []
  }
}

/** Whoever only hands on is short; in what is longer nobody looks. */
const MOST_NODES = 300

function findFlows(facts: FunctionFacts): readonly Flow[] {
  if (facts.parameters.length === 0 || facts.spans.length > 2 * MOST_NODES) return []
  const indexes = new Map(facts.parameters.flatMap(({ pattern }, index) => namesIn(pattern).map((name) => [name, index] as const)))
  if (indexes.size === 0) return []
  return callsIn(facts.body).flatMap((call): Flow[] => {
    const args = call[3].map((arg) => ({
      node: arg[1],
      parameters: [...new Set(handedIn(arg).flatMap((name) => indexes.get(name) ?? []))],
    }))
    return args.every(({ parameters }) => parameters.length === 0) ? [] : [{ node: call[1], callee: calleeName(call[2]), args }]
  })
}

function calleeName(callee: Expression): string {
  return callee[0] === 'member' ? callee[3] : callee[0] === 'name' ? callee[2] : callee[0] === 'index' ? '*' : ''
}

const KEEPERS: ReadonlySet<string> = new Set(['stringify', 'String', 'inspect', 'assign', 'concat', 'join', 'toString'])

/** The names whose values are in the value of the expression. */
function handedIn(expression: Expression): readonly string[] {
  switch (expression[0]) {
    case 'name':
      return [expression[2]]
    case 'spread':
    case 'await':
      return handedIn(expression[2])
    case 'template':
      return expression[3].flatMap(handedIn)
    case 'array':
      return expression[2].flatMap((one) => (one === null ? [] : handedIn(one)))
    case 'object': {
      // A copy in which something is overwritten by nothing is not the whole any more.
      const isCut = expression[2].some(({ kind, value }) => kind !== 'spread' && isNothing(value))
      return expression[2].flatMap(({ kind, value }) => (isCut && kind === 'spread' ? [] : handedIn(value)))
    }
    case 'binary':
      return expression[2] === '+' ? [...handedIn(expression[3]), ...handedIn(expression[4])] : []
    case 'logical':
    case 'conditional':
      return [...handedIn(expression[3]), ...handedIn(expression[4])]
    case 'call':
      return KEEPERS.has(calleeName(expression[2]))
        ? [...expression[3].flatMap(handedIn), ...(expression[2][0] === 'member' ? handedIn(expression[2][2]) : [])]
        : []
    default:
      return []
  }
}

/** `undefined`, or a mask. */
function isNothing(expression: Expression): boolean {
  if (expression[0] === 'undefined') return true
  if (expression[0] !== 'literal') return false
  const [, , value] = expression
  return (
    value === null ||
    value === undefined ||
    (typeof value === 'string' && /^([*•x.…]{3,}|[[<(]?(redacted|hidden|masked|filtered|removed).*)$/i.test(value))
  )
}

/** The nodes of everything that a body calls or makes with `new`, functions inside left out. */
export function invocationsIn(node: unknown): readonly NodeId[] {
  if (typeof node !== 'object' || node === null) return []
  const isInvocation = Array.isArray(node) && (node[0] === 'call' || node[0] === 'new') && typeof node[1] === 'number'
  const inner = Object.values(node).flatMap(invocationsIn)
  return isInvocation ? [node[1] as NodeId, ...inner] : inner
}

/** Walks statements without knowing their kinds. */
function callsIn(node: unknown): readonly CallExpression[] {
  if (Array.isArray(node)) {
    const inner = node.flatMap((part) => (typeof part === 'object' ? callsIn(part) : []))
    return node[0] === 'call' && typeof node[1] === 'number' ? [node as unknown as CallExpression, ...inner] : inner
  }
  return typeof node === 'object' && node !== null
    ? Object.values(node).flatMap((part) => (typeof part === 'object' ? callsIn(part) : []))
    : []
}
