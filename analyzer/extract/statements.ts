// Statements. Those that exist only in types give nothing; a declaration of several variables gives several statements.
import type * as Tree from '../syntax/tree.js'
import { classFacts } from './classes.js'
import { declarationFacts } from './declarations.js'
import { expressionFacts } from './expressions.js'
import type { Pattern, Statement } from './facts.js'
import { DEEPEST, mark, type Frame, type StatementNode } from './frame.js'
import { functionFacts } from './functions.js'
import { moduleStatementFacts } from './modules.js'
import { patternFacts } from './patterns.js'

/** The facts of a list of statements. */
export function statementsFacts(frame: Frame, nodes: readonly StatementNode[]): Statement[] {
  const statements: Statement[] = []
  frame.depth++
  if (frame.depth <= DEEPEST) for (const node of nodes) addStatement(frame, node, statements)
  else for (const node of nodes) statements.push(['expression', mark(frame, node), ['opaque', mark(frame, node), []]])
  frame.depth--
  // A list that grew holds room for sixteen more.
  return statements.slice()
}

/** Adds what one statement means to a list. */
function addStatement(frame: Frame, node: StatementNode, into: Statement[]): void {
  switch (node.type) {
    case 'ExpressionStatement':
      into.push(['expression', mark(frame, node), expressionFacts(frame, node.expression)])
      break
    case 'VariableDeclaration':
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
    case 'TSImportEqualsDeclaration':
      declarationFacts(frame, node, into)
      break
    case 'FunctionDeclaration':
      if (node.body) into.push(['functionDeclaration', mark(frame, node), functionFacts(frame, node, 'function', node.id?.name ?? '')])
      break
    case 'ClassDeclaration':
      if (!node.declare) into.push(['classDeclaration', ...classFacts(frame, node, node.id?.name ?? '')])
      break
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
    case 'ExportAllDeclaration':
    case 'TSExportAssignment':
      moduleStatementFacts(frame, node, into)
      break
    case 'BlockStatement':
      into.push(['block', mark(frame, node), statementsFacts(frame, node.body)])
      break
    default: {
      const statement = controlFacts(frame, node)
      if (statement) into.push(statement)
    }
  }
}

function controlFacts(frame: Frame, node: StatementNode): Statement | null {
  switch (node.type) {
    case 'IfStatement':
      return [
        'if',
        mark(frame, node),
        expressionFacts(frame, node.test),
        bodyFacts(frame, node.consequent),
        node.alternate ? bodyFacts(frame, node.alternate) : [],
      ]
    case 'ReturnStatement':
      return ['return', mark(frame, node), node.argument ? expressionFacts(frame, node.argument) : null]
    case 'ThrowStatement':
      return ['throw', mark(frame, node), expressionFacts(frame, node.argument)]
    case 'TryStatement':
      return tryFacts(frame, node)
    case 'SwitchStatement':
      return [
        'switch',
        mark(frame, node),
        expressionFacts(frame, node.discriminant),
        node.cases.map((arm) => ({
          test: arm.test ? expressionFacts(frame, arm.test) : null,
          body: statementsFacts(frame, arm.consequent),
        })),
      ]
    case 'BreakStatement':
      return ['break', mark(frame, node), node.label?.name ?? null]
    case 'ContinueStatement':
      return ['continue', mark(frame, node), node.label?.name ?? null]
    case 'LabeledStatement':
      return ['labeled', mark(frame, node), node.label.name, bodyFacts(frame, node.body)]
    case 'WithStatement': {
      const at = mark(frame, node)
      const object: Statement = ['expression', mark(frame, node.object), expressionFacts(frame, node.object)]
      return ['block', at, [object, ...bodyFacts(frame, node.body)]]
    }
    default:
      return loopFacts(frame, node)
  }
}

function loopFacts(frame: Frame, node: StatementNode): Statement | null {
  switch (node.type) {
    case 'ForOfStatement':
      frame.hasAwait ||= node.await
      return [
        'forOf',
        mark(frame, node),
        loopBinding(frame, node.left),
        expressionFacts(frame, node.right),
        bodyFacts(frame, node.body),
        node.await,
      ]
    case 'ForInStatement':
      return ['forIn', mark(frame, node), loopBinding(frame, node.left), expressionFacts(frame, node.right), bodyFacts(frame, node.body)]
    case 'ForStatement':
      return [
        'for',
        mark(frame, node),
        forInit(frame, node.init),
        node.test ? expressionFacts(frame, node.test) : null,
        node.update ? expressionFacts(frame, node.update) : null,
        bodyFacts(frame, node.body),
      ]
    case 'WhileStatement':
      return ['while', mark(frame, node), expressionFacts(frame, node.test), bodyFacts(frame, node.body)]
    case 'DoWhileStatement': {
      const at = mark(frame, node)
      const body = bodyFacts(frame, node.body)
      return ['doWhile', at, expressionFacts(frame, node.test), body]
    }
    default:
      return null
  }
}

/** A block as the body of another statement is only its list. */
function bodyFacts(frame: Frame, node: Tree.Statement): Statement[] {
  return statementsFacts(frame, node.type === 'BlockStatement' ? node.body : [node])
}

function tryFacts(frame: Frame, node: Tree.TryStatement): Statement {
  const at = mark(frame, node)
  const block = statementsFacts(frame, node.block.body)
  const { handler, finalizer } = node
  const handlerFacts = handler && {
    parameter: handler.param ? patternFacts(frame, handler.param) : null,
    body: statementsFacts(frame, handler.body.body),
  }
  return ['try', at, block, handlerFacts, finalizer ? statementsFacts(frame, finalizer.body) : null]
}

function loopBinding(frame: Frame, left: Tree.ForStatementLeft): Pattern {
  if (left.type !== 'VariableDeclaration') return patternFacts(frame, left)
  const declarator = left.declarations[0]
  return declarator ? patternFacts(frame, declarator.id) : ['arrayPattern', mark(frame, left), []]
}

function forInit(frame: Frame, init: Tree.ForStatementInit | null): Statement[] {
  if (!init) return []
  if (init.type === 'VariableDeclaration') return statementsFacts(frame, [init])
  return [['expression', mark(frame, init), expressionFacts(frame, init)]]
}
