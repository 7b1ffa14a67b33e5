// What the running application registered, in the words that the model's side is put into as well.
import type { RecordedCall, RecordedPath, Recording } from './start.js'

/** One registration in words: `GET /notes server.js:14`, `use /api app.js:9 +1 → router routes.js:3`. */
export type Line = string

/** Lines by scope; a scope is named by its kind and the place that made it: `router routes.js:3`. */
export type Lines = Readonly<Record<string, readonly Line[]>>

const OTHER_CALLS = new Set(['listen', 'createServer', 'set', 'enable', 'disable', 'route'])

/** Registrations of each application, and of each router that one leads to, in order. What `route()` made counts on its router. */
export function recordedScopes(recording: Recording): Lines {
  const names = receiverNames(recording)
  const lines: Record<string, Line[]> = Object.fromEntries([...reachable(recording)].map((id) => [names(id), []]))
  const routes = ownersOfRoutes(recording)
  for (const call of recording.calls) {
    if (OTHER_CALLS.has(call.method)) continue
    const route = routes.get(call.receiver)
    const path = route ? route.path : (call.path ?? '')
    lines[names(route ? route.receiver : call.receiver)]?.push(describe(call, path, names))
  }
  return lines
}

/** Applications that are mounted nowhere, and what they lead to. A router that nobody mounts serves nothing. */
function reachable(recording: Recording): ReadonlySet<number> {
  const mounts = (id: number): readonly number[] =>
    recording.calls.flatMap((call) =>
      call.receiver === id ? (call.handlers ?? []).flatMap(({ scope }) => (scope === null ? [] : [scope])) : [],
    )
  const mounted = new Set(recording.receivers.flatMap(({ id }) => mounts(id)))
  const found = new Set<number>()
  const visit = (id: number): void => {
    if (found.has(id)) return
    found.add(id)
    mounts(id).forEach(visit)
  }
  recording.receivers.filter(({ id, kind }) => kind === 'app' && !mounted.has(id)).forEach(({ id }) => visit(id))
  return found
}

function describe(call: RecordedCall, path: RecordedPath, names: (id: number) => string): Line {
  if (call.method === 'param')
    return registrationLine({ method: 'param', paths: [], site: `${call.file}:${call.line}`, plain: 1, mounts: [] })
  const handlers = call.handlers ?? []
  const plain = handlers.filter(({ scope }) => scope === null).length
  const mounts = handlers.flatMap(({ scope }) => (scope === null ? [] : [names(scope)]))
  return registrationLine({ method: call.method, paths: flatten(path), site: `${call.file}:${call.line}`, plain, mounts })
}

export interface RegistrationWords {
  /** As written: `use`, `get`, `all`. */
  readonly method: string
  readonly paths: readonly string[]
  readonly site: string
  /** How many functions, flattened, without what is mounted. */
  readonly plain: number
  readonly mounts: readonly string[]
}

/** The one wording of both sides. */
export function registrationLine({ method, paths, site, plain, mounts }: RegistrationWords): Line {
  const verb = method === 'use' || method === 'param' ? method : method.toUpperCase()
  return [verb, paths.join(' | '), site, plain > 0 ? `+${plain}` : '', ...mounts.map((name) => `→ ${name}`)]
    .filter((part) => part !== '')
    .join(' ')
}

export function flatten(path: RecordedPath): readonly string[] {
  return typeof path === 'string' ? [path] : path.flatMap(flatten)
}

/** The n-th scope of one place gets a number, because one line may make several. */
function receiverNames(recording: Recording): (id: number) => string {
  const wanted = reachable(recording)
  const seen = new Map<string, number>()
  const names = new Map<number, string>()
  for (const { id, kind, file, line } of recording.receivers) if (wanted.has(id)) names.set(id, numbered(seen, `${kind} ${file}:${line}`))
  return (id) => names.get(id) ?? 'unknown'
}

/** `name`, then `name #2`, `name #3`. */
export function numbered(seen: Map<string, number>, name: string): string {
  const count = (seen.get(name) ?? 0) + 1
  seen.set(name, count)
  return count === 1 ? name : `${name} #${count}`
}

/** The `route()` call behind each Route. */
export function ownersOfRoutes(recording: Recording): ReadonlyMap<number, { receiver: number; path: RecordedPath }> {
  return new Map(
    recording.calls.flatMap((call) => (call.made === undefined ? [] : [[call.made, { receiver: call.receiver, path: call.path ?? '' }]])),
  )
}
