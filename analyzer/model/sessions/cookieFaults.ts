// What a cookie that holds who somebody is lacks, and where it should be said.
import { sameLocation, type Location } from '../../text/location.js'
import type { AttributeAnswer, CookieAttribute } from './cookieAttributes.js'
import { identityCookies, type IdentityCookie } from './identityCookies.js'
import type { Confidence, ProjectModel } from '../model.js'
import { recordedOnce } from '../recorded.js'
import { possibleValues } from '../values.js'

export interface CookieFault {
  readonly cookie: IdentityCookie
  /** Without what; never empty. */
  readonly lacks: readonly CookieAttribute[]
  /** The first place that switches one off, else the options of the cookie, else the call. */
  readonly at: Location
  /** Further places that switch one off. */
  readonly also: readonly { readonly attribute: CookieAttribute; readonly at: Location }[]
  readonly confidence: Confidence
}

/** Cookies of production that certainly lack something, in order. `sameSite: 'none'` is a wish, which browsers grant to secure cookies alone. */
export const cookieFaults: (model: ProjectModel) => readonly CookieFault[] = recordedOnce((model) => {
  const all = identityCookies(model).flatMap((cookie): readonly CookieFault[] => {
    const faults = faultsOf(cookie)
    const written = faults.flatMap(({ attribute, at }) => (at === null || !model.productionFiles.has(at.file) ? [] : [{ attribute, at }]))
    const [first, ...also] = written
    const at = first?.at ?? optionsAt(cookie) ?? cookie.call.at
    return faults.length === 0
      ? []
      : [{ cookie, lacks: faults.map(({ attribute }) => attribute), at, also, confidence: confidenceOf(cookie, faults) }]
  })
  // Options that several lines are given are one cause where they stand.
  return all.filter(({ at }, index) => all.findIndex((one) => sameLocation(one.at, at)) === index)
})

/** What the cookie certainly lacks. */
export function faultsOf({ attributes }: IdentityCookie): readonly AttributeAnswer[] {
  return attributes.filter(({ answer, isForAllSites }) => answer === 'no' && !isForAllSites)
}

/** Some browsers take a cookie without SameSite for a lax one. */
function confidenceOf({ call }: IdentityCookie, faults: readonly AttributeAnswer[]): Confidence {
  return call.phase === 'unreached' || faults.every(({ attribute }) => attribute === 'sameSite') ? 'medium' : 'high'
}

/** Options of a session's cookie stand within its own. */
function optionsAt({ setup, options }: IdentityCookie): Location | null {
  const key = options?.key ?? null
  if (setup === null || key === null) return null
  for (const one of possibleValues(setup.options)) {
    const at = one.kind === 'object' ? one.writtenAt.get(key) : undefined
    if (at !== undefined && at.file === setup.call.at.file) return at
  }
  return null
}
