// inversify-express-utils: what its server builds of the controllers that were declared, between what the project sets before and after them.
import type { CallSite, FrameworkModel, Machine } from '../link/machine.js'
import { newScope } from '../link/newScope.js'
import { recordCall } from '../link/records.js'
import { Table } from '../link/table.js'
import type { ClassValue, PackageValue, ScopeValue, Value } from '../link/value.js'
import { memberValue, objectValue, undefinedAt } from '../link/values.js'
import { register } from './expressRegistration.js'
import { addControllerRoutes, INVERSIFY_UTILS } from './inversifyActions.js'
import { withoutInterop } from './knownPackages.js'
import { putMethod } from './natives.js'
import { decoratorsOf } from './nestDecorators.js'
import { propertyOf, textsOf } from './nestValues.js'
import { noteUnseen } from './routeRegistrars.js'

export const inversifyServer: FrameworkModel = {
  knows: (name) => name === INVERSIFY_UTILS,
  callPackage(machine, site, callee, args) {
    if (callee.package !== INVERSIFY_UTILS || withoutInterop(callee.path).join('.') !== 'InversifyExpressServer') return null
    return serverOf(machine, site, callee, args)
  },
}

/** `new InversifyExpressServer(container, router, { rootPath }, app)`. */
function serverOf(machine: Machine, site: CallSite, callee: PackageValue, args: readonly Value[]): Value {
  recordCall(machine, site, { callee, receiver: null, args, isNew: true })
  const [, givenRouter, routing, givenApp] = args
  const router = givenRouter?.kind === 'scope' ? givenRouter : made(machine, site, 'router')
  const app = givenApp?.kind === 'scope' ? givenApp : made(machine, site, 'app')
  const server = objectValue(site.at)
  const run = (name: string): void => {
    const fn = server.properties.get(name)
    if (fn?.kind === 'function') machine.run.call(machine, { ...site, isAwaited: true }, fn, server, [app])
  }
  for (const name of ['setConfig', 'setErrorConfig']) {
    putMethod(machine, site.at, server, name, ([fn]) => {
      server.properties.set(`given to ${name}`, fn ?? undefinedAt(site.at))
      return server
    })
  }
  putMethod(machine, site.at, server, 'build', (_none, building) => {
    run('given to setConfig')
    mount(machine, building, app, router, routing)
    run('given to setErrorConfig')
    return app
  })
  return server
}

function made(machine: Machine, { at }: CallSite, kind: 'app' | 'router'): ScopeValue {
  const scope = newScope(machine, 'express', kind, at, kind, kind === 'app' ? 'filled' : 'empty')
  return { kind: 'scope', at, scope, properties: new Table() }
}

/** Controllers stand on a router of their own, those that were declared last first. */
function mount(machine: Machine, site: CallSite, app: ScopeValue, router: ScopeValue, routing: Value | undefined): void {
  const classes = [...machine.classes.values()].filter((one) => controllerOf(one) !== null).reverse()
  for (const target of classes) {
    const decorator = controllerOf(target)
    if (decorator !== null) addControllerRoutes(machine, site, router, target, decorator)
  }
  const root = routing === undefined ? '/' : (textsOf(propertyOf(routing, 'rootPath'))[0] ?? null)
  const { at } = site
  const call = recordCall(machine, { ...site, argsAt: [at] }, { callee: memberValue(at, app, 'use'), receiver: app, args: [router] })
  register(machine, site, app.scope, 'layer', [root], [], [router], [at], call)
  if (classes.length === 0) noteUnseen(machine, app.scope, site.at, INVERSIFY_UTILS, 'routes')
}

function controllerOf(target: ClassValue): ReturnType<typeof decoratorsOf>[number] | null {
  return decoratorsOf(target).find((one) => one.package === INVERSIFY_UTILS && one.name === 'controller') ?? null
}
