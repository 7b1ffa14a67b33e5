// Functions: parameters, kind, and a body numbered on its own.
import type * as Tree from '../syntax/tree.js'
import { decoratorFacts } from './decorators.js'
import type { FunctionFacts, FunctionId, ParameterFacts, Statement } from './facts.js'
import { functionFrame, mark, markSpan, type Frame } from './frame.js'
import { patternFacts } from './patterns.js'
import { typeOfAnnotation } from './types.js'

/** Adds the facts of a function to the file and answers with its id. `start` is where it begins for a reader: a method begins at its key. */
export function functionFacts(
  outer: Frame,
  node: Tree.Function | Tree.ArrowFunctionExpression,
  kind: FunctionFacts['kind'],
  name: string,
  start = node.start,
): FunctionId {
  const frame = functionFrame(outer)
  const id = frame.id
  markSpan(frame, start, node.end)
  const parameters = node.params.filter((parameter) => !isThisParameter(parameter)).map((parameter) => parameterFacts(frame, parameter))
  const firstOptional = parameters.findIndex((parameter) => parameter.pattern[0] === 'default' || parameter.pattern[0] === 'rest')
  const body = bodyFacts(frame, node)
  outer.file.functions[id] = {
    id,
    name,
    kind,
    ...(node.type === 'FunctionExpression' && node.id !== null ? { isSelfNamed: true as const } : {}),
    isAsync: node.async,
    isGenerator: node.generator,
    parameters,
    arity: firstOptional === -1 ? parameters.length : firstOptional,
    returnType: typeOfAnnotation(node.returnType),
    body,
    hasAwait: frame.hasAwait,
    spans: frame.spans.slice(),
  }
  return id
}

function bodyFacts(frame: Frame, node: Tree.Function | Tree.ArrowFunctionExpression): Statement[] {
  const body = node.body
  if (!body) return []
  if (body.type === 'BlockStatement') return frame.walk.statements(frame, body.body)
  return [['return', mark(frame, body), frame.walk.expression(frame, body)]]
}

function parameterFacts(frame: Frame, written: Tree.ParamPattern): ParameterFacts {
  const parameter = withoutDecorators(written)
  const node = mark(frame, parameter)
  const inner = parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter
  const decorators = [...(parameter.decorators ?? []), ...(inner === parameter ? [] : (inner.decorators ?? []))]
  return {
    node,
    decorators: decorators.map((decorator) => decoratorFacts(frame, decorator)),
    pattern: patternFacts(frame, inner),
    type: typeOfAnnotation(inner.type === 'AssignmentPattern' ? annotationOf(inner.left) : annotationOf(inner)),
    isProperty: parameter.type === 'TSParameterProperty',
  }
}

/** oxc lets a parameter begin at its decorators where it is optional, `@Query('q') q?: string`, and nowhere else. */
function withoutDecorators(parameter: Tree.ParamPattern): Tree.ParamPattern {
  const [first] = (parameter.decorators ?? []) as readonly Tree.Decorator[]
  if (parameter.type !== 'Identifier' || parameter.start !== first?.start) return parameter
  const end = parameter.typeAnnotation?.start ?? parameter.end
  return { ...parameter, start: end - '?'.length - parameter.name.length }
}

function annotationOf(pattern: Tree.BindingPattern | Tree.FormalParameterRest): Tree.TSTypeAnnotation | null {
  return pattern.typeAnnotation ?? null
}

/** `function f(this: Server)` declares a type and no parameter. */
function isThisParameter(parameter: Tree.ParamPattern): boolean {
  return parameter.type === 'Identifier' && parameter.name === 'this'
}
