// Decorators.
import type * as Tree from '../syntax/tree.js'
import { expressionFacts } from './expressions.js'
import type { DecoratorFacts } from './facts.js'
import { mark, type Frame } from './frame.js'

export function decoratorFacts(frame: Frame, node: Tree.Decorator): DecoratorFacts {
  return { node: mark(frame, node), expression: expressionFacts(frame, node.expression) }
}
