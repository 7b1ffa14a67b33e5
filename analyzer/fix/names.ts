// The names that a file uses, so that a new one clashes with none.
import type { SyntaxNode, TSESTree } from '../syntax/parseWithTokens.js'
import type { SourceFile } from './openFile.js'
import { allNodes } from './style.js'

/** Names that stand for something anywhere in the file: declared, imported or used. Property names do not count. */
export function namesIn(file: SourceFile): Set<string> {
  const names = new Set<string>()
  for (const node of allNodes(file.parsed.program)) {
    if (node.type === 'Identifier' && !isPropertyName(file.parsed.parents.get(node), node)) names.add(node.name)
  }
  return names
}

/** `wanted` where the file does not use it, else the first of `suffix`, `suffix2`, … behind it that is free. */
export function freeName(wanted: string, suffix: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted
  let name = wanted + suffix
  for (let number = 2; taken.has(name); number += 1) name = `${wanted}${suffix}${number}`
  return name
}

/** True when the module itself declares or imports `name`. */
export function hasModuleBinding(file: SourceFile, name: string): boolean {
  return file.parsed.program.body.some((statement) => declaredBy(statement).includes(name))
}

/** Names that a statement binds in the list in which it stands. Types and interfaces are left out. */
export function declaredBy(statement: SyntaxNode): string[] {
  switch (statement.type) {
    case 'VariableDeclaration':
      return statement.declarations.flatMap((declarator) => namesOf(declarator.id))
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
      return statement.id === null ? [] : [statement.id.name]
    case 'ImportDeclaration':
      return statement.specifiers.map((each) => each.local.name)
    case 'TSImportEqualsDeclaration':
      return [statement.id.name]
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      return statement.declaration === null || statement.declaration === undefined ? [] : declaredBy(statement.declaration)
    default:
      return []
  }
}

function namesOf(pattern: TSESTree.Node): string[] {
  switch (pattern.type) {
    case 'Identifier':
      return [pattern.name]
    case 'ObjectPattern':
      return pattern.properties.flatMap((property) => namesOf(property.type === 'Property' ? property.value : property.argument))
    case 'ArrayPattern':
      return pattern.elements.flatMap((element) => (element === null ? [] : namesOf(element)))
    case 'AssignmentPattern':
      return namesOf(pattern.left)
    case 'RestElement':
      return namesOf(pattern.argument)
    default:
      return []
  }
}

/** Whether an identifier only names a property. */
export function isPropertyName(parent: SyntaxNode | undefined, node: SyntaxNode): boolean {
  if (parent === undefined) return false
  if (parent.type === 'MemberExpression') return parent.property === node && !parent.computed
  if (parent.type === 'Property' || parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition')
    return parent.key === node && !parent.computed
  if (parent.type === 'ImportSpecifier') return parent.imported === node && parent.local !== node
  return parent.type === 'TSPropertySignature' || parent.type === 'TSMethodSignature' || parent.type === 'LabeledStatement'
}
