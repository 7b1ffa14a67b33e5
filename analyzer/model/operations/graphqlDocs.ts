// What servers of GraphQL show of themselves: a console to try queries on, and answers to questions about the schema.
import type { CallRecord, Guard, Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import type { ExposedDocs } from './exposedDocs.js'
import type { ProjectModel } from '../model.js'
import { originOf } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { oncePerPlace, productionCalls } from '../productionCalls.js'
import { hasProperty, isTrue, property, stringOf } from '../values.js'

/** Servers that stand in no application: one that Apollo starts by itself, and graphql-yoga as all that `createServer` of Node has (run with 5.5 and 5.24). */
export function exposedServers(model: ProjectModel): readonly ExposedDocs[] {
  const made = [
    ...callsTo(model, '@apollo/server/standalone', ['startStandaloneServer']),
    ...['http', 'https'].flatMap((name) => callsTo(model, name, ['createServer'])),
  ]
  return oncePerPlace(productionCalls(model, made)).flatMap((call) => {
    if (isSwitched(call)) return []
    const [schema] = call.args.flatMap((arg) => schemaOf(model, call, arg) ?? [])
    return schema === undefined ? call.args.flatMap(consoleServed) : [schema]
  })
}

function schemaOf(model: ProjectModel, call: CallRecord, server: Value): ExposedDocs | null {
  const option = isApolloServer(server) ? introspectionIn(model, [server, ...call.args.slice(1)]) : null
  return option === null ? null : { at: option.at, path: '/', what: 'The schema of GraphQL', repair: optionRepair(option, call.at.file) }
}

function consoleServed(value: Value): readonly ExposedDocs[] {
  if (value.kind !== 'result' || isSwitched(value.call) || !servesConsole(value)) return []
  const page = consoleOf(value)
  const at: Location = page === null || page === 'unasked' ? value.call.at : page.at
  const path = stringOf(property(value.call.args[0] ?? null, 'graphqlEndpoint')) ?? '/graphql'
  return [{ at, path, what: 'The console of GraphQL', repair: optionRepair(page, value.call.at.file) }]
}

/** Whether a condition decides about it. */
export function isSwitched({ guards }: { readonly guards: readonly Guard[] }): boolean {
  return guards.some(({ kind }) => kind !== 'catch' && kind !== 'loop')
}

/** `graphqlHTTP({ schema, graphiql: true })`: the page stands at the path of the queries. graphql-yoga serves it unless it is told not to. */
export function servesConsole(value: Value): boolean {
  const page = consoleOf(value)
  return page === 'unasked' || (page !== null && (page.kind === 'object' || isTrue(page) === 'yes'))
}

export function consoleOf(value: Value): Value | 'unasked' | null {
  const name = value.kind === 'result' ? originOf(value)?.package : undefined
  if (value.kind !== 'result' || (name !== 'express-graphql' && name !== 'graphql-yoga')) return null
  const options = value.call.args[0] ?? null
  const page = property(options, 'graphiql')
  const isUnasked = page === null ? hasProperty(options, 'graphiql') === 'no' : page.kind === 'literal' && page.value === undefined
  return isUnasked && name === 'graphql-yoga' ? 'unasked' : page
}

/** What `new ApolloServer({ introspection: true })` is told: production answers no questions about the schema unless it says so. */
export function introspectionOf(model: ProjectModel, value: Value): Value | null {
  if (value.kind !== 'result') return null
  const origin = originOf(value)
  if (
    origin === null ||
    !/^(@apollo\/server|@as-integrations\/(express4|express5|fastify)|apollo-server-express)(\/|$)/.test(origin.package)
  )
    return null
  const { callee, args } = value.call
  return introspectionIn(model, [...args, ...(callee.kind === 'member' ? [callee.object] : [])])
}

function introspectionIn(model: ProjectModel, given: readonly Value[]): Value | null {
  const server = given.find(isApolloServer)
  const option = server?.kind === 'result' ? property(server.call.args[0] ?? null, 'introspection') : null
  if (option === null || isTrue(option) !== 'yes') return null
  // Who may ask anything at all may be decided where each query gets its context.
  const context = property(given[1] ?? null, 'context')
  return context?.kind === 'function' && model.summaryOf(context).throws.length > 0 ? null : option
}

function isApolloServer(value: Value): boolean {
  return value.kind === 'result' && value.call.isNew && originOf(value.call.callee)?.path.at(-1) === 'ApolloServer'
}

/** What takes an option out that is `true` in so many words. */
export function optionRepair(page: Value | 'unasked' | null, file: string): ExposedDocs['repair'] {
  if (page === null || page === 'unasked' || page.kind !== 'literal') return null
  return page.value === true && page.at.file === file ? { kind: 'option', at: page.at } : null
}
