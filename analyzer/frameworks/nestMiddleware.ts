// Middleware that modules apply through their consumer: for everything, for paths, methods and controllers, without what is excluded (domain fact K32).
import type { CallSite, Machine } from '../link/machine.js'
import { findMethod } from '../link/classMembers.js'
import { snapshot } from '../link/records.js'
import { registerIn } from '../link/registrations.js'
import type { CallRecord, ClassValue, Value } from '../link/value.js'
import type { Location } from '../text/location.js'
import { lineage } from './nestDecorators.js'
import { instantiate } from './nestProviders.js'
import { isForAll, reaches, takenForAll, takenOff } from './nestReach.js'
import { consumerOf, makeConsumer, type MiddlewareUse, type NestApplication, type NestModule } from './nestState.js'
import { entryOf } from './nestEntries.js'
import { listOf } from './nestValues.js'

/** Calls `configure(consumer)` of every module, nearest to the root first and global modules before the rest. */
export function configureMiddleware(machine: Machine, app: NestApplication, instanceOf: (module: NestModule) => Value | null): void {
  const modules = [...app.modules].sort((a, b) => Number(b.isGlobal) - Number(a.isGlobal) || a.distance - b.distance)
  for (const module of modules) {
    if (module.target === null || !lineage(module.target).some((one) => one.facts.members.some((member) => member.key === 'configure')))
      continue
    const instance = instanceOf(module)
    if (instance === null) continue
    machine.run.callMethod(machine, { ...app.site, isAwaited: true }, instance, 'configure', [makeConsumer(module.target.at, app, module)])
  }
  for (const use of app.middleware) if (isForAll(app, use)) addLayer(machine, app, use)
}

/** `consumer.apply(…).exclude(…).forRoutes(…)`; null for any other call. */
export function answerConsumer(machine: Machine, site: CallSite, call: CallRecord): Value | null {
  if (call.callee.kind !== 'member' || call.callee.name !== 'forRoutes') return null
  const applied: CallRecord[] = []
  let root: Value = call.callee.object
  while (root.kind === 'result' && root.call.callee.kind === 'member') {
    applied.unshift(root.call)
    root = root.call.callee.object
  }
  const owner = consumerOf(root)
  if (owner === null) return null
  const of = (name: string): readonly CallRecord[] => applied.filter((one) => one.callee.kind === 'member' && one.callee.name === name)
  const { app, module } = owner
  app.middleware.push({
    handlers: of('apply').flatMap((one) => one.args.flatMap((arg) => listOf(machine, site, arg))),
    handlersAt: of('apply').flatMap((one) =>
      one.args.flatMap((arg, index) => listOf(machine, site, arg).map(() => one.argsAt[index] ?? one.at)),
    ),
    excluded: of('exclude').flatMap((one) => one.args.flatMap((arg) => listOf(machine, site, arg))),
    routes: call.args.flatMap((arg) => listOf(machine, site, arg)),
    at: call.at,
    call,
    guards: snapshot(machine.guards, 'guards', machine),
    module,
    isOff: machine.offDepth > 0,
  })
  return root
}

/** Middleware that stands in front of one route and not of all; what is for all is a layer of the application. */
export function middlewareOf(
  machine: Machine,
  app: NestApplication,
  path: string,
  method: string,
  controller: ClassValue,
): readonly { value: Value; at: Location; taken: string | null }[] {
  const route = { path, method, controller }
  return app.middleware.flatMap((use) =>
    use.isOff || isForAll(app, use) || !reaches(machine, app, use, route)
      ? []
      : linksOf(machine, app, use).map((link) => ({ ...link, taken: takenOff(machine, app, use, route) })),
  )
}

const made = new WeakMap<MiddlewareUse, readonly { value: Value; at: Location }[]>()

/** Functions as they are, classes by their method `use`. */
function linksOf(machine: Machine, app: NestApplication, use: MiddlewareUse): readonly { value: Value; at: Location }[] {
  let links = made.get(use)
  if (links === undefined) {
    links = use.handlers.map((handler, index) => ({
      value: functionOf(machine, app, use.module, handler),
      at: use.handlersAt[index] ?? use.at,
    }))
    made.set(use, links)
  }
  return links
}

function functionOf(machine: Machine, app: NestApplication, module: NestModule, handler: Value): Value {
  if (handler.kind !== 'class') return handler
  const instance = instantiate(machine, app.site, app, module, handler, () => undefined)
  return findMethod(machine, handler, instance, 'use') ?? handler
}

function addLayer(machine: Machine, app: NestApplication, use: MiddlewareUse): void {
  const links = linksOf(machine, app, use)
  if (links.length === 0) return
  const entry = entryOf(machine, app, {
    kind: 'layer',
    at: use.at,
    scope: app.scope,
    path: '',
    methods: [],
    handlers: links.map((one) => one.value),
    handlersAt: links.map((one) => one.at),
    takenOff: links.map(() => takenForAll(machine, app, use)),
    mounted: null,
    call: use.call,
  })
  registerIn(machine, app.scope, 'entries', {
    ...entry,
    guards: [...app.guards, ...use.guards.filter((guard) => !app.guards.includes(guard))],
    isOff: app.isOff || use.isOff,
  })
}
