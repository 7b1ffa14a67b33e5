// Exception filters as what stands behind routes: of the route, the class and the application (domain fact D27).
import type { Machine } from '../link/machine.js'
import { registerIn } from '../link/registrations.js'
import type { ClassValue } from '../link/value.js'
import type { Entry, Scope } from '../model/model.js'
import { globalsFor } from './nestChains.js'
import type { NestDecorator } from './nestDecorators.js'
import { enhancersIn, enhancersOfClass, linkOf, type Place } from './nestEnhancers.js'
import { entryOf } from './nestEntries.js'
import type { Enhancer, NestApplication, NestModule } from './nestState.js'

/** Filters answer the errors of what stands before them: those of a method its own, those of the class all on its scope. */
export function addFilters(
  machine: Machine,
  app: NestApplication,
  module: NestModule,
  target: ClassValue,
  scope: Scope,
  methods: readonly { readonly decorators: readonly NestDecorator[]; readonly place: Place }[],
): void {
  const [first] = methods
  if (first === undefined) return
  const found = [
    ...methods.flatMap(({ decorators, place }) =>
      enhancersIn(decorators, 'filter', module).map((enhancer) => ({ enhancer, place, forMethod: decorators.map(({ at }) => at) })),
    ),
    ...enhancersOfClass(target, 'filter', module).map((enhancer) => ({ enhancer, place: first.place })),
  ]
  for (const { enhancer, place, ...only } of found)
    addFilter(machine, app, scope, enhancer, place, { transports: ['http', 'ws', 'rpc'], ...only })
}

/** Filters of the application stand behind everything but gateways, which see none of them in any version, and microservices that inherit nothing. */
export function addGlobalFilters(machine: Machine, app: NestApplication): void {
  const place: Place = { target: { transport: 'http', handler: new Map(), owner: new Map() }, handler: [], owner: [] }
  const inherited = new Set(globalsFor(app, 'rpc', 'filter'))
  for (const enhancer of app.globals.filter.toReversed())
    addFilter(machine, app, app.scope, enhancer, place, { transports: inherited.has(enhancer) ? ['http', 'rpc'] : ['http'] })
}

function addFilter(
  machine: Machine,
  app: NestApplication,
  scope: Scope,
  enhancer: Enhancer,
  place: Place,
  reach: Pick<Entry, 'transports' | 'forMethod'>,
): void {
  const value = linkOf(machine, app, enhancer, 'filter', place)
  if (value === null) return
  const { at } = enhancer
  registerIn(
    machine,
    scope,
    'entries',
    entryOf(machine, app, {
      kind: 'layer',
      at,
      scope,
      path: '',
      methods: [],
      handlers: [value],
      handlersAt: [at],
      mounted: null,
      call: null,
      ...reach,
    }),
  )
}
