// Which routes the middleware of a consumer runs for: by controller, path, wildcard and method, on both sides of a global prefix (domain facts K32, K33).
import type { Machine } from '../link/machine.js'
import type { ClassValue, Value } from '../link/value.js'
import { isAtLeast, versionAbove } from '../link/packageVersions.js'
import { lineage } from './nestDecorators.js'
import { isOutsidePrefix, joined, methodNamed, versionsOf } from './nestPaths.js'
import { appliedSyntax, excludedSyntax, isStar, isWildcard, matchesEverything, matchesPattern, takenBy } from './nestPatterns.js'
import type { MiddlewareUse, NestApplication } from './nestState.js'
import { listOf, propertyOf, textsOf } from './nestValues.js'

interface ServedRoute {
  /** With all prefixes. */
  readonly path: string
  readonly method: string
  readonly controller: ClassValue
}

type Reach = 'exact' | 'prefix'

/** Whether middleware runs for a route. */
export function reaches(machine: Machine, app: NestApplication, use: MiddlewareUse, route: ServedRoute): boolean {
  return !isExcluded(machine, app, use, route) && use.routes.some((wanted) => isMatched(machine, app, wanted, route))
}

/** Whether middleware runs for whatever is requested. */
export function isForAll(app: NestApplication, use: MiddlewareUse): boolean {
  return use.excluded.length === 0 && use.routes.some((route) => isEverything(app, route))
}

/**
 * What is taken off the path of a route before middleware sees it: '' for nothing, '*' for all of it; null where that is not known, or differs since it runs more than once.
 * Express hands a text to `use`, which takes off what it matches; a controller, or an object with a method, is a route of its own and keeps the path (run with Nest 10, 11 and 12).
 */
export function takenOff(machine: Machine, app: NestApplication, use: MiddlewareUse, route: ServedRoute): string | null {
  return onlyOne(
    use.routes.filter((wanted) => isMatched(machine, app, wanted, route)).flatMap((wanted) => takenByRoute(machine, app, wanted, route)),
  )
}

/** The same for middleware that runs for whatever is requested. */
export function takenForAll(machine: Machine, app: NestApplication, use: MiddlewareUse): string | null {
  return onlyOne(use.routes.flatMap((wanted) => takenByRoute(machine, app, wanted, null)))
}

function onlyOne(taken: readonly (string | null)[]): string | null {
  return new Set(taken).size === 1 ? (taken[0] ?? null) : null
}

function takenByRoute(machine: Machine, app: NestApplication, wanted: Value, route: ServedRoute | null): readonly (string | null)[] {
  if (app.platform === 'fastify') return ['*']
  if (app.platform !== 'express') return [null]
  if (wanted.kind === 'class' || wanted.kind === 'object') return ['']
  const syntax = appliedSyntax(app)
  return pathsIn(wanted).map((text) => {
    if (text === null || (app.prefix !== null && /^\/?$/.test(text))) return null
    if (route === null || isStar(text)) return takenBy(text, syntax, '/')
    const places = placesOf(machine, app, text, null, appliedVersions(machine, app, wanted)).filter((one) =>
      matchesPattern(one, syntax, route.path, 'prefix'),
    )
    return places.length === 1 ? takenBy(places[0] ?? '', syntax, route.path) : null
  })
}

function isEverything(app: NestApplication, route: Value): boolean {
  if (route.kind === 'class' || hasGaps(app) || (app.versioning !== null && hasVersion(route))) return false
  const method = methodIn(route)
  return (method === null || method === 'ALL') && pathsIn(route).some((text) => text !== null && isAllPath(app, text, reachOf(app, route)))
}

/** Nest 10 mounts a wildcard under the global prefix and on the patterns that are excluded from it, which may match less than they take out. */
function hasGaps(app: NestApplication): boolean {
  return app.major < 11 && app.prefix !== null && app.prefix.excluded !== null
}

/** Patterns that match every path. Under a global prefix one that needs something to match gets the bare prefix from Nest. */
function isAllPath(app: NestApplication, text: string, reach: Reach): boolean {
  const syntax = appliedSyntax(app)
  if (matchesEverything(text, syntax, reach)) return true
  const optional = `/{${text.replace(/^\//, '')}}`
  return app.prefix !== null && syntax === 'regexp8' && isWildcard(text, syntax) && matchesEverything(optional, syntax, reach)
}

/** A text is mounted on Express, and so a prefix; on Fastify, and in an object, it is the whole path. */
function reachOf(app: NestApplication, route: Value): Reach {
  return app.platform === 'express' && route.kind !== 'object' ? 'prefix' : 'exact'
}

function pathsIn(route: Value): readonly (string | null)[] {
  return textsOf(route.kind === 'object' ? propertyOf(route, 'path') : route)
}

