// Data that a configuration module exports, read from its literals without running it.
import type { Expression, SourceFacts, Statement } from '../extract/facts.js'

/** What can be read: what is computed is undefined. */
export type Data = string | number | boolean | null | undefined | readonly Data[] | { readonly [key: string]: Data }

/** The value of `module.exports = …`, `export default …`, `export = …`, or of a JSON file. Functions without parameters stand for what they return. */
export function moduleData(facts: SourceFacts): Data {
  const body = facts.functions['']?.body ?? []
  const variables = new Map<string, Expression>()
  let exported: Expression | null = null
  for (const statement of body) {
    if (statement[0] === 'declare' && statement[3][0] === 'name' && statement[4] !== null) {
      variables.set(statement[3][2], statement[4])
      if (statement[3][2] === '*default*') exported = statement[4]
    } else exported = exportedBy(statement) ?? exported
  }
  return exported === null ? undefined : dataOf(exported, facts, variables, 0)
}

function exportedBy(statement: Statement): Expression | null {
  if (statement[0] === 'exportAssignment') return statement[2]
  if (statement[0] !== 'expression') return null
  const expression = statement[2]
  if (expression[0] !== 'assign') return expression[0] === 'object' || expression[0] === 'array' ? expression : null
  const target = expression[3]
  const isExports = target[0] === 'member' && target[3] === 'exports' && target[2][0] === 'name' && target[2][2] === 'module'
  return isExports ? expression[4] : null
}

function dataOf(expression: Expression, facts: SourceFacts, variables: ReadonlyMap<string, Expression>, depth: number): Data {
  const read = (inner: Expression): Data => dataOf(inner, facts, variables, depth + 1)
  if (depth > 30) return undefined
  switch (expression[0]) {
    case 'literal':
      return expression[2]
    case 'template':
      return expression[3].length === 0 ? expression[2].join('') : undefined
    case 'array':
      return expression[2].map((element) => (element === null ? undefined : read(element)))
    case 'name': {
      const value = variables.get(expression[2])
      return value === undefined ? undefined : read(value)
    }
    case 'object':
      return Object.fromEntries(
        expression[2].flatMap((property) =>
          property.kind === 'property' && typeof property.key === 'string' ? [[property.key, read(property.value)]] : [],
        ),
      )
    case 'function': {
      const last = facts.functions[expression[2]]?.body.at(-1)
      return last?.[0] === 'return' && last[2] !== null ? read(last[2]) : undefined
    }
    case 'call':
      // `defineConfig({ … })` and the like hand their argument through.
      return expression[3][0] === undefined ? undefined : read(expression[3][0])
    default:
      return undefined
  }
}

/** The property of an object, or undefined. */
export function propertyOf(data: Data, key: string): Data {
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as { readonly [key: string]: Data })[key] : undefined
}

export function textOf(data: Data): string | null {
  return typeof data === 'string' ? data : null
}
