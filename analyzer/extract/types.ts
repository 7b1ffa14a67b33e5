// Type annotations, reduced to names.
import type * as Tree from '../syntax/tree.js'
import type { TypeFacts } from './facts.js'

const OPAQUE: TypeFacts = { name: '?', args: [] }

/** The reduced type of an annotation; null where there is none. */
export function typeOfAnnotation(annotation: Tree.TSTypeAnnotation | null | undefined): TypeFacts | null {
  return annotation ? typeFacts(annotation.typeAnnotation) : null
}

/** `implements Name<Arguments>`. */
export function implementedType(node: Tree.TSClassImplements): TypeFacts {
  return { name: dottedName(node.expression), args: argumentsOf(node.typeArguments) }
}

function typeFacts(type: Tree.TSType | Tree.TSTupleElement): TypeFacts {
  switch (type.type) {
    case 'TSTypeReference':
      return { name: dottedName(type.typeName), args: argumentsOf(type.typeArguments) }
    case 'TSImportType':
      return type.qualifier ? { name: dottedName(type.qualifier), args: argumentsOf(type.typeArguments) } : OPAQUE
    case 'TSArrayType':
      return { name: 'Array', args: [typeFacts(type.elementType)] }
    case 'TSUnionType':
      return { name: '|', args: type.types.map(typeFacts) }
    case 'TSIntersectionType':
      return { name: '&', args: type.types.map(typeFacts) }
    case 'TSParenthesizedType':
    case 'TSOptionalType':
      return typeFacts(type.typeAnnotation)
    case 'TSTypeOperator':
      return type.operator === 'readonly' ? typeFacts(type.typeAnnotation) : OPAQUE
    case 'TSLiteralType':
      return { name: literalName(type.literal), args: [] }
    case 'TSThisType':
      return { name: 'this', args: [] }
    default: {
      const keyword = /^TS(\w+)Keyword$/.exec(type.type)?.[1]
      return keyword ? { name: keyword.toLowerCase(), args: [] } : OPAQUE
    }
  }
}

function argumentsOf(list: Tree.TSTypeParameterInstantiation | null | undefined): TypeFacts[] {
  return list ? list.params.map(typeFacts) : []
}

function literalName(literal: Tree.TSLiteral): string {
  if (literal.type === 'Literal') return typeof literal.value === 'string' ? JSON.stringify(literal.value) : String(literal.value)
  return '?'
}

type NamedNode = Tree.TSTypeName | Tree.TSImportTypeQualifier | Tree.Expression

function dottedName(node: NamedNode): string {
  switch (node.type) {
    case 'Identifier':
      return node.name
    case 'ThisExpression':
      return 'this'
    case 'TSQualifiedName':
      return `${dottedName(node.left)}.${node.right.name}`
    case 'MemberExpression':
      return node.computed ? '?' : `${dottedName(node.object)}.${node.property.name}`
    default:
      return '?'
  }
}
