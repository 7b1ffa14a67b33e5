// Routes that plugins of packages register themselves: static files, pages of documentation, a status (measured with the majors of package.json), proxies and GraphQL.
import type { CallSite, Machine } from '../link/machine.js'
import type { CallRecord, PackageValue, Value } from '../link/value.js'
import { arrayValue, literal, objectValue, resultValue } from '../link/values.js'
import type { Context } from './fastifyContexts.js'
import { addRouteOf } from './fastifyRegistration.js'

/** A route as a plugin makes it. */
interface Brought {
  readonly path: string
  /** Options of the plugin that hold hooks for the route. */
  readonly hooks?: Value | undefined
  /** Another package that serves it; null where the project's own service answers behind it, so that it counts as a route of the project. */
  readonly by?: string | null
  /** GET alone where nothing stands here, every one where none does. */
  readonly methods?: readonly string[]
}

const PACKAGES: Readonly<Record<string, (options: Value) => readonly Brought[]>> = {
  '@fastify/static': staticFiles,
  'fastify-static': staticFiles,
  '@fastify/swagger-ui': documentation,
  '@scalar/fastify-api-reference': reference,
  '@fastify/under-pressure': status,
  'under-pressure': status,
  '@fastify/http-proxy': proxied,
  'fastify-http-proxy': proxied,
  mercurius: graph,
  '@trpc/server/adapters/fastify': procedures,
}

/** True for plugins that answer paths of their own and change nothing for others. */
export function bringsRoutes(packageName: string): boolean {
  return packageName in PACKAGES
}

/** Registers what a plugin registers with these options. The routes have the protections of the context. */
export function addBroughtRoutes(
  machine: Machine,
  site: CallSite,
  context: Context,
  plugin: PackageValue,
  options: Value,
  calls: { readonly made: CallRecord; readonly registered: CallRecord },
): void {
  for (const { path, hooks, by = plugin.package, methods = ['GET'] } of PACKAGES[plugin.package]?.(options) ?? []) {
    const route = objectValue(site.at)
    if (methods.length > 0)
      route.properties.set(
        'method',
        arrayValue(
          site.at,
          methods.map((method) => literal(site.at, method)),
        ),
      )
    route.properties.set('url', literal(site.at, path))
    if (hooks?.kind === 'object')
      for (const hook of ['onRequest', 'preValidation', 'preHandler', 'config']) {
        const value = hooks.properties.get(hook)
        if (value !== undefined) route.properties.set(hook, value)
      }
    route.properties.set('handler', resultValue(site.at, calls.made))
    addRouteOf(machine, site, context, [route], calls.registered, by ?? undefined)
  }
}

/** One route for all files. `wildcard: false` makes one for each file instead, and the files are not known here. */
function staticFiles(options: Value): readonly Brought[] {
  if (isOff(option(options, 'serve'))) return []
  const written = textOf(option(options, 'prefix'), '/')
  const isKept = isOn(option(options, 'prefixAvoidTrailingSlash'))
  const prefix = written.endsWith('/') || isKept ? written : `${written}/`
  const isRedirected = isOn(option(options, 'redirect')) && prefix !== written
  return [{ path: `${prefix}*` }, ...(isRedirected ? [{ path: written }] : [])]
}

/** The page, its scripts and the specification; `uiHooks` stand in front of all but the files. */
function documentation(options: Value): readonly Brought[] {
  const prefix = textOf(option(options, 'routePrefix'), '/documentation')
  const hooks = option(options, 'uiHooks')
  const theme = option(options, 'theme')
  const themed = ['css', 'js', 'favicon'].flatMap((kind) => {
    const files = theme === undefined ? undefined : option(theme, kind)
    return files?.kind === 'array' ? files.elements.map((file) => `/static/theme/${textOf(option(file, 'filename'), '*')}`) : []
  })
  const external = option(options, 'baseDir') === undefined ? [] : ['/*']
  const pages = [...themed, '', '/static/index.html', '/static/swagger-initializer.js', '/json', '/yaml', ...external]
  return [
    ...pages.map((path) => ({ path: `${prefix}${path}`.replace(/\/{2,}/g, '/') || '/', hooks })),
    { path: `${prefix}/static/*`.replace(/\/{2,}/g, '/'), by: '@fastify/static' },
  ]
}

/** The page, its script and the specification, with `hooks` in front of all (@scalar/fastify-api-reference 1.72, by its onRoute). */
function reference(options: Value): readonly Brought[] {
  const prefix = textOf(option(options, 'routePrefix'), '/reference').replace(/\/$/, '')
  const hooks = option(options, 'hooks')
  return ['', '/', '/js/scalar.js', '/openapi.json', '/openapi.yaml'].map((path) => ({ path: `${prefix}${path}` || '/', hooks }))
}

/** Whatever is under the prefix goes to another server (@fastify/http-proxy, README: Options). */
function proxied(options: Value): readonly Brought[] {
  const prefix = textOf(option(options, 'prefix'), '/').replace(/\/$/, '')
  const written = option(options, 'httpMethods')
  const methods = written?.kind === 'array' ? written.elements.map((method) => textOf(method, '*')) : []
  return ['', '/*'].map((rest) => ({ path: `${prefix}${rest}` || '/', hooks: options, methods, by: null }))
}

/** Queries by GET and POST, and a page to try them on (mercurius, docs/api/options.md). */
function graph(options: Value): readonly Brought[] {
  if (isOff(option(options, 'routes'))) return []
  const prefix = textOf(option(options, 'prefix'), '').replace(/\/$/, '')
  const path = `${prefix}${textOf(option(options, 'path'), '/graphql')}`
  const page = option(options, 'graphiql') ?? option(options, 'ide')
  // What a switch decides is not there for sure.
  const isThere = page?.kind === 'literal' ? Boolean(page.value) : page?.kind === 'object'
  const hooks = option(options, 'additionalRouteOptions')
  return [{ path, hooks, methods: ['GET', 'POST'], by: null }, ...(isThere ? [{ path: `${prefix}/graphiql` }] : [])]
}

/** Every procedure of tRPC is a name below the prefix, asked for by any method (@trpc/server, adapters/fastify). */
function procedures(options: Value): readonly Brought[] {
  const prefix = textOf(option(options, 'prefix'), '').replace(/\/$/, '')
  return [{ path: `${prefix}/:path`, methods: [], by: null }]
}

/** `exposeStatusRoute: true`, a path, or an object with both and options of the route. */
function status(options: Value): readonly Brought[] {
  const exposed = option(options, 'exposeStatusRoute')
  if (exposed === undefined || isOff(exposed)) return []
  return [{ path: textOf(exposed.kind === 'object' ? option(exposed, 'url') : exposed, '/status'), hooks: option(exposed, 'routeOpts') }]
}

function option(options: Value, name: string): Value | undefined {
  return options.kind === 'object' ? options.properties.get(name) : undefined
}

function isOn(value: Value | undefined): boolean {
  return value?.kind === 'literal' && value.value === true
}

function isOff(value: Value | undefined): boolean {
  return value?.kind === 'literal' && value.value === false
}

/** The text; what is not known is a star. */
function textOf(value: Value | undefined, fallback: string): string {
  if (value === undefined || (value.kind === 'literal' && typeof value.value !== 'string')) return fallback
  return value.kind === 'literal' ? String(value.value) : '*'
}
