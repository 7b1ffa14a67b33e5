// JSX: the boot need not understand it, only what is called inside.
import type * as Tree from '../syntax/tree.js'
import type { Expression } from './facts.js'
import { mark, type Frame } from './frame.js'

export function jsxFacts(frame: Frame, node: Tree.JSXElement | Tree.JSXFragment): Expression {
  const at = mark(frame, node)
  const inside: Expression[] = []
  if (node.type === 'JSXElement') for (const attribute of node.openingElement.attributes) addAttribute(frame, attribute, inside)
  for (const child of node.children) addChild(frame, child, inside)
  return ['opaque', at, inside]
}

function addAttribute(frame: Frame, attribute: Tree.JSXAttributeItem, inside: Expression[]): void {
  if (attribute.type === 'JSXSpreadAttribute') inside.push(frame.walk.expression(frame, attribute.argument))
  else if (attribute.value) addChild(frame, attribute.value, inside)
}

function addChild(frame: Frame, child: Tree.JSXChild | Tree.JSXAttributeValue, inside: Expression[]): void {
  switch (child.type) {
    case 'JSXElement':
    case 'JSXFragment':
      inside.push(jsxFacts(frame, child))
      break
    case 'JSXExpressionContainer':
      if (child.expression.type !== 'JSXEmptyExpression') inside.push(frame.walk.expression(frame, child.expression))
      break
    case 'JSXSpreadChild':
      inside.push(frame.walk.expression(frame, child.expression))
      break
    default:
  }
}
