// Packages against forged requests that do nothing, or that nobody maintains.
import type { CallRecord, Value } from '../../link/value.js'
import type { ProjectModel, Route } from '../model.js'
import { methodName } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { callsThat } from '../perPart.js'
import { oncePerPlace, productionCalls } from '../productionCalls.js'
import { protectsRoute, routesOf } from '../queries.js'
import { oneOf } from '../sorted.js'
import { valuesWithin } from '../search.js'

export interface IdlePlugin {
  readonly call: CallRecord
  /** Routes that it was meant for. */
  readonly routes: readonly Route[]
}

/** Registrations of @fastify/csrf-protection where no route and no hook uses it: by itself it protects nothing (domain fact G12). */
export function idleCsrfPlugins(model: ProjectModel): readonly IdlePlugin[] {
  const registered = oncePerPlace(productionCalls(model, callsTo(model, '@fastify/csrf-protection', [])))
  if (registered.length === 0 || uses(model).length > 0) return []
  const unsafe = model.apps.flatMap((app) => routesOf(model, app)).filter(({ method }) => /^(POST|PUT|PATCH|DELETE|ALL)$/.test(method))
  const isUncovered = unsafe.length > 0 && unsafe.every((route) => protectsRoute(model, route, 'csrf').answer === 'no')
  return isUncovered ? registered.map((call) => ({ call, routes: unsafe })) : []
}

/** It is called by hand, or given to a hook that may be in code that was not understood. */
const uses = callsThat(
  ({ callee, args, isWrite }) => {
    const name = methodName(callee)
    if (isWrite || name === 'csrfProtection') return !isWrite
    return takers.has(name ?? '') && args.some((arg) => valuesWithin(arg, isWritten).some(isProtection))
  },
  { names: oneOf(['csrfProtection', 'addHook', 'route', 'auth']) },
)

const takers: ReadonlySet<string> = new Set(['addHook', 'route', 'auth'])

function isWritten({ kind }: Value): boolean {
  return kind === 'object' || kind === 'array' || kind === 'choice'
}

function isProtection(value: Value): boolean {
  return (
    (value.kind === 'member' && value.name === 'csrfProtection') || (value.kind === 'package' && value.path.at(-1) === 'csrfProtection')
  )
}

/** Where csurf is made: archived since 2022 (domain fact G10). */
export function archivedCsrf(model: ProjectModel): readonly CallRecord[] {
  return oncePerPlace(productionCalls(model, callsTo(model, 'csurf', [])))
}
