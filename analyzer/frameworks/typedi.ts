// typedi: services by class, token or name.
import type { CallSite, FrameworkModel, Machine } from '../link/machine.js'
import { write } from '../link/heapLog.js'
import type { ObjectValue, Value } from '../link/value.js'
import { unknown } from '../link/values.js'
import { keyOf, resolve, resolveAll } from './classContainer.js'

export const typedi: FrameworkModel = {
  knows: (name) => name === 'typedi',
  callPackage(machine, site, callee, args) {
    if (callee.package !== 'typedi') return null
    const name = callee.path.filter((part) => part !== 'default' && part !== 'Container').join('.')
    const [first, second] = args
    switch (name) {
      case 'get':
      case 'of.get':
        return first === undefined ? null : resolve(machine, site, first)
      case 'getMany':
      case 'of.getMany':
        return first === undefined ? null : resolveAll(machine, site, first)
      case 'set':
        if (first !== undefined) set(machine, site, first, second)
        return callee.path.at(-1) === 'set' ? { ...callee, path: callee.path.slice(0, -1) } : null
      default:
        return null
    }
  },
}

function set(machine: Machine, site: CallSite, id: Value, value: Value | undefined): void {
  if (id.kind === 'array') {
    for (const element of id.elements) set(machine, site, element, undefined)
    return
  }
  if (value === undefined && id.kind === 'object') {
    const own = id.properties.get('id')
    if (own !== undefined) set(machine, site, own, serviceOf(machine, site, id))
    return
  }
  const key = keyOf(id)
  if (key !== null && value !== undefined) write(machine, machine.containers, key, value)
}

/** `{ id, value }`, `{ id, type }` or `{ id, factory }`. */
function serviceOf(machine: Machine, site: CallSite, service: ObjectValue): Value {
  const value = service.properties.get('value')
  if (value !== undefined) return value
  const factory = service.properties.get('factory')
  if (factory?.kind === 'function') return machine.run.call(machine, site, factory, null, [])
  const type = service.properties.get('type')
  return type === undefined ? unknown(site.at, 'a service with neither value nor type') : resolve(machine, site, type)
}
