// Routes of a Nest application: controllers, resolvers and gateways as scopes, each handler with what runs in front of it in Nest's order.
import type { Machine } from '../link/machine.js'
import { findMethod } from '../link/classMembers.js'
import { registerIn } from '../link/registrations.js'
import type { ClassValue, FunctionValue } from '../link/value.js'
import type { Location } from '../text/location.js'
import { chainOf, type Served } from './nestChains.js'
import { connectionLayer, runConnectionHooks } from './nestConnections.js'
import type { Target } from './nestContext.js'
import { classDecorator, decoratorsOf, lineage, memberDecorators, metadataIn, type NestDecorator } from './nestDecorators.js'
import type { Place } from './nestEnhancers.js'
import { addFilters } from './nestFilters.js'
import { newScope } from '../link/newScope.js'
import { entryOf } from './nestEntries.js'
import { routesIn, type HandledRoute } from './nestHandlers.js'
import { middlewareOf } from './nestMiddleware.js'
import { fullPaths, graphPath } from './nestPaths.js'
import { platformRoute } from './nestPlatformRoutes.js'
import { resolveToken } from './nestProviders.js'
import { noteServed } from './nestUnreached.js'
import type { NestApplication, NestModule } from './nestState.js'

/** Registers every controller, resolver and gateway of the application. */
export function addRoutes(machine: Machine, app: NestApplication): void {
  for (const module of app.modules) {
    for (const { target } of module.controllers) addClass(machine, app, module, target)
    for (const { target } of module.providers) {
      if (target.kind === 'class' && isEntryPoint(target)) addClass(machine, app, module, target)
    }
  }
}

function isEntryPoint(target: ClassValue): boolean {
  return classDecorator(target, /^(?:Resolver|WebSocketGateway)$/) !== null || lineage(target).some(holdsResolvers)
}

/** Classes whose methods answer GraphQL without `@Resolver` on the class. */
function holdsResolvers(target: ClassValue): boolean {
  return target.facts.members.some(
    (member) =>
      typeof member.key === 'string' &&
      member.decorators.length > 0 &&
      memberDecorators(target, member.key).some(
        (one) => one.package === '@nestjs/graphql' && /^(?:Query|Mutation|Subscription)$/.test(one.name),
      ),
  )
}

function addClass(machine: Machine, app: NestApplication, module: NestModule, target: ClassValue): void {
  noteServed(machine, target)
  const controller = classDecorator(target, /^Controller$/)
  const gateway = classDecorator(target, /^WebSocketGateway$/)
  const scope = newScope(machine, 'nest', gateway === null ? 'controller' : 'gateway', decoratorPlace(target), target.facts.name)
  const mount = entryOf(machine, app, {
    kind: 'mount',
    at: scope.at,
    scope: app.scope,
    path: '',
    methods: [],
    handlers: [],
    handlersAt: [],
    mounted: scope,
    call: controller?.call ?? null,
  })
  registerIn(machine, app.scope, 'entries', mount)
  registerIn(machine, scope, 'mounts', mount)
  const instance = resolveToken(machine, app.site, app, module, target)
  const served: Served = { app, module, target, scope, instance, owner: lineage(target).flatMap(decoratorsOf) }
  const admission = gateway === null ? null : connectionLayer(machine, scope, app, target, instance)
  if (admission !== null) registerIn(machine, scope, 'entries', admission)
  const own: { readonly decorators: readonly NestDecorator[]; readonly place: Place }[] = []
  for (const name of methodNames(target)) {
    const holder = lineage(target).find((one) =>
      one.facts.members.some((member) => member.key === name && member.kind === 'method' && !member.isStatic),
    )
    const decorators = holder === undefined ? [] : memberDecorators(holder, name)
    const method = findMethod(machine, target, instance, name)
    if (method === null) continue
    const place = addMethod(machine, served, method, name, decorators, controller)
    if (place !== null) own.push({ decorators, place })
  }
  addFilters(machine, app, module, target, scope, own)
  if (gateway !== null) runConnectionHooks(machine, app, scope, target, instance)
}

/** Adds the entries of one method; null for a method that serves nothing. */
function addMethod(
  machine: Machine,
  served: Served,
  method: FunctionValue,
  name: string,
  decorators: readonly NestDecorator[],
  controller: NestDecorator | null,
): Place | null {
  const { app, module, target, scope } = served
  let first: Place | null = null
  for (const route of routesIn(decorators, name)) {
    const place: Place = {
      target: targetOf(route.transport, decorators, served.owner),
      handler: decorators,
      owner: served.owner,
      names: { handler: name, owner: target.facts.name },
    }
    first ??= place
    const platform = platformRoute(machine, app, decorators)
    const links = chainOf(machine, served, method, decorators, place)
    const modulePrefix = module.target === null ? '' : (app.modulePrefixes.get(module.target) ?? '')
    const paths =
      route.transport === 'http'
        ? fullPaths(machine, app, modulePrefix, controller, { decorators, paths: route.paths, method: route.method })
        : route.paths.map((path) => (route.transport === 'graphql' ? (path?.replace(/^[^#]*/, graphPath(app)) ?? null) : path))
    for (const path of paths) {
      const middleware = isSocket(route) ? [] : middlewareOf(machine, app, requestedPath(path), route.method, target)
      const all = [...platform.links, ...middleware, ...links]
      const holder = isServed(app, route) ? scope : newScope(machine, 'nest', 'controller', scope.at, scope.name)
      registerIn(
        machine,
        holder,
        'entries',
        entryOf(machine, app, {
          kind: 'route',
          at: route.decorator.at,
          scope: holder,
          path,
          methods: route.method === 'ALL' ? [] : [route.method],
          handlers: all.map((one) => one.value),
          handlersAt: all.map((one) => one.at),
          ...(middleware.length === 0 ? {} : { takenOff: [...platform.links.map(() => null), ...middleware.map(({ taken }) => taken)] }),
          mounted: null,
          call: route.decorator.call,
          ...(platform.options === null ? {} : { options: platform.options }),
          ...(route.transport === 'ws' || route.transport === 'rpc' ? { transports: [route.transport] } : {}),
        }),
      )
    }
  }
  return first
}

/** A microservice answers no requests: what stands for them is registered nowhere. */
function isServed(app: NestApplication, { transport }: HandledRoute): boolean {
  return app.kind !== 'microservice' || isSocket({ transport })
}

function isSocket({ transport }: Pick<HandledRoute, 'transport'>): boolean {
  return transport === 'ws' || transport === 'rpc'
}

/** The path under which a route, or the field of GraphQL, is asked for. */
function requestedPath(path: string | null): string {
  return path?.replace(/#.*$/, '') ?? '*'
}

function targetOf(transport: Target['transport'], decorators: readonly NestDecorator[], owner: readonly NestDecorator[]): Target {
  return { transport, handler: metadataIn(decorators), owner: metadataIn(owner) }
}

/** Methods of the class and of its ancestors, those of ancestors that it overrides once. */
function methodNames(target: ClassValue): readonly string[] {
  const names = new Set<string>()
  for (const one of lineage(target)) {
    for (const member of one.facts.members)
      if (member.kind === 'method' && !member.isStatic && typeof member.key === 'string') names.add(member.key)
  }
  return [...names]
}

function decoratorPlace(target: ClassValue): Location {
  return decoratorsOf(target).find((one) => /^(?:Controller|Resolver|WebSocketGateway)$/.test(one.name))?.at ?? target.at
}
