// Entries on Fastify contexts: hooks, routes and mounts, with the conditions and calls around them.
import { functionsBehind } from '../link/handlers.js'
import type { CallSite, Machine } from '../link/machine.js'
import { snapshot } from '../link/records.js'
import { registerIn } from '../link/registrations.js'
import { servedOn } from '../link/serving.js'
import type { CallRecord, Value } from '../link/value.js'
import type { Entry } from '../model/model.js'
import type { Location } from '../text/location.js'
import type { RouteOption } from '../link/routeSettings.js'
import type { Context } from './fastifyContexts.js'

/** A hook, an error handler, or a plugin that works as one. */
export function addLayer(
  machine: Machine,
  site: Pick<CallSite, 'at'>,
  context: Context,
  hook: string,
  handlers: readonly { readonly value: Value; readonly at: Location }[],
  call: CallRecord | null,
  more: { readonly path?: string | null; readonly option?: RouteOption; readonly hooks?: readonly (string | null)[] } = {},
): void {
  const { path = '', option, hooks } = more
  add(machine, site, context, {
    kind: 'layer',
    path,
    methods: [],
    handlers,
    mounted: null,
    call,
    hook,
    ...(option === undefined ? {} : { option }),
    ...(hooks === undefined ? {} : { hooks }),
  })
}

/** A context that stands within another under a prefix. */
export function addMount(machine: Machine, site: CallSite, context: Context, inner: Context, path: string | null, call: CallRecord): void {
  const entry = add(machine, site, context, { kind: 'mount', path, methods: [], handlers: [], mounted: inner.value.scope, call })
  registerIn(machine, inner.value.scope, 'mounts', entry)
}

/** A route. `hooks` names the hook of each handler, null for the handler itself. */
export function addRoute(
  machine: Machine,
  site: CallSite,
  context: Context,
  route: {
    readonly path: string | null
    readonly methods: readonly string[]
    readonly handlers: readonly { readonly value: Value; readonly at: Location; readonly hook: string | null }[]
    readonly options: Value
    readonly call: CallRecord
    readonly broughtBy?: string | undefined
  },
): void {
  add(machine, site, context, {
    kind: 'route',
    path: route.path,
    methods: route.methods,
    handlers: route.handlers,
    mounted: null,
    call: route.call,
    hook: 'route',
    hooks: route.handlers.map((one) => one.hook),
    options: route.options,
    ...(route.broughtBy === undefined ? {} : { broughtBy: route.broughtBy }),
  })
}

type Draft = Pick<Entry, 'kind' | 'path' | 'methods' | 'mounted' | 'call' | 'hook' | 'hooks' | 'option' | 'options' | 'broughtBy'> & {
  readonly handlers: readonly { readonly value: Value; readonly at: Location }[]
}

function add(machine: Machine, site: Pick<CallSite, 'at'>, context: Context, draft: Draft): Entry {
  const { scope } = context.value
  // Fastify calls handlers and hooks on the context in which they stand.
  for (const { value } of draft.handlers) for (const fn of functionsBehind(value)) servedOn(fn, context.value)
  const entry: Entry = {
    ...draft,
    at: site.at,
    scope,
    order: machine.order++,
    handlers: draft.handlers.map((one) => one.value),
    handlersAt: draft.handlers.map((one) => one.at),
    guards: snapshot(machine.guards, 'guards', machine),
    isOff: machine.offDepth > 0,
    stack: snapshot(machine.stack, 'stack', machine),
  }
  registerIn(machine, scope, 'entries', entry)
  return entry
}
