// Middleware of packages that is an API by itself: GraphQL, procedures, and proxies to other services. What stands in front of it matters as in front of a route.
import type { CallRecord, Value } from '../link/value.js'
import { pathsOf } from './expressArguments.js'
import { packageNameOf, pathText, withoutInterop } from './knownPackages.js'
import { packageBehind } from './routeRegistrars.js'

/** What it answers. */
export interface Service {
  /** null for a path that is computed. */
  readonly paths: readonly (string | null)[]
  /** Empty for all methods. */
  readonly methods: readonly string[]
}

/** The paths below the one that it is registered on, '' for the very path; or `whole` paths, where these are known whatever that one is. */
type Reader = (
  options: readonly Value[],
  mounted: string | null,
) => Pick<Service, 'methods'> & { readonly below: readonly (string | null)[]; readonly isWhole?: true }

const QUERIES = ['GET', 'POST']

const SERVICES: Readonly<Record<string, Reader>> = {
  '@apollo/server/express4#expressMiddleware()': queries,
  '@as-integrations/express4#expressMiddleware()': queries,
  '@as-integrations/express5#expressMiddleware()': queries,
  'apollo-server-express#ApolloServer().getMiddleware()': ([options]) => ({
    below: optionOf(options, 'path', '/graphql'),
    methods: QUERIES,
  }),
  'express-graphql#graphqlHTTP()': queries,
  'express-graphql#()': queries,
  'graphql-http/lib/use/express#createHandler()': queries,
  'graphql-yoga#createYoga()': ([options], mounted) => yoga(options, mounted),
  'postgraphile#postgraphile()': (given) => ({ below: optionOf(given.at(-1), 'graphqlRoute', '/graphql'), methods: QUERIES }),
  '@trpc/server/adapters/express#createExpressMiddleware()': () => ({ below: ['/:path'], methods: [] }),
  'http-proxy-middleware#createProxyMiddleware()': proxied,
  'http-proxy-middleware#legacyCreateProxyMiddleware()': proxied,
  'http-proxy-middleware#()': proxied,
  'express-http-proxy#()': () => EVERYTHING,
  'proxy-middleware#()': () => EVERYTHING,
  'express-request-proxy#()': () => EVERYTHING,
}

const EVERYTHING: ReturnType<Reader> = { below: ['/*'], methods: [] }

/** What a layer answers as an API; null for any other. `mounted` is the path that it is registered on. */
export function serviceOf(layer: Value, mounted: string | null): Service | null {
  if (layer.kind !== 'result') return null
  const origin = packageBehind(layer)
  if (origin === null) return null
  const path = pathText(withoutInterop(origin.path))
  const service = SERVICES[`${origin.package}#${path}`]?.(layer.call.args, mounted)
  if (service === undefined) return null
  const { below, methods, isWhole } = service
  return { paths: isWhole === true ? below : below.map((rest) => joined(mounted, rest)), methods }
}

function joined(path: string | null, below: string | null): string | null {
  return path === null || below === null ? null : `${path.replace(/\/$/, '')}${below}`
}

/** The application that `server.applyMiddleware({ app, path })` of Apollo Server 2 and 3 registers its queries on, and where. */
export function appliedService(call: CallRecord): { readonly app: Value; readonly path: string | null } | null {
  // This is asked of every call that the project does not define.
  if (call.callee.kind !== 'member' || call.callee.name !== 'applyMiddleware') return null
  const origin = packageBehind(call.callee)
  if (origin === null || packageNameOf(origin.package) !== 'apollo-server-express') return null
  if (pathText(withoutInterop(origin.path)) !== 'ApolloServer().applyMiddleware') return null
  const [options] = call.args
  const app = options?.kind === 'object' ? options.properties.get('app') : undefined
  return app === undefined ? null : { app, path: optionOf(options, 'path', '/graphql')[0] ?? null }
}

function queries(): ReturnType<Reader> {
  return { below: [''], methods: QUERIES }
}

/** It looks at the path itself, so `app.use(yoga.graphqlEndpoint, yoga)` stands where its options say. */
function yoga(options: Value | undefined, mounted: string | null): ReturnType<Reader> {
  const isNamed = mounted !== null && mounted !== '' && mounted !== '/'
  return isNamed ? queries() : { below: optionOf(options, 'graphqlEndpoint', '/graphql'), methods: QUERIES, isWhole: true }
}

/** On the application itself a filter says which paths go on (http-proxy-middleware, README: pathFilter; the first argument before version 3). */
function proxied([first, second]: readonly Value[], mounted: string | null): ReturnType<Reader> {
  const isFirst = second !== undefined || first?.kind === 'literal' || first?.kind === 'array'
  const filter = isFirst ? first : first?.kind === 'object' ? first.properties.get('pathFilter') : undefined
  if (filter === undefined || (mounted !== '' && mounted !== '/')) return EVERYTHING
  const paths = filter.kind === 'literal' || filter.kind === 'array' ? pathsOf(filter) : [null]
  return { below: paths.map((path) => (path === null || /[*!]/.test(path) ? null : `${path}/*`)), methods: [] }
}

function optionOf(options: Value | undefined, name: string, standard: string): readonly (string | null)[] {
  const value = options?.kind === 'object' ? options.properties.get(name) : undefined
  return value === undefined ? [standard] : pathsOf(value).slice(0, 1)
}
