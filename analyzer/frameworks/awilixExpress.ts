// awilix-express: routers of controllers that the container makes for each request, with the middleware that they name.
import { type CallSite, type FrameworkModel, type Machine, ROOT } from '../link/machine.js'
import { write } from '../link/heapLog.js'
import { newScope } from '../link/newScope.js'
import { symbolicParameter } from '../link/roles.js'
import { serveWith } from '../link/serving.js'
import { Table } from '../link/table.js'
import type { ClassValue, FunctionValue, ScopeValue, Value } from '../link/value.js'
import { unknown } from '../link/values.js'
import { callContainer } from './awilix.js'
import { AWILIX_EXPRESS, type Controller, controllerOf } from './awilixControllers.js'
import { filesOfGlob } from './awilixModules.js'
import { propertiesOf } from './decoratedClasses.js'
import { register } from './expressRegistration.js'
import { withoutInterop } from './knownPackages.js'
import { noteUnseen, packageBehind } from './routeRegistrars.js'
import { servedCopy } from './servedCopies.js'

/** The container of `scopePerRequest`, of which each request gets a scope. */
const CONTAINER = 'awilix-express container'

export const awilixExpress: FrameworkModel = {
  knows: (name) => name === AWILIX_EXPRESS,
  callPackage(machine, site, callee, args) {
    if (callee.package !== AWILIX_EXPRESS) return null
    const [first, options] = args
    switch (withoutInterop(callee.path).join('.')) {
      case 'scopePerRequest':
        if (first !== undefined) write(machine, machine.containers, CONTAINER, first)
        return null
      case 'controller':
        return routerOf(machine, site, listed(first))
      case 'loadControllers':
        return routerOf(machine, site, loaded(machine, site, first, options))
      case 'inject':
        return first?.kind === 'function' ? served(machine, made(machine, site, first)) : null
      default:
        return null
    }
  },
  onOpaqueCall(machine, site, { callee, args: [name] }) {
    // `const api = makeInvoker(Api)`, `router.get('/notes', api('list'))`
    const behind = callee.kind === 'result' ? packageBehind(callee.call.callee) : null
    if (
      callee.kind !== 'result' ||
      behind?.package !== AWILIX_EXPRESS ||
      !/^make(?:Function|Class)?Invoker$/.test(behind.path.at(-1) ?? '')
    )
      return null
    const [target] = callee.call.args
    if ((target?.kind !== 'class' && target?.kind !== 'function') || name?.kind !== 'literal') return null
    return served(machine, machine.run.getMember(machine, site, made(machine, site, target), String(name.value)))
  },
}

/** Controllers; null stands for one that is not known. What is known to be none registers nothing. */
type Controllers = readonly (Controller | null)[]

function listed(value: Value | undefined): Controllers {
  if (value === undefined) return [null]
  if (value.kind === 'array') return [...value.elements.flatMap(listed), ...(value.isOpen ? [null] : [])]
  const found = controllerOf(value)
  return found !== null ? [found] : value.kind === 'class' || value.kind === 'function' || value.kind === 'literal' ? [] : [null]
}

/** What the modules of a glob export: one controller, or some by name. */
function loaded(machine: Machine, site: CallSite, globs: Value | undefined, options: Value | undefined): Controllers {
  const patterns = globs?.kind === 'array' ? globs.elements : globs === undefined ? [] : [globs]
  return patterns.flatMap((pattern): Controllers => {
    const files = filesOfGlob(machine, pattern, options)
    if (files.length === 0) return [null]
    return files.flatMap((file) => {
      const exported = machine.run.requireModule(machine, site, `${ROOT}/${file}`)
      const whole = controllerOf(exported)
      if (whole !== null) return [whole]
      return exported.kind === 'object' ? propertiesOf(machine, site, exported).flatMap((one) => controllerOf(one) ?? []) : []
    })
  })
}

/** Where nothing of it is known, it is a layer of the package, which whoever receives it has for a gap. */
function routerOf(machine: Machine, site: CallSite, controllers: Controllers): ScopeValue | null {
  if (controllers.length > 0 && controllers.every((one) => one === null)) return null
  const router: ScopeValue = { kind: 'scope', at: site.at, scope: newScope(machine, 'express', 'router', site.at), properties: new Table() }
  for (const one of controllers) {
    if (one === null) noteUnseen(machine, router.scope, site.at, AWILIX_EXPRESS, 'routes')
    else addRoutes(machine, site, router, one)
  }
  return router
}

function addRoutes(machine: Machine, site: CallSite, router: ScopeValue, { target, root, methods }: Controller): void {
  const instance = made(machine, site, target)
  for (const [name, own] of methods) {
    const { call, at } = own
    if (call === null || at === null) continue
    const handler = served(machine, machine.run.getMember(machine, site, instance, name))
    const links = [...root.before, ...own.before, { value: handler, at: handler.at }, ...own.after, ...root.after]
    const paths = joined(root.paths, own.paths)
    for (const verb of own.verbs) {
      const values = links.map(({ value }) => value)
      const places = links.map((link) => link.at)
      register(machine, { ...site, at }, router.scope, 'route', paths, verb === 'ALL' ? [] : [verb], values, places, call)
    }
  }
}

/** Express takes an empty list of paths for all. */
function joined(root: readonly (string | null)[], own: readonly (string | null)[]): readonly (string | null)[] {
  const all = root.length === 0 ? own : root.flatMap((base) => (own.length === 0 ? [base] : own.map((path) => concat(base, path))))
  return all.length === 0 ? ['*'] : all
}

function concat(base: string | null, path: string | null): string | null {
  return base === null || path === null ? null : base + path
}

/** What the container makes of it for each request. */
function made(machine: Machine, site: CallSite, target: ClassValue | FunctionValue): Value {
  const container = machine.containers.get(CONTAINER)
  const one = container?.kind === 'object' ? callContainer(machine, site, container, 'build', [target]) : null
  if (one !== null) return one
  const cradle = unknown(site.at, 'what the container has')
  return target.kind === 'class'
    ? machine.run.construct(machine, site, target, [cradle])
    : machine.run.call(machine, { ...site, isAwaited: true }, target, null, [cradle])
}

const ROLES = ['request', 'response', 'next'] as const

/** What it throws goes to `next`, and what its promise is rejected with. */
function served(machine: Machine, method: Value): Value {
  if (method.kind !== 'function') return method
  return servedCopy(machine, method, AWILIX_EXPRESS, (fn) =>
    serveWith(fn, {
      catches: true,
      parameters: (_machine, _site, run) =>
        run.facts.parameters.map((_, index) => symbolicParameter(run, index, ROLES[index] ?? 'unknown')),
      finish: () => undefined,
    }),
  )
}
