// Every method and full path that the running application would match, in order of registration.
import { flatten, ownersOfRoutes } from './recordedScopes.js'
import type { RecordedCall, Recording } from './start.js'

export interface RecordedRoute {
  /** Upper case; `ALL` for every method. */
  readonly method: string
  /** Joined along the mounts, without doubled or final slashes. */
  readonly path: string
  /** Number of the recorded call. */
  readonly index: number
}

/** Routes of all applications that are not mounted into another. */
export function recordedRoutes(recording: Recording): readonly RecordedRoute[] {
  const byReceiver = registrationsByReceiver(recording)
  const mounted = new Set(recording.calls.flatMap((call) => (call.handlers ?? []).flatMap(({ scope }) => (scope === null ? [] : [scope]))))
  const roots = recording.receivers.filter(({ id, kind }) => kind === 'app' && !mounted.has(id))
  return roots.flatMap(({ id }) => routesOf(id, '', byReceiver, []))
}

interface Registration {
  readonly call: RecordedCall
  readonly paths: readonly string[]
}

function registrationsByReceiver(recording: Recording): ReadonlyMap<number, Registration[]> {
  const byReceiver = new Map<number, Registration[]>()
  const routes = ownersOfRoutes(recording)
  for (const call of recording.calls) {
    if (call.handlers === undefined) continue
    const route = routes.get(call.receiver)
    const receiver = route ? route.receiver : call.receiver
    byReceiver.set(receiver, [...(byReceiver.get(receiver) ?? []), { call, paths: flatten(route ? route.path : (call.path ?? '')) }])
  }
  return byReceiver
}

function routesOf(
  id: number,
  prefix: string,
  byReceiver: ReadonlyMap<number, Registration[]>,
  above: readonly number[],
): readonly RecordedRoute[] {
  if (above.includes(id)) return []
  return (byReceiver.get(id) ?? []).flatMap(({ call, paths }) =>
    paths.flatMap((path) => {
      const full = joinPaths(prefix, path)
      if (call.method !== 'use' && call.method !== 'route') return [{ method: call.method.toUpperCase(), path: full, index: call.index }]
      const mounts = (call.handlers ?? []).flatMap(({ scope }) => (scope === null ? [] : [scope]))
      return mounts.flatMap((scope) => routesOf(scope, full, byReceiver, [...above, id]))
    }),
  )
}

/** Joins as a reader does: one slash between, none at the end, `/` for nothing. */
export function joinPaths(...parts: readonly string[]): string {
  const joined = parts
    .join('/')
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '')
  return joined.startsWith('/') ? joined : `/${joined}`
}
