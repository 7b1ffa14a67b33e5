// Protections of helmet that are switched off.
import type { CallRecord, Value } from '../../link/value.js'
import { locationKey, sameLocation, type Location } from '../../text/location.js'
import { holdsWhenUnset, valueWhenUnset } from '../defaults.js'
import { contentPolicies, type ContentPolicy } from './contentPolicies.js'
import { restrictsFraming } from './frameAncestors.js'
import { helmetSettings } from './helmetSettings.js'
import { helmetVersion } from './helmetVersion.js'
import type { App, Confidence, ProjectModel } from '../model.js'
import { isInProcess } from '../operations/processes.js'
import { registrationsOf, type Registration } from '../registrations.js'
import { productionHeaderWrites } from './responseHeaders.js'
import { isFalse, property, propertyAt } from '../values.js'

export interface WeakenedHeader {
  /** Lower-case name. */
  readonly header: string
  readonly option: string
  readonly at: Location
  /** The object that holds the option. */
  readonly holder: Value
  readonly call: CallRecord
  readonly confidence: Confidence
}

/**
 * Options of helmet that take one of these headers away, each place once. Nothing is said of a header that something else in the project sets, that the version
 * sends only when asked, nor of
 * X-Frame-Options beside a policy that says who may frame.
 * Where only some environments switch it off, confidence is medium if nothing needs to be set for that, else low.
 */
export function weakenedHeaders(model: ProjectModel, headers: readonly string[]): readonly WeakenedHeader[] {
  const found = new Map<string, WeakenedHeader>()
  for (const header of headers) {
    for (const { call, holder, option, value } of helmetSettings(model, header)) {
      const confidence = offConfidence(value)
      if (holder === null || confidence === null || isSetElsewhere(model, header, call)) continue
      const { policyDefaults, optional } = helmetVersion(model, call)
      if (optional.includes(header)) continue
      if (header === 'x-frame-options' && restrictsFraming(property(holder, 'contentSecurityPolicy'), policyDefaults)) continue
      const at = propertyAt(holder, option)
      found.set(locationKey(at), { header, option, at, holder, call, confidence })
    }
  }
  return [...found.values()]
}

function offConfidence(value: Value): Confidence | null {
  const answer = isFalse(value)
  if (answer !== 'unknown') return answer === 'yes' ? 'high' : null
  if (value.kind !== 'choice' || !value.options.some((option) => isFalse(option) === 'yes')) return null
  const unset = valueWhenUnset(value)
  if (unset !== null && isFalse(unset) === 'yes') return 'medium'
  return value.test !== null && holdsWhenUnset(value.test) !== null ? null : 'low'
}

/** Whether another middleware or handler sets the header, in an application or a process that gets this one. */
function isSetElsewhere(model: ProjectModel, header: string, call: CallRecord): boolean {
  const getting = model.apps.filter((app) => headersOf(model, app).some(({ effect }) => isOf(effect.call, call)))
  const apps = getting.length === 0 ? model.apps : getting
  if (
    header === 'x-frame-options' &&
    contentPolicies(model).some((one) => namesFrames(one) && apps.some((app) => isInProcess(model, one.call.at.file, app)))
  )
    return true
  return (
    productionHeaderWrites(model).some(
      ({ name, kind, record }) => name === header && kind !== 'remove' && apps.some((app) => isInProcess(model, record.at.file, app)),
    ) ||
    apps.some((app) =>
      headersOf(model, app).some(({ effect, isOff }) => !isOff && effect.headers.includes(header) && !isOf(effect.call, call)),
    )
  )
}

/** `frame-ancestors` with sources is what browsers go by, whatever X-Frame-Options says. */
function namesFrames({ directives, isReportOnly }: ContentPolicy): boolean {
  const named = directives.find(({ name }) => name === 'frame-ancestors')
  return isReportOnly !== 'yes' && named !== undefined && named.sources.length > 0 && !named.sources.some(({ text }) => text === '*')
}

function headersOf(model: ProjectModel, app: App): readonly Registration[] {
  return registrationsOf(model, app, 'security-headers')
}

function isOf(one: CallRecord | null, call: CallRecord): boolean {
  return one !== null && sameLocation(one.at, call.at)
}
