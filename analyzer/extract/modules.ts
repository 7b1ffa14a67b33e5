// Imports and exports.
import type * as Tree from '../syntax/tree.js'
import { classFacts } from './classes.js'
import type { Statement } from './facts.js'
import { mark, markSpan, type Frame } from './frame.js'
import { functionFacts } from './functions.js'
import { boundNames } from './patterns.js'

/** The local name of what `export default` exports without one. */
const DEFAULT_NAME = '*default*'

export type ModuleStatementNode =
  Tree.ImportDeclaration | Tree.ExportNamedDeclaration | Tree.ExportDefaultDeclaration | Tree.ExportAllDeclaration | Tree.TSExportAssignment

/** Records imports and exports in the file and adds what they declare to a list. Type-only ones do not run. */
export function moduleStatementFacts(frame: Frame, node: ModuleStatementNode, into: Statement[]): void {
  frame.file.hasModuleSyntax = true
  switch (node.type) {
    case 'ImportDeclaration':
      importFacts(frame, node)
      break
    case 'ExportNamedDeclaration':
      exportNamedFacts(frame, node, into)
      break
    case 'ExportDefaultDeclaration':
      exportDefaultFacts(frame, node, into)
      break
    case 'ExportAllDeclaration':
      exportAllFacts(frame, node)
      break
    case 'TSExportAssignment':
      into.push(['exportAssignment', mark(frame, node), frame.walk.expression(frame, node.expression)])
  }
}

function importFacts(frame: Frame, node: Tree.ImportDeclaration): void {
  const at = mark(frame, node)
  const specifier = node.source.value
  let runs = node.importKind !== 'type'
  for (const binding of node.specifiers) {
    const isType = node.importKind === 'type' || (binding.type === 'ImportSpecifier' && binding.importKind === 'type')
    const imported =
      binding.type === 'ImportSpecifier' ? exportName(binding.imported) : binding.type === 'ImportDefaultSpecifier' ? 'default' : '*'
    frame.file.imports.push({ node: mark(frame, binding), specifier, imported, local: binding.local.name, isType })
  }
  if (runs && node.specifiers.length > 0) runs = frame.file.imports.slice(-node.specifiers.length).some((binding) => !binding.isType)
  if (runs) frame.file.importedModules.push(['importModule', at, specifier])
}

function exportNamedFacts(frame: Frame, node: Tree.ExportNamedDeclaration, into: Statement[]): void {
  if (node.declaration) return exportedDeclaration(frame, node.declaration, into)
  if (node.exportKind === 'type') return
  const at = mark(frame, node)
  const specifier = node.source?.value
  if (specifier !== undefined) frame.file.importedModules.push(['importModule', at, specifier])
  for (const binding of node.specifiers) {
    if (binding.exportKind === 'type') continue
    const exported = exportName(binding.exported)
    const local = exportName(binding.local)
    const at = mark(frame, binding)
    frame.file.exports.push(
      specifier === undefined
        ? { kind: 'local', node: at, exported, local }
        : { kind: 'from', node: at, exported, specifier, imported: local },
    )
  }
}

function exportedDeclaration(frame: Frame, node: Tree.Declaration, into: Statement[]): void {
  for (const statement of frame.walk.statements(frame, [node])) {
    into.push(statement)
    if (statement[0] === 'declare') for (const name of boundNames(statement[3])) exportLocal(frame, statement[1], name, name)
    if (statement[0] === 'functionDeclaration') exportLocal(frame, statement[1], frame.file.functions[statement[2]]?.name ?? '')
    if (statement[0] === 'classDeclaration') exportLocal(frame, statement[1], frame.file.classes[statement[2]]?.name ?? '')
  }
}

function exportDefaultFacts(frame: Frame, node: Tree.ExportDefaultDeclaration, into: Statement[]): void {
  const value = node.declaration
  switch (value.type) {
    case 'TSInterfaceDeclaration':
    case 'TSDeclareFunction':
      return
    case 'FunctionDeclaration': {
      if (!value.body) return
      const name = value.id?.name ?? DEFAULT_NAME
      const at = mark(frame, value)
      into.push(['functionDeclaration', at, functionFacts(frame, value, 'function', name)])
      return exportLocal(frame, at, name, 'default')
    }
    case 'ClassDeclaration': {
      const name = value.id?.name ?? DEFAULT_NAME
      const facts = classFacts(frame, value, name)
      into.push(['classDeclaration', ...facts])
      return exportLocal(frame, facts[0], name, 'default')
    }
    default: {
      const at = mark(frame, node)
      const name = markSpan(frame, node.start, node.start + 'export default'.length)
      into.push(['declare', at, 'const', ['name', name, DEFAULT_NAME], frame.walk.expression(frame, value, 'default')])
      exportLocal(frame, at, DEFAULT_NAME, 'default')
    }
  }
}

function exportAllFacts(frame: Frame, node: Tree.ExportAllDeclaration): void {
  if (node.exportKind === 'type') return
  const at = mark(frame, node)
  const specifier = node.source.value
  frame.file.importedModules.push(['importModule', at, specifier])
  frame.file.exports.push(
    node.exported
      ? { kind: 'from', node: at, exported: exportName(node.exported), specifier, imported: '*' }
      : { kind: 'all', node: at, specifier },
  )
}

function exportLocal(frame: Frame, node: number, local: string, exported = local): void {
  frame.file.exports.push({ kind: 'local', node, exported, local })
}

function exportName(node: Tree.ModuleExportName): string {
  return node.type === 'Literal' ? node.value : node.name
}
