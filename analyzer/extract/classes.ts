// Classes and their members. All expressions of a class belong to the function around it; methods are functions of their own.
import type * as Tree from '../syntax/tree.js'
import { decoratorFacts } from './decorators.js'
import type { ClassId, ClassMemberFacts, NodeId } from './facts.js'
import { functionFrame, mark, markSpan, nextClassId, type Frame } from './frame.js'
import { functionFacts } from './functions.js'
import { keyFacts } from './patterns.js'
import { implementedType, typeOfAnnotation } from './types.js'

const METHOD_KINDS = { constructor: 'constructor', method: 'method', get: 'getter', set: 'setter' } as const

/** Adds the facts of a class to the file. Answers with its node and id. */
export function classFacts(frame: Frame, node: Tree.Class, name: string): readonly [NodeId, ClassId] {
  const at = mark(frame, node)
  const id = nextClassId(frame)
  const decorators = (node.decorators ?? []).map((decorator) => decoratorFacts(frame, decorator))
  const superClass = node.superClass ? frame.walk.expression(frame, node.superClass) : null
  const members: ClassMemberFacts[] = []
  for (const element of node.body.body) {
    const member = memberFacts(frame, element)
    if (member) members.push(member)
  }
  frame.file.classes[id] = {
    id,
    name,
    owner: frame.id,
    node: at,
    superClass,
    implements: (node.implements ?? []).map(implementedType),
    isAbstract: node.abstract ?? false,
    decorators,
    members,
  }
  return [at, id]
}

/** null for what exists only in types: abstract members, overload signatures, index signatures, `declare` fields. */
function memberFacts(frame: Frame, element: Tree.ClassElement): ClassMemberFacts | null {
  switch (element.type) {
    case 'MethodDefinition':
      return element.value.body ? methodFacts(frame, element) : null
    case 'PropertyDefinition':
      return element.declare ? null : fieldFacts(frame, element)
    case 'AccessorProperty':
      return fieldFacts(frame, element)
    case 'StaticBlock':
      return staticBlockFacts(frame, element)
    default:
      return null
  }
}

function methodFacts(frame: Frame, method: Tree.MethodDefinition): ClassMemberFacts {
  const node = mark(frame, method)
  const decorators = method.decorators.map((decorator) => decoratorFacts(frame, decorator))
  const keyNode = mark(frame, method.key)
  const key = keyFacts(frame, method)
  const kind = METHOD_KINDS[method.kind]
  const name = typeof key === 'string' ? key : ''
  const id = functionFacts(frame, method.value, kind, name, method.key.start)
  return { node, kind, key, keyNode, isStatic: method.static, function: id, value: null, type: null, decorators }
}

function fieldFacts(frame: Frame, field: Tree.PropertyDefinition | Tree.AccessorProperty): ClassMemberFacts {
  const node = mark(frame, field)
  const decorators = field.decorators.map((decorator) => decoratorFacts(frame, decorator))
  const keyNode = mark(frame, field.key)
  const key = keyFacts(frame, field)
  const value = field.value ? frame.walk.expression(frame, field.value, typeof key === 'string' ? key : '') : null
  return {
    node,
    kind: 'field',
    key,
    keyNode,
    isStatic: field.static,
    function: null,
    value,
    type: typeOfAnnotation(field.typeAnnotation),
    decorators,
  }
}

function staticBlockFacts(outer: Frame, block: Tree.StaticBlock): ClassMemberFacts {
  const node = mark(outer, block)
  const frame = functionFrame(outer)
  const id = frame.id
  markSpan(frame, block.start, block.end)
  const body = frame.walk.statements(frame, block.body)
  const { hasAwait, spans } = frame
  outer.file.functions[id] = {
    id,
    name: '',
    kind: 'method',
    isAsync: false,
    isGenerator: false,
    parameters: [],
    arity: 0,
    returnType: null,
    body,
    hasAwait,
    spans,
  }
  return { node, kind: 'staticBlock', key: '', keyNode: node, isStatic: true, function: id, value: null, type: null, decorators: [] }
}
