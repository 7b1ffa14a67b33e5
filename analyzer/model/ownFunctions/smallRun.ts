// Runs a small function of the project with given arguments, on the facts: what it does says what it is, whatever it is called.
// The boot cannot be asked: it says what may happen, with both arms where the environment decides, and digests are calls to it that nobody knows the result of.
import type { Expression, FunctionFacts, SourceFacts, Statement } from '../../extract/facts.js'
import { importedNames } from '../imports.js'
import { topFunctions } from './exportedFunctions.js'
import { binary, unary } from './smallOperators.js'
import { callBuiltin, memberOf, Thrown, Unknown, type Known } from './smallValues.js'

/** How a run ended. `calls` names what it called of Node (`crypto.timingSafeEqual`). */
export interface SmallRun {
  readonly ends: 'returns' | 'throws'
  readonly value: Known
  readonly calls: ReadonlySet<string>
}

const MOST_STEPS = 200
/** Texts that double themselves grow past what memory holds within these steps. */
const LONGEST_TEXT = 10_000

/** null where the function does anything that is not understood: then nothing is known of it. */
export function smallRun(
  facts: SourceFacts,
  fn: FunctionFacts,
  args: readonly Known[],
  environment: Readonly<Record<string, string>> = {},
): SmallRun | null {
  const run: Run = { facts, environment, calls: new Set(), steps: 0 }
  try {
    return { ends: 'returns', value: enter(run, fn, args, new Map()), calls: run.calls }
  } catch (error) {
    if (error instanceof Thrown) return { ends: 'throws', value: undefined, calls: run.calls }
    if (error instanceof Unknown) return null
    throw error
  }
}

interface Run {
  readonly facts: SourceFacts
  readonly environment: Readonly<Record<string, string>>
  readonly calls: Set<string>
  steps: number
}

type Variables = Map<string, Known>

function enter(run: Run, fn: FunctionFacts, args: readonly Known[], outer: Variables): Known {
  if (fn.isAsync || fn.isGenerator) throw new Unknown()
  const variables = new Map(outer)
  for (const [index, { pattern }] of fn.parameters.entries()) {
    if (pattern[0] !== 'name') throw new Unknown()
    variables.set(pattern[2], args[index])
  }
  return statements(run, fn.body, variables)?.value
}

/** null where they end without a return. */
function statements(run: Run, body: readonly Statement[], variables: Variables): { readonly value: Known } | null {
  for (const statement of body)
    if (statement[0] === 'functionDeclaration') {
      const fn = functionAt(run, statement[2])
      variables.set(fn.name, { kind: 'closure', call: (args) => enter(run, fn, args, variables) })
    }
  for (const statement of body) {
    if ((run.steps += 1) > MOST_STEPS) throw new Unknown()
    const ended = oneStatement(run, statement, variables)
    if (ended !== null) return ended
  }
  return null
}

function oneStatement(run: Run, statement: Statement, variables: Variables): { readonly value: Known } | null {
  switch (statement[0]) {
    case 'expression':
      evaluate(run, statement[2], variables)
      return null
    case 'declare': {
      const [, , , pattern, value] = statement
      if (pattern[0] !== 'name') throw new Unknown()
      variables.set(pattern[2], value === null ? undefined : evaluate(run, value, variables))
      return null
    }
    case 'functionDeclaration':
      return null
    case 'if':
      return statements(run, evaluate(run, statement[2], variables) ? statement[3] : statement[4], variables)
    case 'block':
      return statements(run, statement[2], variables)
    case 'return':
      return { value: statement[2] === null ? undefined : evaluate(run, statement[2], variables) }
    case 'throw':
      throw new Thrown()
    default:
      throw new Unknown()
  }
}

function evaluate(run: Run, expression: Expression, variables: Variables): Known {
  const value = (one: Expression): Known => evaluate(run, one, variables)
  switch (expression[0]) {
    case 'literal':
      return expression[2]
    case 'undefined':
      return undefined
    case 'name':
      return variables.has(expression[2]) ? variables.get(expression[2]) : named(run, expression[2])
    case 'template':
      return shortText(expression[2].map((text, index) => text + textOf(expression[3][index], value)))
    case 'member':
      return memberOf(value(expression[2]), expression[3], run.environment)
    case 'index': {
      const key = value(expression[3])
      if (typeof key !== 'string') throw new Unknown()
      return memberOf(value(expression[2]), key, run.environment)
    }
    case 'call':
    case 'new':
      return called(run, value(expression[2]), expression[3].map(value))
    case 'unary':
      return unary(expression[2], value(expression[3]))
    case 'binary':
      return binary(expression[2], value(expression[3]), value(expression[4]))
    case 'logical': {
      const left = value(expression[3])
      const isLeft = expression[2] === '??' ? left !== undefined && left !== null : Boolean(left) === (expression[2] === '||')
      return isLeft ? left : value(expression[4])
    }
    case 'conditional':
      return value(value(expression[2]) ? expression[3] : expression[4])
    case 'function': {
      const fn = functionAt(run, expression[2])
      return { kind: 'closure', call: (args) => enter(run, fn, args, variables) }
    }
    default:
      throw new Unknown()
  }
}

function called(run: Run, callee: Known, args: readonly Known[]): Known {
  if ((run.steps += 1) > MOST_STEPS || typeof callee !== 'object' || callee === null) throw new Unknown()
  if (callee.kind === 'closure') return callee.call(args)
  if (callee.kind !== 'builtin') throw new Unknown()
  run.calls.add(callee.path)
  return callBuiltin(callee, args)
}

/** What a name means at the top of the file: a module of Node, a global, or a function that stands there. */
function named(run: Run, name: string): Known {
  const imported = importedNames(run.facts).find(({ local }) => local === name)
  if (imported !== undefined) {
    const module = /^(?:node:)?(crypto|process|buffer)$/.exec(imported.specifier)?.[1]
    if (module === undefined) throw new Unknown()
    if (imported.imported === 'Buffer') return { kind: 'builtin', path: 'Buffer' }
    const isWhole = imported.imported === 'default' || imported.imported === '*'
    return memberOf({ kind: 'builtin', path: isWhole ? module : `${module}.${imported.imported}` }, null, run.environment)
  }
  const own = topFunctions(run.facts).get(name)
  if (own !== undefined) return { kind: 'closure', call: (args) => enter(run, own, args, new Map()) }
  if (/^(process|crypto|Buffer|console|String|Boolean|Error|TypeError|RangeError)$/.test(name)) return { kind: 'builtin', path: name }
  throw new Unknown()
}

function functionAt({ facts }: Run, id: string): FunctionFacts {
  const fn = facts.functions[id]
  if (fn === undefined) throw new Unknown()
  return fn
}

function textOf(part: Expression | undefined, value: (one: Expression) => Known): string {
  if (part === undefined) return ''
  const known = value(part)
  if (typeof known === 'object' && known !== null) throw new Unknown()
  return String(known)
}

function shortText(parts: readonly string[]): string {
  const text = parts.join('')
  if (text.length > LONGEST_TEXT) throw new Unknown()
  return text
}
