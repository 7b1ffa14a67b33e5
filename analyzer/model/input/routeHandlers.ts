// The functions that a route runs for itself, and what they make of the body of a request.
import { functionsBehind } from '../../link/handlers.js'
import type { FunctionValue } from '../../link/value.js'
import { conductOf, looksAt } from '../conduct.js'
import type { ProjectModel, Route } from '../model.js'
import { globalOf } from '../origins.js'
import { recorded } from '../recorded.js'
import { isRequest, requestPartsIn } from '../requests.js'
import { hasProperty, stringOf } from '../values.js'

/** The functions of the route itself, its own middleware too. */
export function ownHandlers({ chain, entry }: Route): readonly FunctionValue[] {
  return chain.filter((link) => link.entry === entry).flatMap(({ value }) => functionsBehind(value))
}

/** False where the route certainly looks at nothing that a client sends along, as one that signs somebody out. What Nest hands to its handlers is not asked. */
export const mayReadBody: (model: ProjectModel, route: Route) => boolean = recorded((model, route: Route) => {
  const functions = ownHandlers(route)
  return (
    route.app.framework === 'nest' ||
    functions.length === 0 ||
    functions.some((fn) => {
      const conduct = conductOf(model, fn)
      return (
        conduct.summary.isExhausted ||
        looksAt(conduct, SENT) ||
        conduct.records.some(({ args }) => args.some(isRequest)) ||
        conduct.summary.returns.some(({ value }) => requestPartsIn(value).length > 0) ||
        // Under a key that is known a Map is written to, and nothing is called.
        conduct.summary.writes.some(({ value }) => requestPartsIn(value).some(({ part }) => part === 'body'))
      )
    })
  )
})

const SENT = /^(?:body|rawBody|raw|files?|parts|saveRequestFiles|pipe|on)$/

/** True where something in the chain puts another body in the place of the one that came: `req.body = pick(req.body, fields)`. */
export function rewritesBody(model: ProjectModel, { chain }: Route): boolean {
  return chain.some(({ value }) => functionsBehind(value).some((fn) => replacesBody(model, fn)))
}

/** Asked once for what stands in front of many routes. */
const replacesBody = recorded((model, fn: FunctionValue) =>
  conductOf(model, fn).records.some(({ isWrite, callee, args: [target, given] }) => {
    if (isWrite) return callee.kind === 'member' && callee.name === 'body' && isRequest(callee.object)
    if (target === undefined || given === undefined || !isRequest(target)) return false
    // `Object.assign(req, checked)`
    if (/^Object\.definePropert(y|ies)$/.test(globalOf(callee) ?? '')) return stringOf(given) === null || stringOf(given) === 'body'
    return globalOf(callee) === 'Object.assign' && hasProperty(given, 'body') !== 'no'
  }),
)
