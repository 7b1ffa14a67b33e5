// Pages of documentation and consoles that Nest serves: SwaggerModule, and the page of GraphQLModule.
import type { CallRecord, ObjectValue, Value } from '../../link/value.js'
import { locationKey } from '../../text/location.js'
import type { ExposedDocs } from './exposedDocs.js'
import type { App, ProjectModel } from '../model.js'
import { methodName } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { callsThat } from '../perPart.js'
import { oncePerPlace, productionCalls } from '../productionCalls.js'
import { linksWith, routesOf } from '../queries.js'
import { registrationsOf } from '../registrations.js'
import { coversPath } from '../routePaths.js'
import { oneOf } from '../sorted.js'
import { hasProperty, isFalse, isTrue, possibleValues, property, propertyAt, stringOf } from '../values.js'

/** What the pages of Swagger and GraphQL are, where nothing stands in front and no switch decides. Guards of Nest do not see them. */
export function nestDocs(model: ProjectModel, app: App): readonly ExposedDocs[] {
  return app.framework === 'nest' ? [...swaggerPages(model, app), ...consoles(model, app)] : []
}

function swaggerPages(model: ProjectModel, app: App): readonly ExposedDocs[] {
  return certain(model, app, callsTo(model, '@nestjs/swagger', ['SwaggerModule', 'setup'])).flatMap((call): ExposedDocs[] => {
    const [path, served, , options] = call.args
    if (served?.kind === 'scope' && served.scope !== app.scope) return []
    if (
      ['swaggerUiEnabled', 'ui'].some(
        (name) => isFalse(property(options ?? null, name)) !== 'no' && property(options ?? null, name) !== null,
      )
    )
      return []
    const below = isTrue(property(options ?? null, 'useGlobalPrefix')) === 'yes' ? prefixFor(model, app, call) : ''
    const page = `${below}${rooted(stringOf(path ?? null) ?? '…')}`
    const repair = { kind: 'statement', at: call.at } as const
    if (!isGuarded(model, app, page)) return [{ at: call.at, path: page, what: 'The documentation of the API', repair }]
    const own = property(options ?? null, 'jsonDocumentUrl')
    const json = own === null ? `${page}-json` : `${below}${rooted(stringOf(own) ?? '…')}`
    const isServed = hasProperty(options ?? null, 'raw') === 'no' && (own === null || stringOf(own) !== null)
    return isServed && !isGuarded(model, app, json) ? [{ at: call.at, path: json, what: 'The description of the API', repair }] : []
  })
}

function rooted(path: string): string {
  return `/${path.replace(/^\/+/, '')}`
}

/** The global prefix that is set when the page is made; '' where none is, or one that says nothing. */
function prefixFor(model: ProjectModel, app: App, { order }: CallRecord): string {
  const set = prefixCalls(model).filter(
    ({ receiver, isOff, order: when }) => !isOff && receiver?.kind === 'scope' && receiver.scope === app.scope && when < order,
  )
  const prefix = (stringOf(set.at(-1)?.args[0] ?? null) ?? '').replace(/^\/+|\/+$/g, '')
  return prefix === '' ? '' : `/${prefix}`
}

const prefixCalls = callsThat(({ callee, isWrite }) => !isWrite && callee.kind === 'member' && callee.name === 'setGlobalPrefix', {
  names: oneOf(['setGlobalPrefix']),
})

/** Only what is switched on in so many words: what a driver does of itself differs by version. What shows a schema that it is asked for is told where no page does. */
function consoles(model: ProjectModel, app: App): readonly ExposedDocs[] {
  const calls = ['forRoot', 'forRootAsync'].flatMap((name) => callsTo(model, '@nestjs/graphql', ['GraphQLModule', name]))
  return certain(model, app, calls).flatMap((call) =>
    optionsOf(model, call.args[0] ?? null).flatMap((options) => {
      const queries = stringOf(property(options, 'path')) ?? '/graphql'
      const page = (name: string, path: string): readonly ExposedDocs[] =>
        isGuarded(model, app, path) ? [] : switchedOn(options, name, path, 'The console of GraphQL')
      const pages = [...page('graphiql', '/graphiql'), ...page('playground', queries)]
      return pages.length > 0 || mayRefuse(model, app, options, queries)
        ? pages
        : switchedOn(options, 'introspection', queries, 'The schema of GraphQL')
    }),
  )
}

function switchedOn(options: ObjectValue, name: string, path: string, what: string): readonly ExposedDocs[] {
  const value = property(options, name)
  if (value === null || isTrue(value) !== 'yes') return []
  const repair = value.kind === 'literal' && value.at.file === options.at.file ? { kind: 'option' as const, at: value.at } : null
  return [{ at: propertyAt(options, name), path, what, repair }]
}

/** Queries are asked for behind the middleware that modules put in front of their path, unlike guards, which are asked for single fields, and where each gets its context. */
function mayRefuse(model: ProjectModel, app: App, options: ObjectValue, path: string): boolean {
  const context = property(options, 'context')
  return (
    isGuarded(model, app, path) ||
    (context?.kind === 'function' && model.summaryOf(context).throws.length > 0) ||
    routesOf(model, app).some(
      (route) =>
        /^(?:QUERY|MUTATION)$/.test(route.method) &&
        linksWith(model, route, 'auth').some(({ link }) => link.value.kind === 'function' && link.value.facts.name !== 'canActivate'),
    )
  )
}

/** The options themselves, or what the factory of `forRootAsync` gives. */
function optionsOf(model: ProjectModel, options: Value | null): readonly ObjectValue[] {
  const factory = property(options, 'useFactory')
  const values = factory?.kind === 'function' ? model.summaryOf(factory).returns.map(({ value }) => value) : possibleValues(options)
  return values.flatMap((one) => (one.kind === 'promise' ? possibleValues(one.result) : [one])).filter((one) => one.kind === 'object')
}

/** Calls that production makes whatever a switch says. What the whole start of the application stands behind is no such switch. */
function certain(model: ProjectModel, app: App, calls: readonly CallRecord[]): readonly CallRecord[] {
  const always = new Set(app.listeners.flatMap(({ guards }) => guards.map(({ at }) => locationKey(at))))
  return oncePerPlace(productionCalls(model, calls)).filter(({ guards }) =>
    guards.every(({ kind, at }) => kind === 'catch' || kind === 'loop' || always.has(locationKey(at))),
  )
}

/** Middleware that asks who it is: `app.use('/docs', basicAuth(…))`. */
function isGuarded(model: ProjectModel, app: App, page: string): boolean {
  return registrationsOf(model, app, 'auth').some(
    ({ entry, path, isOff }) => !isOff && entry.call !== null && methodName(entry.call.callee) === 'use' && coversPath(path, page) !== 'no',
  )
}
