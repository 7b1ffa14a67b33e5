// tsyringe: classes by type, and tokens that are registered with a class, a value or a factory.
import type { CallSite, FrameworkModel, Machine } from '../link/machine.js'
import type { ObjectValue, Value } from '../link/value.js'
import { packageValue } from '../link/values.js'
import { bind, factory, resolve, resolveAll } from './classContainer.js'

export const tsyringe: FrameworkModel = {
  knows: (name) => name === 'tsyringe',
  callPackage(machine, site, callee, args) {
    if (callee.package !== 'tsyringe') return null
    const [token, second] = args
    // They keep what a factory makes, which this container does for each.
    if (/^instance(?:PerContainer)?CachingFactory$/.test(callee.path[0] ?? '')) return token ?? null
    if (callee.path[0] !== 'container') return null
    if (callee.path[1] === 'createChildContainer') return { ...callee, path: ['container'] }
    if (token === undefined) return null
    switch (callee.path[1]) {
      case 'resolve':
        return resolve(machine, site, token)
      case 'resolveAll':
        return resolveAll(machine, site, token)
      case 'register':
        if (second?.kind === 'object') register(machine, site, token, second)
        else if (second !== undefined) bind(machine, site, token, second)
        break
      case 'registerSingleton':
      case 'registerType':
      case 'registerInstance':
        bind(machine, site, token, second ?? token)
        break
      default:
        return null
    }
    // Registrations chain.
    return { ...callee, path: ['container'] }
  },
}

/** `{ useClass }`, `{ useValue }`, `{ useFactory }`; `{ useToken }` is another name. */
function register(machine: Machine, site: CallSite, token: Value, provider: ObjectValue): void {
  const fixed = provider.properties.get('useClass') ?? provider.properties.get('useValue')
  const made = provider.properties.get('useFactory')
  const other = provider.properties.get('useToken')
  if (fixed !== undefined) bind(machine, site, token, fixed)
  else if (made !== undefined) bind(machine, site, token, factory(site.at, made, packageValue(site.at, 'tsyringe', ['container'])))
  else if (other !== undefined) bind(machine, site, token, resolve(machine, site, other))
}
