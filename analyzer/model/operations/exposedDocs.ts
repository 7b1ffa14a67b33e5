// Pages that describe an API, and consoles to try it on, which production serves to everybody.
import type { Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { broughtRoutesOf, routesOf } from '../appRoutes.js'
import { effectsOf } from '../effects.js'
import type { App, ProjectModel, Route } from '../model.js'
import { nestDocs } from './nestDocs.js'
import { originOf } from '../origins.js'
import { protectsRoute } from '../queries.js'
import { answeredRoutes } from '../serving.js'
import { hasProperty, isTrue, property } from '../values.js'

export interface ExposedDocs {
  readonly app: App
  readonly at: Location
  /** The first of its paths. */
  readonly path: string
  /** `The documentation of the API`, `The console of GraphQL`. */
  readonly what: string
  /** What takes it out of production: the call that registers nothing else, or an option that is `true`. */
  readonly repair: { readonly kind: 'statement' | 'option'; readonly at: Location } | null
}

/** Once for each place, where certainly no authentication stands in front. What a switch decides about is left to whoever sets it. */
export function exposedDocs(model: ProjectModel, app: App): readonly ExposedDocs[] {
  const found = new Map<Location, ExposedDocs>()
  const routes = new Set([...answeredRoutes(model, app), ...routesOf(model, app), ...broughtRoutesOf(model, app)])
  for (const route of routes) {
    const what = kindOf(model, route)
    if (what === null || found.has(route.entry.at) || isConditional(route)) continue
    if (protectsRoute(model, route, 'auth').answer !== 'no') continue
    found.set(route.entry.at, { app, at: route.entry.at, path: route.path, what, repair: repairOf(model, route) })
  }
  return [...found.values(), ...nestDocs(model, app)]
}

function kindOf(model: ProjectModel, { entry }: Route): string | null {
  if (entry.isOff) return null
  if (entry.broughtBy === 'mercurius') return 'The console of GraphQL'
  // The scripts of the page say nothing of the API.
  if (entry.broughtBy === '@fastify/static') return null
  if (entry.handlers.some(servesConsole)) return 'The console of GraphQL'
  if (entry.handlers.some((value) => introspectionOf(model, value) !== null)) return 'The schema of GraphQL'
  const isDocs = entry.handlers.some((value) => effectsOf(model, value).some(({ capability }) => capability === 'docs'))
  return isDocs ? 'The documentation of the API' : null
}

/** `graphqlHTTP({ schema, graphiql: true })`: the page stands at the path of the queries. graphql-yoga serves it unless it is told not to. */
function servesConsole(value: Value): boolean {
  const page = consoleOf(value)
  return page === 'unasked' || (page !== null && (page.kind === 'object' || isTrue(page) === 'yes'))
}

function consoleOf(value: Value): Value | 'unasked' | null {
  const name = value.kind === 'result' ? originOf(value)?.package : undefined
  if (value.kind !== 'result' || (name !== 'express-graphql' && name !== 'graphql-yoga')) return null
  const options = value.call.args[0] ?? null
  const page = property(options, 'graphiql')
  const isUnasked = page === null ? hasProperty(options, 'graphiql') === 'no' : page.kind === 'literal' && page.value === undefined
  return isUnasked && name === 'graphql-yoga' ? 'unasked' : page
}

/** What `new ApolloServer({ introspection: true })` is told: production answers no questions about the schema unless it says so. */
function introspectionOf(model: ProjectModel, value: Value): Value | null {
  if (value.kind !== 'result') return null
  const origin = originOf(value)
  if (
    origin === null ||
    !/^(@apollo\/server|@as-integrations\/(express4|express5|fastify)|apollo-server-express)(\/|$)/.test(origin.package)
  )
    return null
  const { callee, args } = value.call
  const server = [...args, callee.kind === 'member' ? callee.object : null].find((one) => one !== null && isApolloServer(one))
  const option = server?.kind === 'result' ? property(server.call.args[0] ?? null, 'introspection') : null
  if (option === null || isTrue(option) !== 'yes') return null
  // Who may ask anything at all may be decided where each query gets its context.
  const context = property(args[1] ?? null, 'context')
  return context?.kind === 'function' && model.summaryOf(context).throws.length > 0 ? null : option
}

function isApolloServer(value: Value): boolean {
  return value.kind === 'result' && value.call.isNew && originOf(value.call.callee)?.path.at(-1) === 'ApolloServer'
}

function repairOf(model: ProjectModel, { entry }: Route): ExposedDocs['repair'] {
  for (const value of entry.handlers) {
    const option = introspectionOf(model, value)
    if (option !== null) return option.kind === 'literal' && option.at.file === entry.at.file ? { kind: 'option', at: option.at } : null
  }
  // Without the call there would be no queries either.
  const console = entry.handlers.filter(servesConsole).map(consoleOf)[0]
  if (console !== undefined) return optionRepair(console, entry.at.file)
  if (entry.broughtBy !== 'mercurius') return { kind: 'statement', at: entry.at }
  const options = entry.call?.args.find(({ kind }) => kind === 'object') ?? null
  const page = property(options, 'graphiql')
  return optionRepair(page, entry.at.file)
}

function optionRepair(page: Value | 'unasked' | null, file: string): ExposedDocs['repair'] {
  if (page === null || page === 'unasked' || page.kind !== 'literal') return null
  return page.value === true && page.at.file === file ? { kind: 'option', at: page.at } : null
}

function isConditional({ entry, mounts }: Route): boolean {
  return [entry, ...mounts].some(({ guards }) => guards.some(({ kind }) => kind !== 'catch' && kind !== 'loop'))
}
