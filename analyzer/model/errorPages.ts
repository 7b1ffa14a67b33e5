// Packages that answer errors with their stack traces, whatever the environment.
import type { CallRecord } from '../link/value.js'
import { type Location, locationKey } from '../text/location.js'
import { verdictOf } from './errorConditions.js'
import type { ProjectModel } from './model.js'
import { ofEachCall } from './perPart.js'
import { originOf, packageOf } from './origins.js'
import { isInProduction } from './productionCalls.js'
import { isTruthy, property, propertyAt } from './values.js'

export interface ErrorPage {
  /** `package`: middleware that sends stacks. `option`: a server that was told to. */
  readonly kind: 'package' | 'option'
  readonly at: Location
  readonly package: string
  /** True when a setting that is not known decides. */
  readonly isConditional: boolean
  readonly evidence: readonly Location[]
}

/** Error middleware that sends the stack regardless of NODE_ENV (domain fact D9), and pages for developers. */
const pages = new Set(['errorhandler', 'dev-error-reporter', 'express-error-page'])
const graphServers = /^(@apollo\/server|apollo-server(-express|-core|-lambda)?)$/

/** Where production registers such middleware, or makes a GraphQL server with `includeStacktraceInErrorResponses` or `debug`. */
export function errorPages(model: ProjectModel): readonly ErrorPage[] {
  const found = new Map<string, ErrorPage>()
  for (const scope of model.scopes) {
    for (const entry of scope.entries) {
      const verdict = verdictOf(entry.guards)
      if (entry.isOff || verdict === 'off' || !model.productionFiles.has(entry.at.file)) continue
      for (const [index, handler] of entry.handlers.entries()) {
        const origin = originOf(handler)
        if (origin === null || !pages.has(origin.package) || origin.calls.length === 0) continue
        const at = entry.handlersAt[index] ?? entry.at
        const evidence = handler.kind === 'result' ? [handler.call.at] : []
        found.set(locationKey(at), { kind: 'package', at, package: origin.package, isConditional: verdict === 'switch', evidence })
      }
    }
  }
  for (const { page, call } of optionPages(model)) if (isInProduction(model, call)) found.set(locationKey(page.at), page)
  return [...found.values()]
}

const optionPages = ofEachCall((call): readonly { readonly page: ErrorPage; readonly call: CallRecord }[] => {
  const page = call.isNew ? optionOf(call) : null
  return page === null ? [] : [{ page, call }]
}, 'packages')

function optionOf(call: CallRecord): ErrorPage | null {
  const target = packageOf(call.callee)
  const options = call.args[0] ?? null
  if (target === null || options === null || !graphServers.test(target.package) || target.path.at(-1) !== 'ApolloServer') return null
  const name = target.package === '@apollo/server' ? 'includeStacktraceInErrorResponses' : 'debug'
  return isTruthy(property(options, name)) === 'yes'
    ? { kind: 'option', at: propertyAt(options, name), package: target.package, isConditional: false, evidence: [call.at] }
    : null
}
