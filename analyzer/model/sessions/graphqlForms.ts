// Whether servers of GraphQL take what forms of other pages send, and what they hand of the request to resolvers (run with @apollo/server 5.5 and graphql-yoga 5.24).
import type { FunctionValue, Value } from '../../link/value.js'
import type { Route } from '../model.js'
import { methodName, originOf } from '../origins.js'
import { isFalse, property } from '../values.js'

/**
 * `refused`: Apollo asks for a header that no form sends, unless `csrfPrevention` is false; so does a plugin of graphql-yoga.
 * `parsed`: Apollo then takes whatever parser put fields into the body. `forms`: graphql-yoga reads urlencoded bodies by itself.
 */
export type GraphqlForms = 'refused' | 'parsed' | 'forms'

/** null for a route that neither of the two answers. */
export function graphqlFormsOf({ entry }: Route): GraphqlForms | null {
  for (const value of entry.handlers) {
    const server = serverOf(value)
    if (server?.kind === 'apollo') return isFalse(property(server.options, 'csrfPrevention')) === 'yes' ? 'parsed' : 'refused'
    if (server?.kind === 'yoga') return isPreventing(property(server.options, 'plugins')) ? 'refused' : 'forms'
  }
  return null
}

/** The function that makes the context of each query: `context: async ({ req }) => ({ user: req.user })`. */
export function contextsOf(value: Value): readonly FunctionValue[] {
  const context = property(serverOf(value)?.settings ?? null, 'context')
  return context?.kind === 'function' ? [context] : []
}

interface GraphqlServer {
  readonly kind: 'apollo' | 'yoga'
  /** What the server was made with. */
  readonly options: Value | null
  /** What says how each query gets its context. */
  readonly settings: Value | null
}

function serverOf(value: Value): GraphqlServer | null {
  const name = value.kind === 'result' ? originOf(value)?.package : undefined
  if (value.kind !== 'result' || name === undefined) return null
  const [first = null, second = null] = value.call.args
  if (name === 'graphql-yoga') return { kind: 'yoga', options: first, settings: first }
  const isApollo = /^(@apollo\/server\/express4|@as-integrations\/express[45])$/.test(name)
  if (!isApollo || first?.kind !== 'result' || !first.call.isNew) return null
  return { kind: 'apollo', options: first.call.args[0] ?? null, settings: second }
}

/** What is not known may prevent them as well. */
function isPreventing(plugins: Value | null): boolean {
  if (plugins === null) return false
  if (plugins.kind !== 'array' || plugins.isOpen) return true
  return plugins.elements.some((one) => one.kind !== 'result' || /csrf/i.test(originOf(one)?.package ?? methodName(one.call.callee) ?? ''))
}
