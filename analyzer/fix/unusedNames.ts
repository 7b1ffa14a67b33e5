// Takes out variables that a change left without a use, as compilers that are told to refuse such would ask for.
import type { SyntaxNode, TSESTree } from '../syntax/parseWithTokens.js'
import { hasOverlap } from './editList.js'
import type { PlacedEdit } from './editList.js'
import { isPropertyName } from './names.js'
import { addEdit } from './openFile.js'
import type { SourceFile } from './openFile.js'
import { allNodes } from './style.js'
import { removeStatement } from './statements.js'

/** Variables whose last use the edits took away go with it, where making them does nothing: `const { message } = error`, a function. Exported ones stay. */
export function dropUnused(file: SourceFile): void {
  const taken = file.edits.filter(({ start, end }) => end > start)
  if (taken.length === 0) return
  const names = [...allNodes(file.parsed.program)].filter((node) => isName(file, node))
  const dropped = new Map<Declaration, TSESTree.Identifier[]>()
  for (const use of names.filter((name) => isWithin(name, taken))) {
    const found = declarationOf(file, use)
    if (found === null || isWithin(found.name, taken) || dropped.get(found.declaration)?.includes(found.name)) continue
    const others = names.filter((one) => one.name === use.name && one !== found.name && isIn(one, found.block))
    if (!others.every((one) => isWithin(one, taken)) || file.edits.some(({ text }) => mentions(text, use.name))) continue
    dropped.set(found.declaration, [...(dropped.get(found.declaration) ?? []), found.name])
  }
  for (const [declaration, unused] of dropped) drop(file, declaration, unused)
}

type Declaration = TSESTree.VariableDeclaration | TSESTree.ImportDeclaration

interface Declared {
  readonly name: TSESTree.Identifier
  readonly declaration: Declaration
  readonly block: TSESTree.BlockStatement | TSESTree.Program
}

/** The variable of a block around the use, if it is declared alone in its statement. */
function declarationOf(file: SourceFile, use: TSESTree.Identifier): Declared | null {
  for (let node = file.parsed.parents.get(use); node !== undefined; node = file.parsed.parents.get(node)) {
    if (node.type !== 'BlockStatement' && node.type !== 'Program') continue
    for (const declaration of node.body) {
      if (declaration.type === 'ImportDeclaration') {
        const [only, second] = declaration.specifiers
        if (only === undefined || second !== undefined || only.local.name !== use.name) continue
        return isPackage(declaration.source) ? { name: only.local, declaration, block: node } : null
      }
      if (declaration.type !== 'VariableDeclaration' || declaration.declarations.length !== 1) continue
      const name = boundBy(declaration.declarations[0].id).find((one) => one.name === use.name)
      if (name !== undefined) return isQuiet(declaration.declarations[0].init) ? { name, declaration, block: node } : null
    }
  }
  return null
}

/** Names of a plain variable or of a pattern without a rest, which would hold more without one of them. */
function boundBy(pattern: SyntaxNode): readonly TSESTree.Identifier[] {
  if (pattern.type === 'Identifier') return [pattern]
  if (pattern.type !== 'ObjectPattern' || pattern.properties.some(({ type }) => type === 'RestElement')) return []
  return pattern.properties.flatMap((property) =>
    property.type === 'Property' && property.value.type === 'Identifier' && !property.computed ? [property.value] : [],
  )
}

/** True for what only reads. */
function isQuiet(node: SyntaxNode | null): boolean {
  switch (node?.type) {
    case 'Identifier':
    case 'Literal':
    case 'ThisExpression':
      return true
    case 'MemberExpression':
      return !node.computed && isQuiet(node.object)
    case 'ChainExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
      return isQuiet(node.expression)
    case 'LogicalExpression':
    case 'BinaryExpression':
      return isQuiet(node.left) && isQuiet(node.right)
    case 'ConditionalExpression':
      return isQuiet(node.test) && isQuiet(node.consequent) && isQuiet(node.alternate)
    case 'TemplateLiteral':
      return node.expressions.every(isQuiet)
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return true
    case 'CallExpression':
      if (node.callee.type === 'Identifier' && node.callee.name === 'require') return isPackage(node.arguments[0])
      return isQuietCallee(node.callee) && node.arguments.every(isQuiet)
    default:
      return false
  }
}

/** A module of the project may be loaded for what it does. */
function isPackage(source: SyntaxNode | undefined): boolean {
  return source?.type === 'Literal' && typeof source.value === 'string' && !/^[./]/.test(source.value)
}

/** `String(x)`, `text.split(',')`. */
function isQuietCallee(callee: TSESTree.Expression): boolean {
  if (callee.type === 'Identifier') return callee.name === 'String'
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier') return false
  return /^(split|trim|toLowerCase|map|filter)$/.test(callee.property.name) && isQuiet(callee.object)
}

/** The rest of the change stands where this would get in its way. */
function drop(file: SourceFile, declaration: Declaration, unused: readonly TSESTree.Identifier[]): void {
  const before: readonly PlacedEdit[] = [...file.edits]
  const id = declaration.type === 'ImportDeclaration' ? null : declaration.declarations[0].id
  const kept =
    id?.type === 'ObjectPattern' ? id.properties.filter((one) => one.type !== 'Property' || !unused.some((name) => one.value === name)) : []
  const [first, second] = id?.type === 'ObjectPattern' ? id.properties : []
  const last = id?.type === 'ObjectPattern' ? id.properties.at(-1) : undefined
  if (kept.length === 0) removeStatement(file, declaration)
  else if (first !== undefined && second !== undefined && last !== undefined) {
    const between = file.text.slice(first.range[1], second.range[0])
    addEdit(file, first.range[0], last.range[1], kept.map((one) => file.text.slice(...one.range)).join(between))
  }
  if (!hasOverlap(file.edits)) return
  file.edits.splice(0, file.edits.length, ...before)
  // A new import stands at the end of the last one, which then gives up its line from the front.
  const [start, end] = declaration.range
  const lineEnd = file.text.slice(0, start).match(/\r?\n$/)?.[0].length ?? 0
  if (kept.length > 0 || lineEnd === 0) return
  addEdit(file, start - lineEnd, end, '')
  if (hasOverlap(file.edits)) file.edits.splice(0, file.edits.length, ...before)
}

function isName(file: SourceFile, node: SyntaxNode): node is TSESTree.Identifier {
  return node.type === 'Identifier' && !isPropertyName(file.parsed.parents.get(node), node)
}

function isWithin(node: SyntaxNode, edits: readonly PlacedEdit[]): boolean {
  return edits.some(({ start, end }) => start <= node.range[0] && node.range[1] <= end)
}

function isIn(node: SyntaxNode, block: SyntaxNode): boolean {
  if (block.type === 'Program') return true
  return block.range[0] <= node.range[0] && node.range[1] <= block.range[1]
}

/** Whether code that is written reads the name: no key, no member, no word of a text. */
function mentions(text: string, name: string): boolean {
  // Within a template an apostrophe is one.
  const code = (text.includes('`') ? text : text.replace(/'[^'\n]*'|"[^"\n]*"/g, "''")).replace(/(^|[{,])\s*[\w$]+\s*:/g, '$1')
  return new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(code)
}
