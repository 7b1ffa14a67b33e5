// What Strict-Transport-Security is set to.
import type { Value } from '../../link/value.js'
import { locationKey, type Location } from '../../text/location.js'
import { helmetSettings } from './helmetSettings.js'
import type { ProjectModel } from '../model.js'
import { callsTo } from '../packageCalls.js'
import { productionCalls } from '../productionCalls.js'
import { productionHeaderWrites } from './responseHeaders.js'
import { isFalse, isTrue, numberOf, possibleValues, property, propertyAt, stringOf } from '../values.js'

export interface HstsPolicy {
  /** The options object or the header's text. */
  readonly at: Location
  /** Seconds. null where the package's default counts or the number is not known. */
  readonly maxAge: number | null
  readonly maxAgeAt: Location
  readonly coversSubdomains: boolean
  readonly subdomainsAt: Location
  readonly isPreloaded: boolean
  /** The text of a header that is written by hand; null for options. */
  readonly text: string | null
}

/** Every policy that production sends, by helmet, its parts, lusca, the hsts package or a header written by hand; each place once. */
export function hstsPolicies(model: ProjectModel): readonly HstsPolicy[] {
  const options = [
    ...helmetSettings(model, 'strict-transport-security').map(({ value }) => value),
    ...productionCalls(model, [...callsTo(model, 'hsts', []), ...callsTo(model, 'lusca', ['hsts'])]).flatMap((call) => call.args[0] ?? []),
    ...productionCalls(model, callsTo(model, 'lusca', [])).flatMap((call) => property(call.args[0] ?? null, 'hsts') ?? []),
  ]
  const written = productionHeaderWrites(model).filter(({ name, kind }) => name === 'strict-transport-security' && kind !== 'remove')
  const policies = [
    ...options.flatMap((value) => possibleValues(value).flatMap(fromOptions)),
    ...written.flatMap(({ value }) => possibleValues(value).flatMap(fromText)),
  ]
  return [...new Map(policies.map((policy) => [locationKey(policy.at), policy])).values()]
}

function fromOptions(options: Value): readonly HstsPolicy[] {
  if (options.kind !== 'object') return []
  return [
    {
      at: options.at,
      maxAge: numberOf(property(options, 'maxAge')),
      maxAgeAt: propertyAt(options, 'maxAge'),
      coversSubdomains: isFalse(property(options, 'includeSubDomains')) !== 'yes',
      subdomainsAt: propertyAt(options, 'includeSubDomains'),
      isPreloaded: isTrue(property(options, 'preload')) === 'yes',
      text: null,
    },
  ]
}

function fromText(value: Value): readonly HstsPolicy[] {
  const text = stringOf(value)
  if (text === null) return []
  const digits = /max-age\s*=\s*"?(\d+)/i.exec(text)?.[1]
  return [
    {
      at: value.at,
      maxAge: digits === undefined ? null : Number(digits),
      maxAgeAt: value.at,
      coversSubdomains: /includeSubDomains/i.test(text),
      subdomainsAt: value.at,
      isPreloaded: /preload/i.test(text),
      text,
    },
  ]
}