function isMatched(machine: Machine, app: NestApplication, wanted: Value, route: ServedRoute): boolean {
  if (wanted.kind === 'class') return lineage(route.controller).includes(wanted)
  if (isEverything(app, wanted)) return true
  const syntax = appliedSyntax(app)
  const reach = reachOf(app, wanted)
  return (
    isForMethod(wanted, route.method) &&
    pathsIn(wanted).some((text) => {
      if (text === null) return true
      if (isWildcard(text, syntax) && prefixOf(app) !== '' && !hasVersion(wanted)) return isUnderWildcard(machine, app, text, reach, route)
      const places = placesOf(machine, app, text, methodIn(wanted), appliedVersions(machine, app, wanted))
      if (places.some((one) => matchesPattern(one, syntax, route.path, reach))) return true
      return isOnOtherSide(machine, app, wanted, text, route)
    })
  )
}

/** A wildcard stands under the prefix, on the bare prefix, and on what is excluded from it. */
function isUnderWildcard(machine: Machine, app: NestApplication, text: string, reach: Reach, { path, method }: ServedRoute): boolean {
  const syntax = appliedSyntax(app)
  const prefix = joined(prefixOf(app))
  if (path === prefix || matchesPattern(`${prefix}${withSlash(text)}`, syntax, path, reach)) return true
  if (app.major > 10) return !path.startsWith(`${prefix}/`)
  return (
    isOutsidePrefix(machine, app, path, method) &&
    listOf(machine, app.site, app.prefix?.excluded ?? undefined).some((one) =>
      pathsIn(one).some((each) => each !== null && matchesPattern(each, syntax, path, reach)),
    )
  )
}

/** From Nest 11 on a path also counts for controllers' routes that stand on the other side of the prefix than itself. */
function isOnOtherSide(machine: Machine, app: NestApplication, wanted: Value, text: string, route: ServedRoute): boolean {
  if (app.major < 11 || app.prefix === null || app.prefix.excluded === null) return false
  const prefix = joined(prefixOf(app))
  const isPrefixed = route.path === prefix || route.path.startsWith(`${prefix}/`)
  const inner = isPrefixed ? route.path.slice(prefix.length) || '/' : route.path
  const isMountedOutside = isOutsidePrefix(machine, app, withSlash(text), null)
  return isPrefixed === isMountedOutside && matchesPattern(text, appliedSyntax(app), inner, wanted.kind === 'object' ? 'exact' : 'prefix')
}

function isForMethod(route: Value, method: string): boolean {
  const wanted = methodIn(route)
  return wanted === null || wanted === 'ALL' || wanted === method
}

function methodIn(route: Value): string | null {
  return route.kind === 'object' ? methodNamed(propertyOf(route, 'method')) : null
}

function isExcluded(machine: Machine, app: NestApplication, use: MiddlewareUse, { path, method }: ServedRoute): boolean {
  const syntax = excludedSyntax(app)
  return use.excluded.some(
    (one) =>
      isForMethod(one, method) &&
      pathsIn(one).some(
        (text) =>
          text !== null &&
          [
            ...placesOf(machine, app, text, methodIn(one), ownVersions(machine, app, one)),
            ...(isWildcard(text, syntax) ? [withSlash(text)] : []),
          ].some((each) => matchesPattern(each, syntax, path, 'exact')),
      ),
  )
}

function prefixOf(app: NestApplication): string {
  return textsOf(app.prefix?.path)[0] ?? '*'
}

/**
 * Where Nest looks for a path: behind the global prefix, or without it where it is excluded from that, and behind its version.
 * A path that is written with the prefix or the version gets a second one.
 */
function placesOf(
  machine: Machine,
  app: NestApplication,
  text: string,
  method: string | null,
  versions: readonly string[],
): readonly string[] {
  const bare = withSlash(text)
  const prefix = app.prefix === null ? '' : prefixOf(app)
  const prefixes = prefix === '' || isOutsidePrefix(machine, app, bare, method) ? [''] : prefix === '*' ? ['/*', ''] : [joined(prefix)]
  return prefixes.flatMap((one) => versions.map((version) => `${one}${version === '' ? '' : withSlash(version)}${bare}`))
}

function hasVersion(route: Value): boolean {
  return route.kind === 'object' && propertyOf(route, 'version') !== undefined
}

/** The version that a path says in its object, `{ path, method, version: '2' }`. */
function ownVersions(machine: Machine, app: NestApplication, route: Value): readonly string[] {
  const version = route.kind === 'object' ? propertyOf(route, 'version') : undefined
  return version === undefined ? [''] : versionsOf(machine, app, version)
}

/** The same for middleware, where a path that says none stands for the default version as well in newer versions of Nest (run with 10.4, 11.2.10 and 12.5). */
function appliedVersions(machine: Machine, app: NestApplication, route: Value): readonly string[] {
  if (hasVersion(route)) return ownVersions(machine, app, route)
  const nest = versionAbove(machine.world.packages, app.site.at.file, '@nestjs/core')
  const asksDefault = nest === null || (isAtLeast(nest, [11, 2, 8]) && (nest.major === 11 || isAtLeast(nest, [12, 2, 0])))
  return asksDefault ? [...new Set(['', ...versionsOf(machine, app, undefined)])] : ['']
}

function withSlash(path: string): string {
  return path.startsWith('/') ? path : `/${path}`
}
