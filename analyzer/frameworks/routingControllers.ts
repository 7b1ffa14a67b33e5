// routing-controllers: applications of decorated controllers, with what the package registers before their actions and after them, in its order.
import type { CallSite, FrameworkModel, Machine } from '../link/machine.js'
import { write } from '../link/heapLog.js'
import { newScope } from '../link/newScope.js'
import { recordCall } from '../link/records.js'
import { Table } from '../link/table.js'
import type { CallRecord, ClassValue, PackageValue, ScopeValue, Value } from '../link/value.js'
import { undefinedAt } from '../link/values.js'
import type { Location } from '../text/location.js'
import { decoratedClasses, type ClassList } from './decoratedClasses.js'
import { register } from './expressRegistration.js'
import { withoutInterop } from './knownPackages.js'
import { decoratorsOf } from './nestDecorators.js'
import { madeByPackage, placeOfProperty, propertyOf, textsOf } from './nestValues.js'
import { noteUnseen } from './routeRegistrars.js'
import { addActions } from './routingActions.js'
import { CONTAINER, instanceOf, PACKAGE, type Routing } from './routingState.js'
import { middlewareOf } from './routingServing.js'

export const routingControllers: FrameworkModel = {
  knows: (name) => name === PACKAGE,
  callPackage(machine, site, callee, args) {
    if (callee.package !== PACKAGE) return null
    switch (withoutInterop(callee.path).join('.')) {
      case 'createExpressServer':
        return create(machine, site, callee, args)
      case 'useExpressServer': {
        const [app, options] = args
        if (app?.kind !== 'scope') return null
        const call = recordCall(machine, site, { callee, receiver: null, args })
        registerAll(machine, site, app, options, call)
        return app
      }
      case 'useContainer':
        recordCall(machine, site, { callee, receiver: null, args })
        if (args[0] !== undefined) write(machine, machine.containers, CONTAINER, args[0])
        return undefinedAt(site.at)
      default:
        return null
    }
  },
}

function create(machine: Machine, site: CallSite, callee: PackageValue, args: readonly Value[]): ScopeValue {
  const call = recordCall(machine, site, { callee, receiver: null, args })
  const scope = newScope(machine, 'express', 'app', site.at, 'app', 'filled')
  const app: ScopeValue = { kind: 'scope', at: site.at, scope, properties: new Table() }
  registerAll(machine, site, app, args[0], call)
  return app
}

/** CORS, middleware before, actions, middleware after. What cannot be read of it is a gap. */
function registerAll(machine: Machine, site: CallSite, app: ScopeValue, options: Value | undefined, call: CallRecord): void {
  const given = options ?? undefinedAt(site.at)
  const isKnown = given.kind === 'object' || (given.kind === 'literal' && given.value === undefined)
  const unseen = (what: 'routes' | 'all'): void => noteUnseen(machine, app.scope, site.at, PACKAGE, what)
  if (!isKnown) return unseen('all')
  const prefix = textsOf(propertyOf(given, 'routePrefix'))[0] ?? null
  const routing: Routing = { machine, site, app, options: given, prefix }
  addCors(routing, call)
  const middleware = listed(routing, 'middlewares', /^Middleware$/)
  const controllers = listed(routing, 'controllers', /^(?:Json)?Controller$/)
  if (!middleware.isWhole) unseen('all')
  else if (!controllers.isWhole || prefix === null) unseen('routes')
  addMiddleware(routing, middleware.classes, 'before')
  addActions(routing, controllers.classes)
  addMiddleware(routing, middleware.classes, 'after')
}

/** Classes or globs of an option; without any, all that were decorated so far. Controllers stand in the order in which they were made. */
function listed(routing: Routing, option: string, name: RegExp): ClassList {
  const { machine, site, options } = routing
  return decoratedClasses(machine, site, propertyOf(options, option), (target) =>
    decoratorsOf(target).some((one) => one.package === PACKAGE && name.test(one.name)),
  )
}

function addCors({ machine, site, app, options }: Routing, call: CallRecord): void {
  const cors = propertyOf(options, 'cors')
  if (cors === undefined || (cors.kind === 'literal' && !cors.value)) return
  // Of `cors: true` a fix makes options.
  const at = cors.kind === 'literal' ? cors.at : placeOfProperty(options, 'cors')
  const layer = madeByPackage(machine, site, at, 'cors', [], cors.kind === 'literal' ? [] : [cors], app)
  register(machine, site, app.scope, 'layer', [''], [], [layer], [at], call)
}

interface Ranked {
  readonly target: ClassValue
  readonly at: Location
  readonly call: CallRecord
  readonly priority: number
}

function addMiddleware(routing: Routing, classes: readonly ClassValue[], type: 'before' | 'after'): void {
  const { machine, site, app, prefix } = routing
  const ranked = classes.flatMap((target): readonly Ranked[] => {
    const decorator = decoratorsOf(target).find((one) => one.package === PACKAGE && one.name === 'Middleware')
    if (decorator?.call == null) return []
    const [options] = decorator.args
    const priority = propertyOf(options, 'priority')
    const place = textsOf(propertyOf(options, 'type'))[0]
    if ((place === 'after' ? 'after' : 'before') !== type) return []
    return [{ target, at: decorator.at, call: decorator.call, priority: priority?.kind === 'literal' ? Number(priority.value) : 0 }]
  })
  for (const { target, at, call } of ranked.sort((a, b) => b.priority - a.priority)) {
    const handler = middlewareOf(machine, target, instanceOf(machine, site, target))
    if (handler === null) continue
    // Express compares a prefix as it stands with a path that begins with a slash, so without one they run for nothing.
    if (prefix !== null && !/^(?:\/|$)/.test(prefix)) continue
    const path = prefix === '' ? '/' : prefix
    register(machine, { ...site, at }, app.scope, 'layer', [path], [], [handler], [at], call)
  }
}
