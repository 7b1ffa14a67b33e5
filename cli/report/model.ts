// The model as text: entries, applications, scopes with what is registered on them in order, and what was not reached.
import { rangeOf } from '../../analyzer/check/range.js'
import { describe, describeGuard } from '../../analyzer/model/describe.js'
import type { App, Entry, ProjectModel, Scope } from '../../analyzer/model/model.js'
import type { Location } from '../../analyzer/text/location.js'

/** Deterministic; paths are relative to the project. */
export function modelText(model: ProjectModel): string {
  const place = (at: Location): string => placeOf(model, at)
  const shown = new Set<Scope>()
  const lines = ['Entries', ...model.entries.map(({ file, why }) => `  ${file} (${why})`)]
  for (const app of model.apps)
    lines.push(
      '',
      `Application ${app.name || '(without a name)'} at ${place(app.at)}`,
      ...appLines(app, place),
      ...scopeLines(app.scope, '  ', place, shown),
    )
  const loose = model.scopes.filter((scope) => !shown.has(scope))
  if (loose.length > 0) lines.push('', 'Scopes that are in no application')
  for (const scope of loose)
    if (!shown.has(scope)) lines.push(`  ${scope.kind} ${scope.name} at ${place(scope.at)}`, ...scopeLines(scope, '    ', place, shown))
  if (model.unreached.length > 0) lines.push('', 'Not reached', ...model.unreached.map(({ at, why }) => `  ${place(at)} ${why}`))
  return lines.map((line) => `${line.trimEnd()}\n`).join('')
}

export function placeOf(model: ProjectModel, at: Location): string {
  const { start } = rangeOf(model.files, at)
  return `${at.file}:${start.line}:${start.column}`
}

type PlaceText = (at: Location) => string

function appLines(app: App, place: PlaceText): readonly string[] {
  return [`  ${app.framework}, ${app.kind}, booted by ${app.entry}`, ...app.listeners.map((call) => `  listens at ${place(call.at)}`)]
}

function scopeLines(scope: Scope, indent: string, place: PlaceText, shown: Set<Scope>): readonly string[] {
  if (shown.has(scope)) return [`${indent}(shown above)`]
  shown.add(scope)
  const settings = scope.settings.map(
    (setting) => `${indent}setting ${setting.name} = ${describe(setting.value)} at ${place(setting.at)}${guardText(setting.guards)}`,
  )
  const gaps = scope.gaps.map((gap) => `${indent}gap ${gap.why} at ${place(gap.at)}${gap.isBlind ? ', blinds' : ''}`)
  return [...settings, ...scope.entries.flatMap((entry) => entryLines(entry, indent, place, shown)), ...gaps]
}

function entryLines(entry: Entry, indent: string, place: PlaceText, shown: Set<Scope>): readonly string[] {
  const methods = entry.methods.length > 0 ? `${entry.methods.join('|')} ` : ''
  const path = entry.path === null ? '(unknown path)' : entry.path === '' ? '' : entry.path
  const handlers = entry.handlers.map(describe).join(', ')
  const mounted = entry.mounted === null ? '' : `${entry.mounted.kind} ${entry.mounted.name}`
  const head = [kindOf(entry), `${methods}${path}`, handlers, mounted].filter((part) => part !== '').join('  ')
  const line = `${indent}${head}  at ${place(entry.at)}${guardText(entry.guards)}${entry.isOff ? ' [off in production]' : ''}`
  return entry.mounted === null ? [line] : [line, ...scopeLines(entry.mounted, `${indent}  `, place, shown)]
}

/** A layer of Fastify says when it runs: `onRequest`, `errorHandler`. */
function kindOf({ kind, hook }: Entry): string {
  return kind === 'layer' && hook !== undefined ? `${kind} ${hook}` : kind
}

function guardText(guards: Entry['guards']): string {
  const conditions = guards.filter((guard) => guard.kind === 'condition' || guard.kind === 'early-exit').map(describeGuard)
  return conditions.length === 0 ? '' : ` [if ${conditions.join(' and ')}]`
}
