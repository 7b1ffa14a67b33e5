// Enums, read as constant objects.
import type * as Tree from '../syntax/tree.js'
import type { Expression, PropertyFacts, Statement } from './facts.js'
import { mark, type Frame } from './frame.js'

/** A member without a value counts on from the number before it. The way back from number to name is left out. */
export function enumFacts(frame: Frame, node: Tree.TSEnumDeclaration): Statement {
  const at = mark(frame, node)
  const name = mark(frame, node.id)
  const object = mark(frame, node.body)
  let next: number | null = 0
  const properties: PropertyFacts[] = []
  for (const member of node.body.members) {
    const memberAt = mark(frame, member)
    const keyNode = mark(frame, member.id)
    const value: Expression = member.initializer
      ? frame.walk.expression(frame, member.initializer)
      : countedValue(mark(frame, member), next)
    const number = numberOf(value)
    next = number === null ? null : number + 1
    properties.push({ kind: 'property', node: memberAt, key: memberName(member.id), keyNode, value })
  }
  return ['declare', at, 'const', ['name', name, node.id.name], ['object', object, properties]]
}

function countedValue(at: number, next: number | null): Expression {
  return next === null ? ['opaque', at, []] : ['literal', at, next]
}

function numberOf(value: Expression): number | null {
  if (value[0] === 'literal') return typeof value[2] === 'number' ? value[2] : null
  if (value[0] !== 'unary' || value[2] !== '-') return null
  const operand = numberOf(value[3])
  return operand === null ? null : -operand
}

function memberName(id: Tree.TSEnumMemberName): string {
  if (id.type === 'Identifier') return id.name
  return id.type === 'Literal' ? id.value : (id.quasis[0]?.value.cooked ?? '')
}
