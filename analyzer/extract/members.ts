// Member access: `a.b`, `a.#b`, `a['b']`, `a[i]`.
import type * as Tree from '../syntax/tree.js'
import type { Expression, NodeId } from './facts.js'
import { mark, type Frame } from './frame.js'

export type MemberFacts =
  | readonly ['member', NodeId, object: Expression, property: string, propertyNode: NodeId, isOptional?: true]
  | readonly ['index', NodeId, object: Expression, index: Expression]

/** A literal string in brackets reads as a name. */
export function memberFacts(frame: Frame, node: Tree.MemberExpression): MemberFacts {
  const at = mark(frame, node)
  const object = frame.walk.expression(frame, node.object)
  const property = node.property
  const named = (name: string): MemberFacts =>
    node.optional ? ['member', at, object, name, mark(frame, property), true] : ['member', at, object, name, mark(frame, property)]
  if (property.type === 'PrivateIdentifier') return named(`#${property.name}`)
  if (!node.computed && property.type === 'Identifier') return named(property.name)
  if (property.type === 'Literal' && typeof property.value === 'string') return named(property.value)
  return ['index', at, object, frame.walk.expression(frame, property)]
}
