// Full paths of Nest routes: the global prefix, versions, prefixes of modules and controllers (domain facts K33, K38).
import type { Machine } from '../link/machine.js'
import type { Value } from '../link/value.js'
import type { NestDecorator } from './nestDecorators.js'
import type { NestApplication } from './nestState.js'
import { excludedSyntax, matchesPattern } from './nestPatterns.js'
import { listOf, propertyOf, textsOf } from './nestValues.js'

/** Joins parts as Nest does: one slash between, none at the end. */
export function joined(...parts: readonly (string | null)[]): string {
  const path = parts
    .map((part) => part ?? '*')
    .join('/')
    .replaceAll(/\/{2,}/g, '/')
    .replace(/(?<=.)\/$/, '')
  return path.startsWith('/') ? path : `/${path}`
}

/** Every full path of a route. */
export function fullPaths(
  machine: Machine,
  app: NestApplication,
  modulePrefix: string,
  controller: NestDecorator | null,
  route: { readonly decorators: readonly NestDecorator[]; readonly paths: readonly (string | null)[]; readonly method: string },
): readonly string[] {
  const options = controller?.args[0]
  const path = options?.kind === 'object' ? propertyOf(options, 'path') : options
  const version = route.decorators.find((one) => one.name === 'Version')?.args[0] ?? propertyOf(options, 'version')
  return versionsOf(machine, app, version).flatMap((versionPart) =>
    textsOf(path).flatMap((prefix) =>
      route.paths.map((own) => {
        const inner = joined(modulePrefix, prefix, own)
        // What is excluded is compared with the slash of a controller's own path behind it.
        const compared = own === '/' && inner !== '/' ? `${inner}/` : inner
        return joined(globalPrefix(machine, app, compared, route.method), versionPart, inner)
      }),
    ),
  )
}

/** The prefix of URI versions: `v1`, or of the default one where none is given. Other kinds of versioning leave paths alone. */
export function versionsOf(machine: Machine, app: NestApplication, version: Value | undefined): readonly string[] {
  if (app.versioning === null) return ['']
  const type = propertyOf(app.versioning, 'type')
  const isUri = type === undefined || (type.kind === 'package' ? type.path.at(-1) === 'URI' : type.kind === 'literal' && type.value === 0)
  if (!isUri) return ['']
  const prefix = propertyOf(app.versioning, 'prefix')
  const before = prefix === undefined ? 'v' : prefix.kind === 'literal' ? (typeof prefix.value === 'string' ? prefix.value : '') : '*'
  const wanted = listOf(machine, app.site, version ?? propertyOf(app.versioning, 'defaultVersion'))
  if (wanted.length === 0) return ['']
  return wanted.map((one) => (one.kind === 'literal' ? `${before}${String(one.value)}` : one.kind === 'package' ? '' : `${before}*`))
}

/** Where fields of GraphQL are asked for, as its module normalizes the path (`normalizeRoutePath` of @nestjs/graphql); where several modules say several paths, the usual one. */
export function graphPath(app: NestApplication): string {
  const paths = new Set(
    app.graphs.map((options) => {
      const path = joined(textsOf(propertyOf(options, 'path'))[0] || GRAPH_PATH)
      const prefixes = propertyOf(options, 'useGlobalPrefix')
      return app.prefix !== null && prefixes?.kind === 'literal' && prefixes.value === true
        ? joined(textsOf(app.prefix.path)[0] ?? '*', path)
        : path
    }),
  )
  const [only] = paths
  return only === undefined || paths.size > 1 ? GRAPH_PATH : only
}

const GRAPH_PATH = '/graphql'

/** The global prefix, unless the route is excluded from it. */
function globalPrefix(machine: Machine, app: NestApplication, path: string, method: string): string {
  return app.prefix === null || isOutsidePrefix(machine, app, path, method) ? '' : (textsOf(app.prefix.path)[0] ?? '*')
}

/** Whether a path is excluded from the global prefix. `method` is null for what is asked for all of them. */
export function isOutsidePrefix(machine: Machine, app: NestApplication, path: string, method: string | null): boolean {
  return listOf(machine, app.site, app.prefix?.excluded ?? undefined).some((one) => {
    const wanted = methodNamed(propertyOf(one, 'method'))
    if (wanted !== null && wanted !== 'ALL' && wanted !== method) return false
    return textsOf(one.kind === 'object' ? propertyOf(one, 'path') : one).some(
      (text) => text !== null && matchesPattern(text, excludedSyntax(app), path, 'exact'),
    )
  })
}

/** `RequestMethod.GET` and its number. */
export function methodNamed(value: Value | undefined): string | null {
  if (value?.kind === 'package') return value.path.at(-1) ?? null
  return value?.kind === 'literal' && typeof value.value === 'number' ? (NUMBERED[value.value] ?? null) : null
}

const NUMBERED: readonly string[] = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'ALL', 'OPTIONS', 'HEAD', 'SEARCH']
