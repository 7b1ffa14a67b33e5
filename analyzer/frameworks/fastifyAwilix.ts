// @fastify/awilix: one container for the application, which requests have as `diScope` (its README, version 6).
import type { CallSite, FrameworkModel, Machine } from '../link/machine.js'
import type { ObjectValue, Value } from '../link/value.js'
import { callContainer, makeContainer, resolve } from './awilix.js'

/** A scope of a request resolves what the container holds, and what the request registered for itself. */
const CONTAINERS = /^(?:diContainer(?:Classic|Proxy)?|diScope)$/

const containers = new WeakMap<Machine, ObjectValue>()

export const fastifyAwilix: FrameworkModel = {
  knows: (name) => name === '@fastify/awilix',
  callPackage(machine, site, callee, args) {
    if (callee.package !== '@fastify/awilix') return null
    const [first = '', ...rest] = callee.path.filter((part) => part !== 'default')
    return CONTAINERS.test(first) ? callOn(machine, site, rest, args) : null
  },
  onOpaqueCall(machine, site, { callee, args }) {
    if (callee.kind !== 'member') return null
    const path: string[] = []
    let value: Value = callee
    // `request.diScope.resolve('name')`, `request.diScope.cradle.name.method()`, `this.diContainer.resolve('name')`.
    for (; value.kind === 'member' && !CONTAINERS.test(value.name); value = value.object) path.unshift(value.name)
    return value.kind === 'member' && path.length > 0 ? callOn(machine, site, path, args) : null
  },
}

function callOn(machine: Machine, site: CallSite, path: readonly string[], args: readonly Value[]): Value | null {
  const container = containerOf(machine, site)
  const [name = '', registered, method] = path
  if (path.length === 1) return callContainer(machine, site, container, name, args)
  if (name !== 'cradle' || registered === undefined || method === undefined || path.length !== 3) return null
  return machine.run.callMethod(machine, site, resolve(machine, site, container, registered), method, args)
}

function containerOf(machine: Machine, site: CallSite): ObjectValue {
  let container = containers.get(machine)
  if (container === undefined) containers.set(machine, (container = makeContainer(site, undefined)))
  return container
}
