// The effect that middleware has on the requests that pass it.
import type { CallRecord, FunctionValue, Guard, Value } from '../link/value.js'
import type { Location } from '../text/location.js'
import type { Capability, Confidence } from './model.js'
import { requestPart } from './requests.js'
import { contains, valuesWithin } from './search.js'

export interface Effect {
  readonly capability: Capability
  readonly confidence: Confidence
  /** Where it is brought about: the call of the package, or the line in the middleware. */
  readonly at: Location
  /** The options object of a package's factory. */
  readonly options: Value | null
  /** The call that made the middleware, or that has the effect. */
  readonly call: CallRecord | null
  /** The package and export, where one is behind it. */
  readonly package: string | null
  /** The project's own function, where it was recognised by what it does. */
  readonly fn: FunctionValue | null
  readonly source: 'package' | 'behaviour' | 'configuration'
  /** True when it comes about only under a condition that is not known. */
  readonly isConditional: boolean
  /** Environment variables and other switches that decide whether it comes about. */
  readonly flags: readonly string[]
  /** Lower-case names of the response headers that it sets, where it is about headers. */
  readonly headers: readonly string[]
  /** What was seen, in a few words. */
  readonly detail: string
}

/** The protections of which the absence counts, each with the headers that give it. `frame-ancestors` stands for a Content-Security-Policy that says nothing else. */
export const coreProtections: Readonly<Record<string, readonly string[]>> = {
  content: ['content-security-policy'],
  transport: ['strict-transport-security'],
  sniffing: ['x-content-type-options'],
  framing: ['x-frame-options', 'frame-ancestors'],
}

/** Which of the core protections these headers give. */
export function protectionsIn(headers: readonly string[]): readonly string[] {
  return Object.entries(coreProtections).flatMap(([protection, names]) =>
    names.some((name) => headers.includes(name)) ? [protection] : [],
  )
}

/** The conditions among guards that a request does not decide: feature flags, environment. Loops, catches and early exits on requests are none. */
export function flagsOf(guards: readonly Guard[]): readonly string[] {
  const flags = new Set<string>()
  for (const guard of guards) {
    if (guard.kind === 'off' || guard.kind === 'loop' || guard.kind === 'catch') continue
    for (const name of switchesIn(guard.value)) flags.add(name)
  }
  return [...flags]
}

/**
 * What decides a condition at start: environment variables, else the first member of something typed or unknown (`config.limits.enabled`).
 * Objects that stand in the condition are not entered: what they hold does not decide. What is looked up under a computed key is state, not a switch.
 */
function switchesIn(condition: Value): readonly string[] {
  const environment: string[] = []
  const members: string[] = []
  let isAboutRequests = false
  for (const one of valuesWithin(
    condition,
    (value) => value.kind !== 'object' && value.kind !== 'array' && (value.kind !== 'result' || isConversion(value.call.callee)),
  )) {
    if (one.kind === 'environment') environment.push(one.name)
    else if (one.kind === 'member') members.push(one.name)
    else if (one.kind === 'parameter' || one.kind === 'result') isAboutRequests = true
  }
  if (environment.length > 0) return environment
  return isAboutRequests || members.includes('*') ? [] : members.slice(0, 1)
}

/** `Number(process.env.X)`, `process.env.X.split(',')`: calls that only change the form of what they are given. */
function isConversion(callee: Value): boolean {
  return callee.kind === 'global' || callee.kind === 'member'
}

/** Middleware that first looks at the path (`if (public.includes(req.path)) return next()`) works for some routes only; those that it certainly lets pass are told by `spares` (sparedRoutes.ts). */
export function asksForPath(guards: readonly Guard[]): boolean {
  return guards.some((guard) => contains(guard.value, (one) => one.kind === 'member' && requestPart(one) === 'url'))
}

/** The same effects under a condition. */
export function underCondition(effects: readonly Effect[], flags: readonly string[]): readonly Effect[] {
  return effects.map((effect) => ({ ...effect, isConditional: true, flags: [...new Set([...effect.flags, ...flags])] }))
}

/** The stronger of two effects with one capability stands for both: unconditional before conditional, then by confidence. */
export function strongestFirst(effects: readonly Effect[]): readonly Effect[] {
  return [...effects].sort((a, b) => rank(b) - rank(a))
}

function rank(effect: Effect): number {
  return (effect.isConditional ? 0 : 10) + { high: 3, medium: 2, low: 1 }[effect.confidence]
}
