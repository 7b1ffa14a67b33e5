// Procedures of tRPC, whose unexpected errors its adapters answer with what they say.
import { functionsBehind } from '../../link/handlers.js'
import type { CallRecord, Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { methodName, originOf } from '../origins.js'
import { callsThat } from '../perPart.js'
import { oncePerPlace, productionCalls } from '../productionCalls.js'
import { answeredRoutes } from '../serving.js'
import { hasProperty } from '../values.js'
import { oneOf } from '../sorted.js'
import { answersProcedures, runsInto, triesAll } from './failing.js'

/** tRPC as it is set up once for a project: `initTRPC.context<Context>().create()`. */
export interface ProcedureErrors {
  readonly create: CallRecord
  /** Where procedures are made that may fail with errors that nobody made for clients. */
  readonly failing: readonly Location[]
}

const ofProcedures = callsThat(({ callee, isWrite }) => !isWrite && isOfTrpc(callee), {
  packages: (name) => name === '@trpc/server',
  names: oneOf(['create', 'query', 'mutation', 'subscription']),
})

/**
 * Set-ups without a formatter of errors, where an application of the project serves procedures:
 * what is no TRPCError is answered with its message then, in production too (measured with 11.25).
 */
export function procedureErrors(model: ProjectModel): readonly ProcedureErrors[] {
  const isServed = model.apps.some((app) => answeredRoutes(model, app).some(answersProcedures))
  if (!isServed) return []
  const calls = oncePerPlace(productionCalls(model, ofProcedures(model)))
  const failing = calls.filter(({ callee, args }) => methodName(callee) !== 'create' && args.some((arg) => mayFail(model, arg)))
  return calls.flatMap((create): readonly ProcedureErrors[] => {
    if (methodName(create.callee) !== 'create') return []
    const own = failing.filter(({ callee }) => originOf(callee)?.calls.includes(create) === true).map(({ at }) => at)
    return own.length === 0 || hasProperty(create.args[0] ?? null, 'errorFormatter') !== 'no' ? [] : [{ create, failing: own }]
  })
}

function mayFail(model: ProjectModel, resolver: Value): boolean {
  return functionsBehind(resolver).some((fn) => !triesAll(fn) && runsInto(model, fn))
}

function isOfTrpc(callee: Value): boolean {
  const origin = originOf(callee)
  return origin?.package === '@trpc/server' && origin.path[0] === 'initTRPC'
}
