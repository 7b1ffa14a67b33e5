// Object literals.
import type * as Tree from '../syntax/tree.js'
import type { Expression, PropertyFacts } from './facts.js'
import { mark, markSpan, type Frame } from './frame.js'
import { functionFacts } from './functions.js'
import { keyFacts } from './patterns.js'

export function objectFacts(frame: Frame, node: Tree.ObjectExpression): Expression {
  return ['object', mark(frame, node), node.properties.map((property) => propertyFacts(frame, property))]
}

function propertyFacts(frame: Frame, property: Tree.ObjectPropertyKind): PropertyFacts {
  const node = mark(frame, property)
  if (property.type === 'SpreadElement') return { kind: 'spread', node, value: frame.walk.expression(frame, property.argument) }
  const keyNode = mark(frame, property.key)
  const key = keyFacts(frame, property)
  const name = typeof key === 'string' ? key : ''
  const kind = property.kind === 'get' ? 'getter' : property.kind === 'set' ? 'setter' : 'property'
  const value = property.value
  if ((kind !== 'property' || property.method) && value.type === 'FunctionExpression') {
    // The function node of a method begins at its parameters; from its key on it reads as what it is.
    const at = markSpan(frame, property.key.start, value.end)
    return {
      kind,
      node,
      key,
      keyNode,
      value: ['function', at, functionFacts(frame, value, kind === 'property' ? 'method' : kind, name, property.key.start)],
    }
  }
  return { kind, node, key, keyNode, value: frame.walk.expression(frame, value, name) }
}
