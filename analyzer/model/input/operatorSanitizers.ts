// What takes the operators of MongoDB out of what requests bring.
import type { Value } from '../../link/value.js'
import type { ProjectModel, Route } from '../model.js'
import { originOf } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { recordedOnce } from '../recorded.js'
import { isTrue, stringOf } from '../values.js'

/** True where operators are taken out of what comes, or out of every filter: then a search finds what it says, and no more. */
export function losesOperators(model: ProjectModel, route: Route): boolean {
  const sanitizes = (value: Value): boolean => sanitizers.has(originOf(value)?.package ?? '')
  return route.chain.some(({ value, entry }) => !entry.isOff && sanitizes(value)) || sanitizesFilters(model)
}

const sanitizers = new Set(['express-mongo-sanitize', '@exortek/express-mongo-sanitize', '@exortek/fastify-mongo-sanitize'])

/** `mongoose.set('sanitizeFilter', true)`. */
const sanitizesFilters = recordedOnce((model: ProjectModel): boolean =>
  callsTo(model, 'mongoose', ['set']).some(
    ({ args: [name = null, value = null] }) => stringOf(name) === 'sanitizeFilter' && isTrue(value) === 'yes',
  ),
)
