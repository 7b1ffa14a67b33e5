// Literals and template literals.
import type * as Tree from '../syntax/tree.js'
import type { Expression } from './facts.js'
import { mark, type Frame } from './frame.js'

export type LiteralNode =
  Tree.BooleanLiteral | Tree.NullLiteral | Tree.NumericLiteral | Tree.StringLiteral | Tree.BigIntLiteral | Tree.RegExpLiteral

/** Flags are sorted: one parser does so, the other keeps their order. */
export function literalFacts(frame: Frame, node: LiteralNode): Expression {
  const at = mark(frame, node)
  if ('regex' in node) return ['regex', at, node.regex.pattern, [...node.regex.flags].sort().join('')]
  if ('bigint' in node) return ['bigint', at, node.bigint]
  return ['literal', at, node.value]
}

/** Text of templates is cooked; where an escape means nothing (only tagged templates may hold one) it stays as written. */
export function templateFacts(frame: Frame, node: Tree.TemplateLiteral | Tree.TaggedTemplateExpression): Expression {
  const at = mark(frame, node)
  if (node.type === 'TemplateLiteral') return ['template', at, stringsOf(node), valuesOf(frame, node)]
  return ['tagged', at, frame.walk.expression(frame, node.tag), stringsOf(node.quasi), valuesOf(frame, node.quasi)]
}

function stringsOf(node: Tree.TemplateLiteral): string[] {
  return node.quasis.map((quasi) => quasi.value.cooked ?? quasi.value.raw)
}

function valuesOf(frame: Frame, node: Tree.TemplateLiteral): Expression[] {
  return node.expressions.map((expression) => frame.walk.expression(frame, expression))
}
