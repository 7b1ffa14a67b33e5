// Servers of GraphQL that are told to answer with what unexpected errors say.
import type { Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { callsTo } from '../packageCalls.js'
import { oncePerPlace, productionCalls } from '../productionCalls.js'
import { property, propertyAt } from '../values.js'

/** Where graphql-yoga gets `maskedErrors: false` in production, with the place of that `false`. It masks what is no GraphQLError otherwise (measured with 5.24). */
export function unmaskedErrors(model: ProjectModel): readonly { readonly at: Location; readonly value: Location }[] {
  return oncePerPlace(productionCalls(model, callsTo(model, 'graphql-yoga', ['createYoga']))).flatMap(({ args: [options = null] }) => {
    const value = property(options, 'maskedErrors')
    if (options === null || value?.kind !== 'literal' || value.value !== false) return []
    return [{ at: propertyAt(options, 'maskedErrors'), value: value.at }]
  })
}
