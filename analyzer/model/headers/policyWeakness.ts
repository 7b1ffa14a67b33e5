// What a Content-Security-Policy lets through.
import type { ContentPolicy, PolicyDirective, PolicySource } from './contentPolicies.js'
import type { ProjectModel } from '../model.js'
import { registrationsOf } from '../registrations.js'
import { sameLocation } from '../../text/location.js'
import { pathWords } from '../routePaths.js'

export interface UnsafeDirective {
  readonly directive: PolicyDirective
  readonly unsafe: readonly PolicySource[]
  /** False where scripts have a directive of their own, so that this one decides about other things only. */
  readonly isAboutScripts: boolean
}

/**
 * Directives that decide about scripts and allow any: `'unsafe-inline'`, `'unsafe-eval'`, `*`, `data:`, `http:`, `https:`.
 * With a nonce, a hash or `'strict-dynamic'` browsers ignore `'unsafe-inline'`; with `'strict-dynamic'` also hosts and schemes.
 * `'unsafe-inline'` in style-src is among helmet's defaults (domain fact A2) and no matter here.
 */
export function unsafeDirectives({ directives, hasDefaults, isOpen }: ContentPolicy): readonly UnsafeDirective[] {
  const hasScripts = hasDefaults || isOpen || directives.some(({ name }) => name === 'script-src')
  return directives.flatMap((directive) => {
    const isAboutScripts = directive.name === 'script-src' || directive.name === 'script-src-elem' || !hasScripts
    if (!isAboutScripts && directive.name !== 'default-src') return []
    if (directive.name !== 'default-src' && !directive.name.startsWith('script-src')) return []
    const unsafe = directive.sources.filter((source) => isUnsafe(source, directive.sources))
    return unsafe.length === 0 ? [] : [{ directive, unsafe, isAboutScripts }]
  })
}

function isUnsafe({ text }: PolicySource, all: readonly PolicySource[]): boolean {
  const isStrict = all.some((other) => other.text === "'strict-dynamic'")
  const hasNonce = isStrict || all.some((other) => other.text === null || /^'(nonce|sha(256|384|512))-/.test(other.text))
  switch (text) {
    case "'unsafe-inline'":
      return !hasNonce
    case "'unsafe-eval'":
      return true
    case '*':
    case 'data:':
    case 'http:':
    case 'https:':
    case 'http://*':
    case 'https://*':
      return !isStrict
    default:
      return false
  }
}

/** Directives that a policy without helmet's defaults lacks: nothing falls back to `base-uri`, and `object-src` falls back to `default-src`. */
export function missingDirectives({ directives, hasDefaults, isOpen, isText }: ContentPolicy): readonly string[] {
  if (hasDefaults || isOpen || isText || directives.length === 0) return []
  const has = (name: string): boolean => directives.some((directive) => directive.name === name)
  const isDefaultNone = directives.some(({ name, sources }) => name === 'default-src' && sources.some(({ text }) => text === "'none'"))
  return [...(has('object-src') || isDefaultNone ? [] : ['object-src']), ...(has('base-uri') ? [] : ['base-uri'])]
}

/** True for a policy that is registered for documentation and consoles only, which need inline scripts: Swagger UI, GraphiQL. */
export function isForDocuments(model: ProjectModel, policy: ContentPolicy): boolean {
  const registrations = model.apps.flatMap((app) =>
    registrationsOf(model, app, 'csp').filter(({ effect }) => effect.call !== null && sameLocation(effect.call.at, policy.call.at)),
  )
  return (
    registrations.length > 0 &&
    registrations.every(
      ({ path }) =>
        path !== null &&
        pathWords(path).some((word) =>
          /^(docs?|documentation|swagger|graphql|graphiql|playground|openapi|redoc|reference|queues)$/.test(word),
        ),
    )
  )
}
