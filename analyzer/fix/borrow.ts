// Writes an expression of one file again in another, with what it names imported there.
import { folderOf, joinPath } from '../link/filePath.js'
import type { SyntaxNode } from '../syntax/parseWithTokens.js'
import { existingImports } from './existingImports.js'
import { FixRefused, type Editor } from './fix.js'
import { declaredBy, hasModuleBinding, isPropertyName } from './names.js'
import type { SourceFile } from './openFile.js'
import { allNodes, lineIndent } from './style.js'

/** What every file knows without an import, as far as options of packages use it. */
const GLOBAL =
  /^(undefined|Promise|Array|Record|Partial|Number|String|Boolean|Object|Math|Date|Error|Buffer|JSON|URL|process|console|Map|Set|NaN|Infinity|const)$/

/**
 * The text of a call with other values for some of its options. Names that its file imports, or exports, are imported in `target`; names that only
 * its function knows cannot be had there, and the fix is refused.
 */
export function borrow(
  editor: Pick<Editor, 'addImport'>,
  source: SourceFile,
  node: SyntaxNode,
  target: string,
  options: Readonly<Record<string, string>>,
): string {
  const changes = changedOptions(source, node, options)
  const isKept = ({ range }: SyntaxNode): boolean => !changes.some(({ start, end }) => start <= range[0] && range[1] <= end)
  const nodes = allNodes(node).filter(isKept)
  const own = new Set(nodes.flatMap(boundBy))
  // All names are looked for before the first is imported: a refusal leaves nothing behind.
  const wanted = nodes.flatMap((one) => {
    if (one.type !== 'Identifier' || own.has(one.name) || GLOBAL.test(one.name)) return []
    const parent = source.parsed.parents.get(one)
    const isShorthand = parent?.type === 'Property' && parent.shorthand
    if ((isPropertyName(parent, one) && !isShorthand) || (isShorthand && parent.key === one)) return []
    return [{ node: one, isShorthand, bring: supplier(editor, source, target, one.name) }]
  })
  for (const { node: one, isShorthand, bring } of wanted) {
    const local = bring()
    const [start, end] = one.range
    if (local !== one.name) changes.push({ start, end, text: isShorthand ? `${one.name}: ${local}` : local })
  }
  let text = source.text.slice(...node.range)
  for (const { start, end, text: code } of changes.toSorted((a, b) => b.start - a.start))
    text = text.slice(0, start - node.range[0]) + code + text.slice(end - node.range[0])
  return text.replaceAll(`\n${lineIndent(source.text, node.range[0])}`, '\n')
}

interface Change {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Options that the call has get their new value, the others stand in front. */
function changedOptions({ text }: SourceFile, node: SyntaxNode, options: Readonly<Record<string, string>>): Change[] {
  const given = node.type === 'CallExpression' || node.type === 'NewExpression' ? node.arguments[0] : undefined
  if (given?.type !== 'ObjectExpression') throw new FixRefused('the options are no object')
  return Object.entries(options).map(([key, code]) => {
    const known = given.properties.find((one) => one.type === 'Property' && text.slice(...one.key.range) === key)
    if (known !== undefined) return { start: known.range[0], end: known.range[1], text: `${key}: ${code}` }
    const start = given.range[0] + 1
    return { start, end: start, text: ` ${key}: ${code}${given.properties.length === 0 ? ' ' : ','}` }
  })
}

/** Names that a function within the expression has for itself. */
function boundBy(node: SyntaxNode): readonly string[] {
  if (node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression')
    return node.params.flatMap((parameter) => allNodes(parameter).flatMap((one) => (one.type === 'Identifier' ? [one.name] : [])))
  return declaredBy(node)
}

/** What makes a name available in the other file, and answers with the name that it has there. */
function supplier(editor: Pick<Editor, 'addImport'>, source: SourceFile, target: string, name: string): () => string {
  const known = existingImports(source).find(({ local }) => local === name)
  const isSame = target === source.name
  if (isSame && (known !== undefined || hasModuleBinding(source, name))) return () => name
  if (known !== undefined) {
    const imported = known.imported === 'whole' ? '*' : known.imported
    return () => editor.addImport(target, specifierFrom(source, known.specifier), imported, known.local)
  }
  if (exportsOf(source).includes(name)) return () => editor.addImport(target, `/${source.name}`, name, name)
  const type = typeImport(source, name)
  if (type === null) throw new FixRefused(`${name} cannot be had in ${target}`)
  return () => {
    if (!isSame) editor.addImport(target, specifierFrom(source, type), `type ${name}`, `type ${name}`)
    return name
  }
}

/** Relative specifiers become paths of the project, which the other file writes in its own way. */
function specifierFrom({ name }: SourceFile, specifier: string): string {
  const path = specifier.startsWith('.') ? joinPath(folderOf(name), specifier) : null
  return path === null ? specifier : `/${path}`
}

function exportsOf({ parsed }: SourceFile): readonly string[] {
  return parsed.program.body.flatMap((statement) => (statement.type === 'ExportNamedDeclaration' ? declaredBy(statement) : []))
}

/** The module that a type comes from. */
function typeImport({ parsed }: SourceFile, name: string): string | null {
  for (const statement of parsed.program.body) {
    if (statement.type !== 'ImportDeclaration') continue
    const isHere = statement.specifiers.some((one) => one.type === 'ImportSpecifier' && one.local.name === name)
    if (isHere) return statement.source.value
  }
  return null
}
