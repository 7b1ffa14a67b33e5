// What Nest runs in front of a handler, in its order.
import type { Machine } from '../link/machine.js'
import type { ClassValue, FunctionValue, Value } from '../link/value.js'
import type { Scope } from '../model/model.js'
import type { Location } from '../text/location.js'
import type { Target } from './nestContext.js'
import type { NestDecorator } from './nestDecorators.js'
import { enhancersIn, enhancersOfClass, linkOf, type Place } from './nestEnhancers.js'
import { parameterPipes } from './nestPipes.js'
import { servedHandler } from './nestServing.js'
import type { Enhancer, EnhancerKind, NestApplication, NestModule } from './nestState.js'

/** A class that serves, and where. */
export interface Served {
  readonly app: NestApplication
  readonly module: NestModule
  readonly target: ClassValue
  readonly scope: Scope
  readonly instance: Value
  readonly owner: readonly NestDecorator[]
}

export interface Link {
  readonly value: Value
  readonly at: Location
}

/** Guards, then interceptors, then pipes, each global, of the controller, of the route; then the handler (domain fact K29). */
export function chainOf(
  machine: Machine,
  served: Served,
  method: FunctionValue,
  decorators: readonly NestDecorator[],
  place: Place,
): readonly Link[] {
  const { app, module } = served
  const links: Link[] = []
  for (const kind of ['guard', 'interceptor', 'pipe'] as const) {
    if (!runsFor(app, method, decorators, kind)) continue
    const parameters = kind === 'pipe' ? parameterPipes(machine, method, module) : []
    for (const enhancer of [...enhancersFor(served, decorators, place, kind), ...parameters]) {
      const value = linkOf(machine, app, enhancer, kind, place)
      if (value !== null) links.push({ value, at: enhancer.at })
    }
  }
  return [...links, { value: servedHandler(machine, method), at: method.at }]
}

function enhancersFor(served: Served, decorators: readonly NestDecorator[], place: Place, kind: EnhancerKind): readonly Enhancer[] {
  return [
    ...globalsFor(served.app, place.target.transport, kind),
    ...enhancersOfClass(served.target, kind, served.module),
    ...enhancersIn(decorators, kind, served.module),
  ]
}

/** Message handlers see what is global in their application where every microservice that is connected to it asks for that (domain fact K37). */
export function globalsFor(app: NestApplication, transport: Target['transport'], kind: EnhancerKind): readonly Enhancer[] {
  const all = app.globals[kind]
  // Gateways see nothing of what is global before version 12.
  if (transport === 'ws' && app.major < 12) return []
  if (transport !== 'rpc' || app.kind !== 'http') return all
  if (app.connected.length === 0 || app.connected.some(({ inherits }) => !inherits)) return []
  const count = Math.min(...app.connected.map(({ handedOver }) => handedOver[kind]))
  return [...all.filter(({ module }) => module !== null), ...all.filter(({ module }) => module === null).slice(0, count)]
}

/** Fields of types have guards and interceptors only where the module of GraphQL asks for them, and pipes where they have arguments. */
function runsFor(app: NestApplication, method: FunctionValue, decorators: readonly NestDecorator[], kind: EnhancerKind): boolean {
  if (!decorators.some((one) => one.package === '@nestjs/graphql' && /^Resolve(?:Field|Reference|Property)$/.test(one.name))) return true
  if (kind !== 'pipe') return app.fieldEnhancers.has(`${kind}s`)
  return app.fieldEnhancers.size > 0 || method.facts.parameters.some((parameter) => parameter.decorators.length > 0)
}
