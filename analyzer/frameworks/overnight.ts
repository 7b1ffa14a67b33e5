// @overnightjs/core: a server class that owns an application, and hands its controllers a router each.
import type { CallSite, FrameworkModel, Machine } from '../link/machine.js'
import { newScope } from '../link/newScope.js'
import { recordCall } from '../link/records.js'
import { Table } from '../link/table.js'
import type { CallRecord, ObjectValue, ScopeValue, Value } from '../link/value.js'
import { memberValue } from '../link/values.js'
import { register } from './expressRegistration.js'
import { addMembers, baseOf, classLinks, childrenOf, OVERNIGHT } from './overnightControllers.js'
import { noteUnseen } from './routeRegistrars.js'

export const overnight: FrameworkModel = {
  onOpaqueCall(machine, site, call) {
    const { callee, receiver } = call
    if (callee.kind !== 'member' || callee.name !== 'addControllers' || receiver?.kind !== 'object') return null
    const app = isServer(receiver.external) ? receiver.properties.get('app') : undefined
    if (app?.kind === 'scope') addControllers(machine, site, app, call)
    return null
  },
  extend(machine, site, instance, parent) {
    if (!isServer(parent)) return
    const scope = newScope(machine, 'express', 'app', site.at, 'app', 'filled')
    instance.properties.set('app', { kind: 'scope', at: site.at, scope, properties: new Table() })
  },
}

function isServer(value: Value | null): boolean {
  return value?.kind === 'package' && value.package === OVERNIGHT && value.path.at(-1) === 'Server'
}

/** `addControllers(controllers, routerLibrary, globalMiddleware)`. */
function addControllers(machine: Machine, site: CallSite, app: ScopeValue, call: CallRecord): void {
  const [given, library, global] = call.args
  const controllers = listed(given)
  for (const controller of controllers ?? []) {
    const router = routerOf(machine, site, controller, library)
    const base = baseOf(controller)
    if (router === null || base === null) continue
    const layers = global === undefined || global.kind === 'literal' ? [] : [global]
    const places = layers.map(() => call.argsAt[2] ?? site.at)
    const mount = recordCall(machine, site, { callee: memberValue(site.at, app, 'use'), receiver: app, args: [...layers, router] })
    register(machine, site, app.scope, 'layer', [base], [], [...layers, router], [...places, site.at], mount)
  }
  if (controllers === null) noteUnseen(machine, app.scope, site.at, OVERNIGHT, 'routes')
}

/** Instances; null where they are not all known. */
function listed(value: Value | undefined): readonly ObjectValue[] | null {
  if (value?.kind === 'object' && value.instanceOf !== null) return [value]
  if (value?.kind !== 'array' || value.isOpen) return null
  const found = value.elements.map(listed)
  return found.includes(null) ? null : found.flatMap((one) => one ?? [])
}

/** The router of one controller: its middleware, its methods, its children, its error middleware. */
function routerOf(machine: Machine, site: CallSite, controller: ObjectValue, library: Value | undefined): ScopeValue | null {
  if (baseOf(controller) === null) return null
  const router = newRouter(machine, site, library)
  const use = (name: 'ClassMiddleware' | 'ClassErrorMiddleware'): void => {
    const { links, call } = classLinks(controller, name)
    if (call === null) return
    const values = links.map((link) => link.value)
    const places = links.map((link) => link.at)
    register(machine, { ...site, at: call.at }, router.scope, 'layer', [''], [], values, places, call)
  }
  use('ClassMiddleware')
  addMembers(machine, site, router, controller)
  for (const child of childrenOf(controller)) {
    const mounted = routerOf(machine, site, child, library)
    const base = baseOf(child)
    if (mounted === null) continue
    const call = recordCall(
      machine,
      { ...site, argsAt: [site.at] },
      { callee: memberValue(site.at, router, 'use'), receiver: router, args: [mounted] },
    )
    register(machine, site, router.scope, 'layer', [base], [], [mounted], [site.at], call)
  }
  use('ClassErrorMiddleware')
  return router
}

/** What a library that the project names makes, else a router of Express. */
function newRouter(machine: Machine, site: CallSite, library: Value | undefined): ScopeValue {
  const made = library === undefined || library.kind === 'literal' ? null : machine.run.call(machine, site, library, null, [])
  if (made?.kind === 'scope') return made
  return { kind: 'scope', at: site.at, scope: newScope(machine, 'express', 'router', site.at), properties: new Table() }
}
