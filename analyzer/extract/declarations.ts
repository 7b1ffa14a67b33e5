// Declarations: variables, and the TypeScript ones that leave something at run time.
import type * as Tree from '../syntax/tree.js'
import { enumFacts } from './enums.js'
import type { Expression, Statement } from './facts.js'
import { mark, markSpan, type Frame } from './frame.js'
import { namespaceFacts } from './namespaces.js'
import { patternFacts } from './patterns.js'

export type DeclarationNode =
  Tree.VariableDeclaration | Tree.TSEnumDeclaration | Tree.TSModuleDeclaration | Tree.TSGlobalDeclaration | Tree.TSImportEqualsDeclaration

/** Adds what a declaration means to a list; `declare` ones mean nothing. */
export function declarationFacts(frame: Frame, node: DeclarationNode, into: Statement[]): void {
  switch (node.type) {
    case 'VariableDeclaration':
      if (!node.declare) for (const declarator of node.declarations) into.push(variableFacts(frame, node.kind, declarator))
      break
    case 'TSEnumDeclaration':
      if (!node.declare) into.push(enumFacts(frame, node))
      break
    case 'TSModuleDeclaration':
      if (!node.declare && node.kind !== 'global' && node.body && node.id.type !== 'Literal')
        namespaceFacts(frame, node.id, node.body, into)
      break
    case 'TSImportEqualsDeclaration':
      if (node.importKind !== 'type') importEqualsFacts(frame, node, into)
  }
}

function variableFacts(frame: Frame, kind: Tree.VariableDeclarationKind, declarator: Tree.VariableDeclarator): Statement {
  const at = mark(frame, declarator)
  if (kind === 'await using') frame.hasAwait = true
  const pattern = patternFacts(frame, declarator.id)
  const name = pattern[0] === 'name' ? pattern[2] : ''
  const value = declarator.init ? frame.walk.expression(frame, declarator.init, name) : null
  return ['declare', at, kind === 'await using' ? 'using' : kind, pattern, value]
}

/** `import x = require('y')` reads as `const x = require('y')`, `import x = A.B` as `const x = A.B`. */
function importEqualsFacts(frame: Frame, node: Tree.TSImportEqualsDeclaration, into: Statement[]): void {
  const reference = node.moduleReference
  const at = mark(frame, node)
  const name = mark(frame, node.id)
  let value: Expression
  if (reference.type === 'TSExternalModuleReference') {
    const specifier = reference.expression.value
    into.push(['importModule', mark(frame, node), specifier])
    const call = mark(frame, reference)
    const callee = markSpan(frame, reference.start, reference.start + 'require'.length)
    value = ['call', call, ['name', callee, 'require'], [['literal', mark(frame, reference.expression), specifier]]]
  } else value = qualifiedName(frame, reference)
  into.push(['declare', at, 'const', ['name', name, node.id.name], value])
}

function qualifiedName(frame: Frame, node: Tree.TSTypeName): Expression {
  const at = mark(frame, node)
  if (node.type === 'TSQualifiedName') return ['member', at, qualifiedName(frame, node.left), node.right.name, mark(frame, node.right)]
  return node.type === 'Identifier' ? ['name', at, node.name] : ['this', at]
}
