// What the model says is registered, in the words of the recording.
import type { FileFacts } from '../../analyzer/extract/facts.js'
import type { Entry, ProjectModel, Scope } from '../../analyzer/model/model.js'
import type { Location } from '../../analyzer/text/location.js'
import { callPlace, lineOf } from './callPlace.js'
import { numbered, registrationLine, type Line, type Lines } from './recordedScopes.js'

/** Registrations of each application and router in order, without those that production never runs. */
export function modelScopes(model: ProjectModel): Lines {
  const names = scopeNames(model)
  const lines: Record<string, Line[]> = {}
  for (const scope of model.scopes) {
    if (scope.kind !== 'app' && scope.kind !== 'router') continue
    const entries = scope.entries.filter((entry) => !entry.isOff)
    lines[names(scope)] = registrationsOf(entries).map((group) => describe(group, model.files, names))
  }
  return lines
}

/** One call may leave several entries: a layer in front of a mount, several paths. */
function registrationsOf(entries: readonly Entry[]): readonly (readonly Entry[])[] {
  const groups: Entry[][] = []
  for (const entry of entries) {
    const last = groups.at(-1)
    if (last !== undefined && last[0] !== undefined && isSameCall(last[0], entry)) last.push(entry)
    else groups.push([entry])
  }
  return groups
}

function isSameCall(one: Entry, other: Entry): boolean {
  return one.call !== null && one.call === other.call
}

function describe(group: readonly Entry[], files: ReadonlyMap<string, FileFacts>, names: (scope: Scope) => string): Line {
  const [first] = group
  if (first === undefined) return ''
  const once = group.filter((entry) => entry.path === first.path)
  const method = methodOf(first)
  return registrationLine({
    method,
    paths: method === 'param' ? [] : [...new Set(group.map((entry) => entry.path ?? '?'))],
    site: siteOf(files, first.call?.at ?? first.at),
    plain: once.reduce((sum, entry) => sum + entry.handlers.length, 0),
    mounts: once.flatMap((entry) => (entry.mounted ? [names(entry.mounted)] : [])),
  })
}

/** The name that was called. */
function methodOf(entry: Entry): string {
  const callee = entry.call?.callee
  if (callee?.kind === 'member') return callee.name
  return entry.kind === 'route' ? (entry.methods[0] ?? 'all').toLowerCase() : 'use'
}

/** `file:line` of the method's name in a call. */
export function siteOf(files: ReadonlyMap<string, FileFacts>, at: Location): string {
  return `${at.file}:${callPlace(files, at)}`
}

function scopeNames(model: ProjectModel): (scope: Scope) => string {
  const seen = new Map<string, number>()
  const names = new Map<Scope, string>()
  for (const scope of model.scopes) names.set(scope, numbered(seen, `${scope.kind} ${scope.at.file}:${lineOf(model.files, scope.at)}`))
  return (scope) => names.get(scope) ?? `${scope.kind} ${scope.at.file}:${lineOf(model.files, scope.at)}`
}
