// Effects of middleware that packages make: the registry's line, minus what the options switch off.
import { effectOf, pathText } from '../frameworks/knownPackages.js'
import type { PackageEffect } from '../frameworks/packageTable.js'
import type { CallRecord, Value } from '../link/value.js'
import type { Effect } from './effect.js'
import { helmetHeaders, helmetPackages, helmetStanding } from './headers/helmetOptions.js'
import type { Capability, Confidence, ProjectModel } from './model.js'
import { originOf, type Origin } from './origins.js'
import { hasProperty, isFalse, property } from './values.js'
import { noteFunction } from './tracked.js'

/** The registry's answer for a value: what package export it is, and what is known of it. null where no package is behind it; `effect` is null where the package is not listed. */
export function packageEffect(value: Value): { readonly origin: Origin; readonly effect: PackageEffect | null } | null {
  const origin = originOf(value)
  return origin === null ? null : { origin, effect: effectOf(origin.package, origin.path) }
}

/** What middleware that a package made does to requests. Empty for factories that were not called, and for what is no middleware. */
export function packageEffects(model: ProjectModel, value: Value): readonly Effect[] {
  const found = packageEffect(value)
  if (found === null || found.effect === null) return []
  const { origin, effect } = found
  const rest = origin.path.slice(effect.path.length)
  if (effect.kind === 'middleware factory' ? !rest.includes('()') : effect.kind !== 'middleware') return []
  const call = makingCall(origin)
  // express-brute takes its numbers where it is made, and what getMiddleware takes is the key alone.
  const options = optionsOf(origin.package === 'express-brute' ? (origin.calls.at(-1) ?? null) : call)
  const name = pathText([origin.package, ...effect.path])
  const helmet = call !== null && helmetPackages.includes(origin.package) ? call : null
  return effect.capabilities.flatMap((capability) => {
    const standing =
      helmet === null
        ? standingOf(origin.package, effect.path, capability, options)
        : helmetStanding(model, helmet, effect.path, capability, options)
    if (standing === 'off') return []
    const confidence: Confidence = standing === 'on' ? 'high' : 'medium'
    return [
      {
        capability,
        confidence,
        at: call?.at ?? value.at,
        options,
        call,
        package: name,
        fn: null,
        source: 'package',
        isConditional: standing === 'unknown',
        flags: [],
        headers: helmet === null ? headersOf(origin.package, effect.path, options) : helmetHeaders(model, helmet, effect.path, options),
        detail: name,
      },
    ]
  })
}

/** The call whose result is, or leads to, the middleware. */
function makingCall(origin: Origin): CallRecord | null {
  return origin.calls[0] ?? null
}

/** The options object among the arguments of a factory: the last one that is not a function or text. */
export function optionsOf(call: CallRecord | null): Value | null {
  const candidates = (call?.args ?? []).filter((arg) => arg.kind !== 'function' && arg.kind !== 'literal' && arg.kind !== 'template')
  return candidates.findLast((arg) => arg.kind === 'object') ?? candidates.at(-1) ?? null
}

function standingOf(packageName: string, path: readonly string[], capability: Capability, options: Value | null): 'on' | 'off' | 'unknown' {
  if (packageName === 'lusca' && path.length === 0) return isLuscaOn(options, capability)
  if (corsPackages.includes(packageName) && capability === 'cors') return isFalse(property(options, 'origin')) === 'yes' ? 'off' : 'on'
  if (capability === 'rate-limit') return skipsAlways(options) ? 'off' : 'on'
  // A token is looked at where there is one, and whoever sends none passes too.
  if (packageName === 'express-jwt' && isFalse(property(options, 'credentialsRequired')) === 'yes') return 'off'
  return 'on'
}

/** The cors package, and its plugin for Fastify. */
export const corsPackages: readonly string[] = ['cors', '@fastify/cors', 'fastify-cors']

/** Lusca sends only what its options ask for. */
function isLuscaOn(options: Value | null, capability: Capability): 'on' | 'off' | 'unknown' {
  const names =
    { csrf: ['csrf'], 'security-headers': ['xframe', 'hsts', 'csp', 'nosniff', 'xssProtection', 'referrerPolicy'] }[
      capability as 'csrf' | 'security-headers'
    ] ?? []
  const answers = names.map((name) => hasProperty(options, name))
  if (names.some((name, index) => answers[index] === 'yes' && isFalse(property(options, name)) === 'no')) return 'on'
  return answers.includes('unknown') ? 'unknown' : 'off'
}

/** `skip: () => true` lets every request through (domain fact C5). */
function skipsAlways(options: Value | null): boolean {
  const skip = property(options, 'skip') ?? property(options, 'skipIf')
  if (skip?.kind !== 'function') return false
  noteFunction(skip)
  const [only, ...others] = skip.facts.body
  return others.length === 0 && only?.[0] === 'return' && only[2]?.[0] === 'literal' && only[2][2] === true
}

/** Security headers that the middleware sets, in lower case. */
function headersOf(packageName: string, path: readonly string[], options: Value | null): readonly string[] {
  const part = path.at(-1) ?? ''
  if (packageName === 'lusca') {
    const parts =
      part === ''
        ? Object.keys(luscaHeaders).filter((name) => hasProperty(options, name) === 'yes' && isFalse(property(options, name)) !== 'yes')
        : [part]
    return parts.flatMap((name) => luscaHeaders[name] ?? [])
  }
  return singleHeaders[packageName] === undefined ? [] : [singleHeaders[packageName]]
}

const luscaHeaders: Readonly<Record<string, string>> = {
  xframe: 'x-frame-options',
  hsts: 'strict-transport-security',
  csp: 'content-security-policy',
  nosniff: 'x-content-type-options',
  referrerPolicy: 'referrer-policy',
}
const singleHeaders: Readonly<Record<string, string>> = {
  hsts: 'strict-transport-security',
  frameguard: 'x-frame-options',
  'dont-sniff-mimetype': 'x-content-type-options',
  'referrer-policy': 'referrer-policy',
  'helmet-csp': 'content-security-policy',
  'express-csp-header': 'content-security-policy',
  'content-security-policy': 'content-security-policy',
  'cross-origin-opener-policy': 'cross-origin-opener-policy',
  'cross-origin-resource-policy': 'cross-origin-resource-policy',
}
