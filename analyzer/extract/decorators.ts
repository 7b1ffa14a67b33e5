// Decorators.
import type * as Tree from '../syntax/tree.js'
import type { DecoratorFacts } from './facts.js'
import { mark, type Frame } from './frame.js'

export function decoratorFacts(frame: Frame, node: Tree.Decorator): DecoratorFacts {
  return { node: mark(frame, node), expression: frame.walk.expression(frame, node.expression) }
}
