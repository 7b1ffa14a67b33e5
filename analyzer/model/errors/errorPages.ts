// Packages that answer errors with their stack traces, whatever the environment.
import type { CallRecord, Value } from '../../link/value.js'
import { type Location, locationKey } from '../../text/location.js'
import { verdictOf } from './errorConditions.js'
import { formattedStacks } from './graphqlFormatters.js'
import type { ProjectModel } from '../model.js'
import { callsTo } from '../packageCalls.js'
import { callsThat } from '../perPart.js'
import { packageAnswers } from './packageAnswers.js'
import { originOf, packageOf } from '../origins.js'
import { isInProduction } from '../productionCalls.js'
import { isTruthy, property, propertyAt } from '../values.js'

export interface ErrorPage {
  /** `package`: middleware that sends stacks. `option`: a server that was told to. `stack`: what a formatter of GraphQL errors gives. `development`: a package of controllers that is told to be in development. */
  readonly kind: 'package' | 'option' | 'stack' | 'development'
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
  for (const { call, options, name } of [...optionsOf(model), ...yogaOptions(model)]) {
    if (!isInProduction(model, call) || isTruthy(property(options, name)) !== 'yes') continue
    const at = propertyAt(options, name)
    const isConditional = formatsErrors(model, property(options, 'formatError'))
    found.set(locationKey(at), { kind: 'option', at, package: packageOf(call.callee)?.package ?? '', isConditional, evidence: [call.at] })
  }
  for (const { at, given, package: name } of formattedStacks(model))
    found.set(locationKey(at), { kind: 'stack', at, package: name, isConditional: false, evidence: [given] })
  for (const { development: at, package: name, call } of packageAnswers(model))
    if (at !== null) found.set(locationKey(at), { kind: 'development', at, package: name, isConditional: false, evidence: [call.at] })
  return [...found.values()]
}

interface ServerOptions {
  readonly call: CallRecord
  readonly options: Value
  /** The option that adds stacks. */
  readonly name: string
}

/** `maskedErrors: { isDev: true }` of graphql-yoga adds the error with its stack to what it answers in its place (measured with 5.24). */
function yogaOptions(model: ProjectModel): readonly ServerOptions[] {
  return callsTo(model, 'graphql-yoga', ['createYoga']).flatMap((call): readonly ServerOptions[] => {
    const options = property(call.args[0] ?? null, 'maskedErrors')
    return options === null ? [] : [{ call, options, name: 'isDev' }]
  })
}

/** What GraphQL servers are made with, by their own classes or by the module of Nest. */
function optionsOf(model: ProjectModel): readonly ServerOptions[] {
  return serverCalls(model).flatMap((call): readonly ServerOptions[] => {
    const [options] = call.args
    const target = packageOf(call.callee)
    if (options === undefined || target === null) return []
    if (target.package !== '@nestjs/graphql')
      return [{ call, options, name: target.package === '@apollo/server' ? 'includeStacktraceInErrorResponses' : 'debug' }]
    const factory = property(options, 'useFactory')
    const made = factory?.kind === 'function' ? model.summaryOf(factory).returns.map(({ value }) => settledOf(value)) : [options]
    return made.flatMap((one) => nestOptions.map((name) => ({ call, options: one, name })))
  })
}

/** The name since Apollo Server 4, and the one before. */
const nestOptions = ['includeStacktraceInErrorResponses', 'debug'] as const

const serverCalls = callsThat(
  (call) => {
    const target = packageOf(call.callee)
    if (target === null) return false
    if (target.package === '@nestjs/graphql') return /^GraphQLModule\.forRoot(Async)?$/.test(target.path.slice(-2).join('.'))
    return call.isNew && graphServers.test(target.package) && target.path.at(-1) === 'ApolloServer'
  },
  { packages: (name) => name === '@nestjs/graphql' || graphServers.test(name) },
)

function settledOf(value: Value): Value {
  return value.kind === 'promise' && value.result !== null ? value.result : value
}

/** True where errors are written anew before they are sent. Whoever hands on what was formatted leaves the stack in. */
function formatsErrors(model: ProjectModel, format: Value | null): boolean {
  if (format === null || isTruthy(format) === 'no') return false
  if (format.kind !== 'function') return true
  return !model.summaryOf(format).returns.some(({ value }) => value.kind === 'parameter' && value.index === 0)
}
