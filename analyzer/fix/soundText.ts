// Whether a text that fixes made is still one: what the parser says, and what it does not.
import { parse as parseJson } from 'jsonc-parser'
import type { ParseError } from 'jsonc-parser'
import { parseWithTokens, type TSESTree } from '../syntax/parseWithTokens.js'
import { declaredBy } from './names.js'
import { allNodes } from './style.js'

/** True when a file still parses, declares nothing twice in one list of statements, and gives nothing twice in one object. Of what is neither code nor JSON nothing is asked. */
export function isSoundText(file: string, text: string, before: string): boolean {
  if (/\.json$/.test(file)) return isJson(text)
  const isCode = /\.[cm]?[jt]sx?$/.test(file) || /^#!.*\bnode\b/.test(before)
  return !isCode || isSoundSource(text, file, before)
}

function isJson(text: string): boolean {
  const errors: ParseError[] = []
  parseJson(text, errors, { allowTrailingComma: true })
  return errors.length === 0
}

function isSoundSource(text: string, file: string, before: string): boolean {
  const doubles = doublesIn(text, file)
  return doubles !== null && doubles <= (doublesIn(before, file) ?? 0)
}

/** How many names are declared, or plugins registered, more than once in one list of statements, given twice in one object, or how many constructors a class has too many, as the parser does not say; null when the text does not parse. Overloads count too, hence the comparison with the text before. */
function doublesIn(text: string, file: string): number | null {
  const parsed = parseWithTokens(text, file)
  if (parsed === null) return null
  let doubles = 0
  for (const node of allNodes(parsed.program)) {
    const names =
      node.type === 'ObjectExpression'
        ? node.properties.flatMap((member) => (member.type === 'Property' ? keyOf(member) : []))
        : node.type === 'Program' || node.type === 'BlockStatement'
          ? node.body.flatMap((statement) => [...declaredBy(statement), ...registeredBy(statement)])
          : node.type === 'ClassBody'
            ? node.body.flatMap((member) => (isConstructor(member) ? ['constructor'] : []))
            : []
    doubles += names.length - new Set(names).size
  }
  return doubles
}

/** `await app.register(plugin, …)`: of two fixes that register one plugin, the second finds it in the next pass. */
function registeredBy(statement: TSESTree.Node): readonly string[] {
  if (statement.type !== 'ExpressionStatement') return []
  const call = statement.expression.type === 'AwaitExpression' ? statement.expression.argument : statement.expression
  if (call.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return []
  const { object, property } = call.callee
  const [plugin] = call.arguments
  if (object.type !== 'Identifier' || property.type !== 'Identifier' || property.name !== 'register' || plugin?.type !== 'Identifier')
    return []
  return [`${object.name}.register(${plugin.name})`]
}

/** Overloads have no body. */
function isConstructor(member: TSESTree.ClassElement): boolean {
  return member.type === 'MethodDefinition' && member.kind === 'constructor' && member.value.type === 'FunctionExpression'
}

function keyOf({ key, computed }: TSESTree.Property): readonly string[] {
  if (computed) return []
  return key.type === 'Identifier' ? [key.name] : key.type === 'Literal' ? [String(key.value)] : []
}
