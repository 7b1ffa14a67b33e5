// TypeScript namespaces, read as the objects that they are at run time: what a block exports becomes a property.
import type * as Tree from '../syntax/tree.js'
import type { Statement } from './facts.js'
import { mark, type Frame, type StatementNode } from './frame.js'
import { boundNames } from './patterns.js'

type Identifier = Extract<Tree.TSModuleDeclaration['id'], { type: 'Identifier' }> | Extract<Tree.TSTypeName, { type: 'Identifier' }>
type Name = Pick<Identifier, 'name' | 'start' | 'end'>

/**
 * Adds `const A = {}` and the block that fills it. What was declared under the name before (another part of the namespace,
 * a function, a class) is filled instead. A namespace of types alone leaves nothing.
 */
export function namespaceFacts(frame: Frame, id: Identifier | Tree.TSQualifiedName, body: Tree.TSModuleBlock, into: Statement[]): void {
  addNamespace(frame, namesOf(id), body, into)
}

function addNamespace(frame: Frame, [id, ...inner]: readonly Name[], body: Tree.TSModuleBlock, into: Statement[]): void {
  if (id === undefined) return
  const members: Statement[] = []
  const isMade = isDeclared(frame, id.name)
  frame.namespaces.add(id.name)
  if (inner.length > 0) {
    const nested: Statement[] = []
    addNamespace(frame, inner, body, nested)
    addExported(frame, id.name, body, nested, members)
  } else for (const node of body.body) addMember(frame, id.name, node, members)
  if (members.length === 0) return
  if (!isMade) into.push(['declare', mark(frame, body), 'const', ['name', mark(frame, id), id.name], ['object', mark(frame, body), []]])
  into.push(['block', mark(frame, body), members])
}

function addMember(frame: Frame, owner: string, node: StatementNode, members: Statement[]): void {
  if (node.type !== 'ExportNamedDeclaration') members.push(...frame.walk.statements(frame, [node]))
  else if (node.declaration) addExported(frame, owner, node, frame.walk.statements(frame, [node.declaration]), members)
}

/** Adds statements and, after them, `A.name = name` for all that they declare. */
function addExported(
  frame: Frame,
  owner: string,
  node: Parameters<typeof mark>[1],
  statements: readonly Statement[],
  members: Statement[],
): void {
  members.push(...statements)
  for (const name of statements.flatMap((statement) => declaredNames(frame, statement))) {
    const place = (): number => mark(frame, node)
    members.push([
      'expression',
      place(),
      ['assign', place(), '=', ['member', place(), ['name', place(), owner], name, place()], ['name', place(), name]],
    ])
  }
}

function declaredNames(frame: Frame, statement: Statement): readonly string[] {
  if (statement[0] === 'declare') return boundNames(statement[3])
  if (statement[0] === 'functionDeclaration') return [frame.file.functions[statement[2]]?.name ?? '']
  return statement[0] === 'classDeclaration' ? [frame.file.classes[statement[2]]?.name ?? ''] : []
}

function isDeclared(frame: Frame, name: string): boolean {
  const { functions, classes } = frame.file
  return frame.namespaces.has(name) || [...Object.values(functions), ...Object.values(classes)].some((one) => one.name === name)
}

function namesOf(id: Identifier | Tree.TSTypeName): readonly Name[] {
  if (id.type === 'TSQualifiedName') return [...namesOf(id.left), id.right]
  return id.type === 'Identifier' ? [id] : []
}
