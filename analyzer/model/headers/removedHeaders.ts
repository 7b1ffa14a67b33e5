// Headers of helmet that a layer behind it takes off every response again.
import type { CallRecord } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { conductOf } from '../conduct.js'
import { contentPolicies } from './contentPolicies.js'
import { restrictsFraming } from './frameAncestors.js'
import { helmetPackages } from './helmetOptions.js'
import { helmetVersion } from './helmetVersion.js'
import type { App, Entry, ProjectModel } from '../model.js'
import { isInProcess } from '../operations/processes.js'
import { packageOf } from '../origins.js'
import { registrationsOf } from '../registrations.js'
import { productionHeaderWrites, type HeaderWrite } from './responseHeaders.js'
import { coversPath } from '../routePaths.js'
import { possibleValues, property } from '../values.js'

export interface RemovedHeader {
  /** Lower-case name. */
  readonly header: string
  /** Where it is removed, or overwritten with nothing. */
  readonly at: Location
  /** The call of helmet that sets it. */
  readonly helmet: CallRecord
}

/**
 * Removals of these headers (lower-case names) that every response of an application meets. Nothing is said of a header that something in its process sets to a value,
 * be it a second helmet behind the removal, nor where a route of Express in front of it answers with the header, nor of X-Frame-Options beside a policy that may say who frames. A header with an empty value is sent, and browsers do not act on it.
 */
export function removedHeaders(model: ProjectModel, headers: readonly string[]): readonly RemovedHeader[] {
  return model.apps.flatMap((app) => headers.flatMap((header) => removalOf(model, app, header) ?? []))
}

function removalOf(model: ProjectModel, app: App, header: string): RemovedHeader | null {
  const settings = registrationsOf(model, app, 'security-headers').filter(({ isOff, effect }) => !isOff && effect.headers.includes(header))
  const set = settings.find(
    ({ scope, entry, effect }) => scope === app.scope && !effect.isConditional && isForAll(entry) && isHelmet(effect.call),
  )
  const call = set?.effect.call ?? null
  if (set === undefined || call === null || (header === 'x-frame-options' && saysWhoFrames(model, call, set.effect.options))) return null
  const writes = productionHeaderWrites(model).filter(
    ({ name, record }) => (name === header || name === null) && isInProcess(model, record.at.file, app),
  )
  if (!writes.every(takesAway)) return null
  for (const entry of app.scope.entries) {
    if (!isForAll(entry) || entry.isOff || entry.guards.length > 0 || !runsBehind(entry, set.entry)) continue
    if (settings.some((other) => other.entry !== set.entry && (other.scope !== app.scope || runsBehind(other.entry, entry)))) continue
    if (answersBetween(app, set.entry, entry)) return null
    for (const handler of entry.handlers) {
      if (handler.kind !== 'function') continue
      const conduct = conductOf(model, handler)
      const removal = conduct.headers.find((one) => one.name === header && takesAway(one) && one.record.guards.length === 0)
      if (removal !== undefined && conduct.continues) return { header, at: removal.record.at, helmet: call }
    }
  }
  return null
}

function isHelmet(call: CallRecord | null): boolean {
  return call !== null && helmetPackages.includes(packageOf(call.callee)?.package ?? '')
}

function isForAll({ kind, path }: Entry): boolean {
  return kind === 'layer' && coversPath(path, null) === 'yes'
}

function takesAway({ kind, value }: HeaderWrite): boolean {
  if (kind === 'remove') return true
  const values = possibleValues(value)
  return kind === 'set' && values.length > 0 && values.every((one) => one.kind === 'literal' && one.value === '')
}

/** Hooks of Fastify that every request meets after those of `onRequest`, and before the answer is on its way. */
const LATER = ['preParsing', 'preValidation', 'preHandler', 'onSend']

function runsBehind(entry: Entry, helmet: Entry): boolean {
  if (entry.scope.framework !== 'fastify') return entry.order > helmet.order
  return entry.hook === 'onRequest' ? entry.order > helmet.order : LATER.includes(entry.hook ?? '')
}

/** Routes of Express between the two answer with the header, and the removal behind them is for the rest alone. Hooks of Fastify run for all of a scope. */
function answersBetween({ scope }: App, helmet: Entry, removal: Entry): boolean {
  return (
    scope.framework !== 'fastify' &&
    scope.entries.some(({ kind, order, isOff }) => kind !== 'layer' && !isOff && order > helmet.order && order < removal.order)
  )
}

/** `frame-ancestors`, by helmet or by any policy of the project, is what browsers go by. */
function saysWhoFrames(model: ProjectModel, call: CallRecord, options: CallRecord['args'][number] | null): boolean {
  return (
    restrictsFraming(property(options, 'contentSecurityPolicy'), helmetVersion(model, call).policyDefaults) ||
    contentPolicies(model).some(({ directives }) => directives.some(({ name }) => name === 'frame-ancestors'))
  )
}
