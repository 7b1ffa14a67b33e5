// Expressions. What exists only in types vanishes; the expression inside stays.
import type * as Tree from '../syntax/tree.js'
import { classFacts } from './classes.js'
import type { Expression } from './facts.js'
import { DEEPEST, mark, type ExpressionNode, type Frame } from './frame.js'
import { functionFacts } from './functions.js'
import { jsxFacts } from './jsx.js'
import { literalFacts, templateFacts } from './literals.js'
import { memberFacts } from './members.js'
import { objectFacts } from './objects.js'
import { patternFacts } from './patterns.js'

/** The facts of an expression. `name` is what an anonymous function or class here is called by the language. */
export function expressionFacts(frame: Frame, node: ExpressionNode, name = ''): Expression {
  if (frame.depth >= DEEPEST) return ['opaque', mark(frame, node), []]
  frame.depth++
  const facts = shallowFacts(frame, node, name)
  frame.depth--
  return facts
}

function shallowFacts(frame: Frame, node: ExpressionNode, name: string): Expression {
  switch (node.type) {
    case 'Literal':
      return literalFacts(frame, node)
    case 'Identifier':
      return node.name === 'undefined' ? ['undefined', mark(frame, node)] : ['name', mark(frame, node), node.name]
    case 'MemberExpression':
      return memberFacts(frame, node)
    case 'CallExpression':
      return ['call', mark(frame, node), expressionFacts(frame, node.callee), argumentsFacts(frame, node.arguments)]
    case 'NewExpression':
      return ['new', mark(frame, node), expressionFacts(frame, node.callee), argumentsFacts(frame, node.arguments)]
    case 'ObjectExpression':
      return objectFacts(frame, node)
    case 'ArrayExpression':
      return ['array', mark(frame, node), node.elements.map((element) => (element ? expressionFacts(frame, element) : null))]
    case 'ArrowFunctionExpression':
      return ['function', mark(frame, node), functionFacts(frame, node, 'arrow', name)]
    case 'FunctionExpression':
    case 'FunctionDeclaration':
      return ['function', mark(frame, node), functionFacts(frame, node, 'function', node.id?.name ?? name)]
    case 'ClassExpression':
    case 'ClassDeclaration':
      return ['class', ...classFacts(frame, node, node.id?.name ?? name)]
    case 'TemplateLiteral':
    case 'TaggedTemplateExpression':
      return templateFacts(frame, node)
    case 'ThisExpression':
      return ['this', mark(frame, node)]
    case 'Super':
      return ['super', mark(frame, node)]
    case 'SpreadElement':
      return ['spread', mark(frame, node), expressionFacts(frame, node.argument)]
    case 'ChainExpression':
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
    case 'TSNonNullExpression':
    case 'TSInstantiationExpression':
      return expressionFacts(frame, node.expression, name)
    case 'MetaProperty':
      return node.meta.name === 'import' ? ['meta', mark(frame, node)] : ['opaque', mark(frame, node), []]
    case 'ImportExpression':
      return ['import', mark(frame, node), expressionFacts(frame, node.source)]
    case 'JSXElement':
    case 'JSXFragment':
      return jsxFacts(frame, node)
    default:
      return operatorFacts(frame, node)
  }
}

type OperatorNode =
  | Tree.AssignmentExpression
  | Tree.AwaitExpression
  | Tree.BinaryExpression
  | Tree.PrivateInExpression
  | Tree.ConditionalExpression
  | Tree.LogicalExpression
  | Tree.SequenceExpression
  | Tree.UnaryExpression
  | Tree.UpdateExpression
  | Tree.YieldExpression
  | Tree.PrivateIdentifier
  | Tree.Function
  | Tree.V8IntrinsicExpression

function operatorFacts(frame: Frame, node: OperatorNode): Expression {
  const at = mark(frame, node)
  switch (node.type) {
    case 'AssignmentExpression': {
      const target = patternFacts(frame, node.left)
      const name = target[0] === 'name' ? target[2] : target[0] === 'member' ? target[3] : ''
      return ['assign', at, node.operator, target, expressionFacts(frame, node.right, name)]
    }
    case 'UpdateExpression':
      return ['update', at, node.operator, expressionFacts(frame, node.argument)]
    case 'UnaryExpression':
      return ['unary', at, node.operator, expressionFacts(frame, node.argument)]
    case 'BinaryExpression':
      return ['binary', at, node.operator, expressionFacts(frame, node.left), expressionFacts(frame, node.right)]
    case 'LogicalExpression':
      return ['logical', at, node.operator, expressionFacts(frame, node.left), expressionFacts(frame, node.right)]
    case 'ConditionalExpression':
      return [
        'conditional',
        at,
        expressionFacts(frame, node.test),
        expressionFacts(frame, node.consequent),
        expressionFacts(frame, node.alternate),
      ]
    case 'AwaitExpression':
      frame.hasAwait = true
      return ['await', at, expressionFacts(frame, node.argument)]
    case 'YieldExpression': {
      const yielded = node.argument ? expressionFacts(frame, node.argument) : null
      return ['yield', at, node.delegate && yielded ? ['spread', mark(frame, node), yielded] : yielded]
    }
    case 'SequenceExpression':
      return ['sequence', at, node.expressions.map((expression) => expressionFacts(frame, expression))]
    case 'PrivateIdentifier':
      return ['literal', at, `#${node.name}`]
    default:
      return ['opaque', at, []]
  }
}

function argumentsFacts(frame: Frame, nodes: readonly Tree.Argument[]): Expression[] {
  return nodes.map((node) => expressionFacts(frame, node))
}
