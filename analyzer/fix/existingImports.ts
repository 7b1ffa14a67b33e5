// What a file imports already, by import or by require.
import type { SyntaxNode, TSESTree } from '../syntax/parseWithTokens.js'
import type { SourceFile } from './openFile.js'

/** A local name and the export that it holds. `whole` is the module object that `require` gives. */
export interface Binding {
  readonly specifier: string
  readonly imported: string
  readonly local: string
  readonly isRequired: boolean
  /** The import declaration or destructuring pattern that binds it, where further names can be added. */
  readonly holder: SyntaxNode | null
}

/** The bindings that import statements and top-level `require` calls make. Types are left out. */
export function existingImports(file: SourceFile): Binding[] {
  return file.parsed.program.body.flatMap((statement) => {
    if (statement.type === 'ImportDeclaration') return ofImport(statement)
    if (statement.type === 'VariableDeclaration') return statement.declarations.flatMap(ofDeclarator)
    if (statement.type !== 'TSImportEqualsDeclaration' || statement.moduleReference.type !== 'TSExternalModuleReference') return []
    const specifier = stringOf(statement.moduleReference.expression)
    return specifier === null ? [] : [{ specifier, imported: 'whole', local: statement.id.name, isRequired: true, holder: null }]
  })
}

/** The specifier of `require('…')`, also under a member or a call (`require('dotenv').config()`). */
export function requiredBy(node: SyntaxNode | null | undefined): string | null {
  if (node === null || node === undefined) return null
  if (node.type === 'MemberExpression') return requiredBy(node.object)
  if (node.type === 'AwaitExpression') return requiredBy(node.argument)
  if (node.type !== 'CallExpression') return null
  const { callee } = node
  if (callee.type === 'Identifier' && callee.name === 'require') return stringOf(node.arguments[0])
  // `__importDefault(require('x'))` as compilers write it.
  if (callee.type === 'Identifier' && /^_?_?(interopRequire|import)/.test(callee.name)) return requiredBy(node.arguments[0])
  return requiredBy(callee)
}

/** Specifiers compared without the `node:` prefix. */
export function sameSpecifier(a: string, b: string): boolean {
  return a.replace(/^node:/, '') === b.replace(/^node:/, '')
}

function ofImport(statement: TSESTree.ImportDeclaration): Binding[] {
  if (statement.importKind === 'type') return []
  return statement.specifiers.flatMap((each) => {
    const common = { specifier: statement.source.value, local: each.local.name, isRequired: false, holder: statement }
    if (each.type === 'ImportDefaultSpecifier') return [{ ...common, imported: 'default' }]
    if (each.type === 'ImportNamespaceSpecifier') return [{ ...common, imported: '*' }]
    return each.importKind === 'type'
      ? []
      : [{ ...common, imported: each.imported.type === 'Identifier' ? each.imported.name : each.imported.value }]
  })
}

function ofDeclarator({ id, init }: TSESTree.VariableDeclarator): Binding[] {
  const isMember = init?.type === 'MemberExpression' && !init.computed && init.property.type === 'Identifier'
  const call = isMember ? init.object : init
  if (call?.type !== 'CallExpression' || call.callee.type !== 'Identifier' || call.callee.name !== 'require') return []
  const specifier = stringOf(call.arguments[0])
  if (specifier === null) return []
  if (id.type === 'Identifier')
    return [{ specifier, imported: isMember ? memberName(init) : 'whole', local: id.name, isRequired: true, holder: null }]
  if (id.type !== 'ObjectPattern' || isMember) return []
  return id.properties.flatMap((property) => {
    if (property.type !== 'Property' || property.key.type !== 'Identifier' || property.value.type !== 'Identifier') return []
    return [{ specifier, imported: property.key.name, local: property.value.name, isRequired: true, holder: id }]
  })
}

function memberName(node: TSESTree.MemberExpression): string {
  return node.property.type === 'Identifier' ? node.property.name : '?'
}

function stringOf(node: SyntaxNode | undefined): string | null {
  return node?.type === 'Literal' && typeof node.value === 'string' ? node.value : null
}
