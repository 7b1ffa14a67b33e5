// Binding and assignment targets.
import type * as Tree from '../syntax/tree.js'
import type { Expression, Pattern } from './facts.js'
import { mark, markSpan, type Frame } from './frame.js'
import { memberFacts } from './members.js'

export type TargetNode =
  | Tree.BindingPattern
  | Tree.BindingRestElement
  | Tree.AssignmentTarget
  | Tree.AssignmentTargetMaybeDefault
  | Tree.AssignmentTargetRest
  | Tree.ParamPattern

export interface KeyedNode {
  readonly key: Tree.PropertyKey
  readonly computed?: boolean
}

/** What a declaration binds or an assignment writes to. */
export function patternFacts(frame: Frame, node: TargetNode): Pattern {
  switch (node.type) {
    case 'Identifier':
      // The node of an annotated name covers its type too; the name alone is what messages point at.
      return ['name', markSpan(frame, node.start, node.start + node.name.length), node.name]
    case 'MemberExpression':
      return memberFacts(frame, node)
    case 'ObjectPattern':
      return objectPattern(frame, node)
    case 'ArrayPattern':
      return ['arrayPattern', mark(frame, node), node.elements.map((element) => (element ? patternFacts(frame, element) : null))]
    case 'AssignmentPattern':
      return defaultPattern(frame, node)
    case 'RestElement':
      return ['rest', mark(frame, node), patternFacts(frame, node.argument)]
    case 'TSParameterProperty':
      return patternFacts(frame, node.parameter)
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
      return patternFacts(frame, node.expression as Tree.AssignmentTarget)
  }
}

/** The names that a pattern declares, in order. */
export function boundNames(pattern: Pattern): string[] {
  switch (pattern[0]) {
    case 'name':
      return [pattern[2]]
    case 'objectPattern':
      return [...pattern[2].flatMap((property) => boundNames(property.value)), ...(pattern[3] ? boundNames(pattern[3]) : [])]
    case 'arrayPattern':
      return pattern[2].flatMap((element) => (element ? boundNames(element) : []))
    case 'default':
    case 'rest':
      return boundNames(pattern[2])
    default:
      return []
  }
}

/** A property key: its name when the text says it, else an expression. */
export function keyFacts(frame: Frame, { key, computed }: KeyedNode): string | Expression {
  if (key.type === 'PrivateIdentifier') return `#${key.name}`
  if (!computed && key.type === 'Identifier') return key.name
  if (key.type === 'Literal' && (typeof key.value === 'string' || typeof key.value === 'number')) return String(key.value)
  if (key.type === 'Literal' && typeof key.value === 'bigint') return String(key.value)
  return frame.walk.expression(frame, key)
}

function defaultPattern(frame: Frame, node: Tree.AssignmentPattern | Tree.AssignmentTargetWithDefault): Pattern {
  const at = mark(frame, node)
  const target = patternFacts(frame, node.left)
  return ['default', at, target, frame.walk.expression(frame, node.right, target[0] === 'name' ? target[2] : '')]
}

function objectPattern(frame: Frame, node: Tree.ObjectPattern | Tree.ObjectAssignmentTarget): Pattern {
  const at = mark(frame, node)
  const properties: { key: string | Expression; value: Pattern }[] = []
  let rest: Pattern | null = null
  for (const property of node.properties) {
    if (property.type === 'RestElement') rest = patternFacts(frame, property.argument)
    else {
      const key = keyFacts(frame, property)
      properties.push({ key, value: patternFacts(frame, property.value) })
    }
  }
  return ['objectPattern', at, properties, rest]
}
