// Parsers of the project's own that Fastify runs before a route: the place that has the bytes, and so one where signatures are checked.
import type { FunctionValue, Value } from '../../link/value.js'
import type { ProjectModel, Route } from '../model.js'
import { callsThat } from '../perPart.js'
import { oneOf } from '../sorted.js'

/** The functions that read bodies in the contexts around a route. */
export function bodyParsersOf(model: ProjectModel, route: Route): readonly FunctionValue[] {
  if (route.app.framework === 'express') return []
  const around = new Set([route.app.scope, ...route.mounts.flatMap(({ mounted }) => mounted ?? [])])
  return parserCalls(model).flatMap(({ callee, args }) =>
    callee.kind === 'member' && callee.object.kind === 'scope' && around.has(callee.object.scope) ? args.filter(isFunction) : [],
  )
}

const parserCalls = callsThat(({ callee, isWrite }) => !isWrite && callee.kind === 'member' && callee.name === 'addContentTypeParser', {
  names: oneOf(['addContentTypeParser']),
})

function isFunction(value: Value): value is FunctionValue {
  return value.kind === 'function'
}
