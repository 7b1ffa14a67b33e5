// What becomes of an error that a handler of Fastify sends as it is (domain facts D16, D18).
import { functionsBehind } from '../../link/handlers.js'
import type { CallRecord, FunctionValue, ParameterValue, Value } from '../../link/value.js'
import { conductOf } from '../conduct.js'
import type { ProjectModel, Scope } from '../model.js'
import { recordedOnce } from '../recorded.js'

/**
 * `handed on`: a handler that sends an error gives it to the error handler. `message`: an error handler that does so sends its message and code.
 * `overwritten`: the same, after another text took the place of the message. null where no function of Fastify sends it.
 */
export type SentError = 'handed on' | 'message' | 'overwritten' | null

/** The fate of `reply.send(error)`. */
export function sentError(model: ProjectModel, record: CallRecord, body: Value): SentError {
  let root: Value = record.callee
  while (root.kind === 'member' || root.kind === 'result') root = root.kind === 'member' ? root.object : root.call.callee
  const hook = root.kind === 'parameter' ? hookOf(model, root) : null
  if (hook === null || body.kind !== 'parameter' || body.role !== 'error') return null
  if (hook !== 'errorHandler' || (root?.kind === 'parameter' && hasOuterHandler(model, root))) return 'handed on'
  return isOverwritten(model, record, body) ? 'overwritten' : 'message'
}

/** True where a context around that of the error handler has one too: what the inner one sends goes there. */
function hasOuterHandler(model: ProjectModel, { fn }: ParameterValue): boolean {
  const handles = (scope: Scope): boolean => scope.entries.some(({ hook, isOff }) => hook === 'errorHandler' && !isOff)
  const around = (scope: Scope, depth: number): boolean =>
    depth < 20 && scope.mounts.some(({ scope: outer }) => handles(outer) || around(outer, depth + 1))
  const own = model.scopes.filter((scope) =>
    scope.entries.some(
      ({ hook, handlers }) =>
        hook === 'errorHandler' &&
        handlers.flatMap(functionsBehind).some(({ source, facts }) => source.file === fn.file && facts.id === fn.fn),
    ),
  )
  return own.length > 0 && own.every((scope) => around(scope, 0))
}

/** On which hook the function stands of which the parameter is; null for every other framework. */
export function hookOf(model: ProjectModel, { fn }: Pick<ParameterValue, 'fn'>): string | null {
  return hooksOf(model).get(`${fn.file}#${fn.fn}`) ?? null
}

const hooksOf = recordedOnce(findHooks)

function findHooks(model: ProjectModel): ReadonlyMap<string, string> {
  const hooks = new Map<string, string>()
  for (const scope of model.scopes) {
    for (const entry of scope.framework === 'fastify' ? scope.entries : [])
      for (const [index, handler] of entry.handlers.entries())
        for (const fn of functionsBehind(handler))
          hooks.set(
            `${fn.source.file}#${fn.facts.id}`,
            (entry.hook === 'route' ? entry.hooks?.[index] : entry.hook) ?? (servesSockets(model, fn) ? 'websocket' : 'handler'),
          )
  }
  return hooks
}

/** Its first parameter is the connection, and the request comes behind it. */
function servesSockets(model: ProjectModel, fn: FunctionValue): boolean {
  const [first] = model.summaryOf(fn).parameters
  return first?.kind === 'parameter' && first.role === 'socket'
}

/** `error.message = 'Something went wrong'` in front of it, whatever the error. */
function isOverwritten(model: ProjectModel, record: CallRecord, error: ParameterValue): boolean {
  return model.scopes.some((scope) =>
    scope.entries.some(
      ({ hook, handlers }) =>
        hook === 'errorHandler' &&
        handlers
          .flatMap((handler) => functionsBehind(handler))
          .some((fn) => {
            const { records } = conductOf(model, fn)
            return (
              records.includes(record) &&
              records.some(
                ({ isWrite, callee, args, order, guards }) =>
                  isWrite &&
                  order < record.order &&
                  callee.kind === 'member' &&
                  callee.name === 'message' &&
                  callee.object === error &&
                  args[0]?.kind === 'literal' &&
                  guards.every((guard) => record.guards.some((other) => other.value === guard.value && other.holds === guard.holds)),
              )
            )
          }),
    ),
  )
}
