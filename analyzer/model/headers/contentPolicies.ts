// Content-Security-Policies of the project, by directive.
import type { CallRecord, Value } from '../../link/value.js'
import { locationKey, type Location } from '../../text/location.js'
import { addsOwn } from './frameAncestors.js'
import { helmetSettings } from './helmetSettings.js'
import { helmetVersion, type PolicyDefaults } from './helmetVersion.js'
import type { Answer, ProjectModel } from '../model.js'
import { callsTo } from '../packageCalls.js'
import { productionCalls } from '../productionCalls.js'
import { productionHeaderWrites } from './responseHeaders.js'
import { isTrue, possibleValues, property, propertyAt } from '../values.js'

export interface PolicySource {
  /** As written, without the quotes of the language: `'self'`, `https:`. null for what is not known, a nonce made per request included. */
  readonly text: string | null
  readonly at: Location
}

export interface PolicyDirective {
  /** `script-src` */
  readonly name: string
  readonly at: Location
  /** The array of sources; null where the policy is one text. */
  readonly array: Location | null
  readonly sources: readonly PolicySource[]
}

export interface ContentPolicy {
  readonly at: Location
  readonly call: CallRecord
  /** The object of directives, or the header's text. */
  readonly value: Value
  readonly directives: readonly PolicyDirective[]
  /** The directives that are not written come from helmet. */
  readonly hasDefaults: boolean
  /** True where directives may be there that are not seen. */
  readonly isOpen: boolean
  readonly isReportOnly: Answer
  readonly reportOnlyAt: Location
  /** Sources are written as texts, of a header or of lusca. */
  readonly isText: boolean
}

/** Every policy that production sends, by helmet, its part, helmet-csp, lusca or a header written by hand; each place once. */
export function contentPolicies(model: ProjectModel): readonly ContentPolicy[] {
  const settings = [
    ...helmetSettings(model, 'content-security-policy'),
    ...productionCalls(model, callsTo(model, 'helmet-csp', [])).flatMap((call) =>
      call.args[0] === undefined ? [] : [{ call, value: call.args[0] }],
    ),
  ]
  const written = productionHeaderWrites(model).filter(
    ({ name, kind }) => kind !== 'remove' && (name === 'content-security-policy' || name === 'content-security-policy-report-only'),
  )
  const policies = [
    ...settings.flatMap(({ call, value }) =>
      possibleValues(value).flatMap((options) => fromOptions(call, options, helmetVersion(model, call).policyDefaults)),
    ),
    ...luscaPolicies(model),
    ...written.flatMap(({ record, name, value }) =>
      fromText(record, value, name === 'content-security-policy-report-only' ? 'yes' : 'no', record.at),
    ),
  ]
  return [...new Map(policies.map((policy) => [locationKey(policy.at), policy])).values()]
}

/** `lusca({ csp: { policy } })` and `lusca.csp({ policy })`: a text, or an object of texts. */
function luscaPolicies(model: ProjectModel): readonly ContentPolicy[] {
  const given = [
    ...productionCalls(model, callsTo(model, 'lusca', [])).map((call) => ({ call, options: property(call.args[0] ?? null, 'csp') })),
    ...productionCalls(model, callsTo(model, 'lusca', ['csp'])).map((call) => ({ call, options: call.args[0] ?? null })),
  ]
  return given.flatMap(({ call, options }) => {
    const policy = property(options, 'policy')
    if (options?.kind !== 'object' || policy === null) return []
    return policy.kind === 'object'
      ? fromDirectives(call, options, policy, 'none').map((one) => ({ ...one, isText: true }))
      : fromText(call, policy, isTrue(property(options, 'reportOnly')), propertyAt(options, 'reportOnly'))
  })
}

function fromOptions(call: CallRecord, options: Value, defaults: PolicyDefaults): readonly ContentPolicy[] {
  return options.kind === 'object' ? fromDirectives(call, options, property(options, 'directives'), defaults) : []
}

function fromDirectives(call: CallRecord, options: Value, given: Value | null, defaults: PolicyDefaults): readonly ContentPolicy[] {
  const base = {
    at: options.at,
    call,
    hasDefaults: addsOwn(options, defaults),
    isReportOnly: isTrue(property(options, 'reportOnly')),
    reportOnlyAt: propertyAt(options, 'reportOnly'),
    isText: false,
  }
  const directives = possibleValues(given).filter((one) => one.kind === 'object')
  if (directives.length === 0)
    return [{ ...base, hasDefaults: base.hasDefaults || defaults === 'replaced', value: options, directives: [], isOpen: given !== null }]
  return directives.map((object) => ({
    ...base,
    value: object,
    isOpen: object.isOpen || object.properties.has('...'),
    directives: [...object.properties].flatMap(([key, value]) => (key === '...' ? [] : [directiveOf(key, value, propertyAt(object, key))])),
  }))
}

function directiveOf(key: string, value: Value, at: Location): PolicyDirective {
  const name = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const values = possibleValues(value)
  const arrays = values.filter((one) => one.kind === 'array')
  const only = arrays.length === 1 && values.length === 1 ? (arrays[0] ?? null) : null
  const sources = values.flatMap((one) => (one.kind === 'array' ? one.elements.flatMap((element) => possibleValues(element)) : [one]))
  return { name, at, array: only === null || only.isOpen ? null : only.at, sources: sources.flatMap(sourcesIn) }
}

/** A source may be a text with several of them. */
function sourcesIn(value: Value): readonly PolicySource[] {
  if (value.kind !== 'literal') return [{ text: null, at: value.at }]
  if (typeof value.value !== 'string') return []
  return value.value
    .split(/\s+/)
    .filter((text) => text !== '')
    .map((text) => ({ text, at: value.at }))
}

function fromText(call: CallRecord, value: Value | null, isReportOnly: Answer, reportOnlyAt: Location): readonly ContentPolicy[] {
  return possibleValues(value).flatMap((one) => {
    const text = textOf(one)
    if (text === null) return []
    const directives = text.split(';').flatMap((part): PolicyDirective[] => {
      const [directive = '', ...sources] = part.trim().split(/\s+/)
      const read = sources.map((source) => ({ text: source.includes(UNKNOWN) ? null : source, at: one.at }))
      return directive === '' ? [] : [{ name: directive.toLowerCase(), at: one.at, array: null, sources: read }]
    })
    return [
      {
        at: one.at,
        call,
        value: one,
        directives,
        hasDefaults: false,
        isOpen: text.includes(UNKNOWN),
        isReportOnly,
        reportOnlyAt,
        isText: true,
      },
    ]
  })
}

/** Stands for a part of a text that is not known. */
const UNKNOWN = '\u0000'

function textOf(value: Value): string | null {
  if (value.kind === 'literal') return typeof value.value === 'string' ? value.value : null
  if (value.kind === 'template') return value.parts.map((part) => textOf(part) ?? UNKNOWN).join('')
  return null
}
