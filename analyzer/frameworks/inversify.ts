// inversify: `container.bind(token).to(Class)` and its kind.
import type { CallSite, FrameworkModel, Machine } from '../link/machine.js'
import type { MemberValue, Value } from '../link/value.js'
import { objectValue, packageValue } from '../link/values.js'
import { bind, factory, resolve, resolveAll } from './classContainer.js'

export const inversify: FrameworkModel = {
  knows: (name) => name === 'inversify',
  callPackage(machine, site, { package: name, path: [what, method] }, [token]) {
    if (name !== 'inversify' || what !== ASKED || token === undefined) return null
    return method === 'getAll' ? resolveAll(machine, site, token) : method === 'get' ? resolve(machine, site, token) : null
  },
  onOpaqueCall(machine, site, { callee, args }) {
    if (callee.kind !== 'member') return null
    const [first] = args
    if (isContainer(callee.object) && first !== undefined) {
      if (callee.name === 'get' || callee.name === 'resolve') return resolve(machine, site, first)
      if (callee.name === 'load' || callee.name === 'loadSync') for (const module of args) load(machine, site, module)
      return callee.name === 'getAll' ? resolveAll(machine, site, first) : null
    }
    const token = boundToken(callee)
    if (token !== null) bindTo(machine, site, callee.name, token, first)
    return null
  },
}

function bindTo(machine: Machine, site: CallSite, how: string, token: Value, target: Value | undefined): void {
  if (how === 'toSelf') bind(machine, site, token, token)
  else if (target === undefined) return
  else if (how === 'to' || how === 'toConstantValue') bind(machine, site, token, target)
  else if (FACTORIES.has(how)) bind(machine, site, token, factory(site.at, target, contextOf(site)))
  else if (how === 'toService') bind(machine, site, token, resolve(machine, site, target))
}

/** What they are given is called with a context when the token is asked for: its result is what the token stands for. */
const FACTORIES = new Set(['toDynamicValue', 'toFactory', 'toProvider'])

/** The container as a context gives it: `context.container.get(token)`, and `context.get(token)` since inversify 7. */
const ASKED = 'container of a context'

function contextOf({ at }: CallSite): Value {
  const context = objectValue(at)
  context.isOpen = true
  context.properties.set('container', packageValue(at, 'inversify', [ASKED]))
  for (const name of ['get', 'getAll']) context.properties.set(name, packageValue(at, 'inversify', [ASKED, name]))
  return context
}

/** The token of `container.bind(token)`, or of `bind(token)` and `options.bind(token)` in a module of bindings. */
function boundToken({ object }: MemberValue): Value | null {
  if (object.kind !== 'result') return null
  const { callee, args } = object.call
  const isBind =
    callee.kind === 'member'
      ? /^(re)?bind(Sync)?$/.test(callee.name) && isContainer(callee.object)
      : callee.kind === 'package' && callee.package === 'inversify' && callee.path[0] === LOADING
  return isBind ? (args[0] ?? null) : null
}

/** What a module of bindings is called with. */
const LOADING = 'binding of a module'

function load(machine: Machine, site: CallSite, module: Value): void {
  const made = module.kind === 'result' && module.call.isNew ? module.call.args[0] : undefined
  if (made?.kind === 'function')
    machine.run.call(machine, site, made, null, [{ kind: 'package', at: site.at, package: 'inversify', path: [LOADING] }])
}

function isContainer(value: Value): boolean {
  if (value.kind === 'typed') return value.type.name === 'Container'
  return value.kind === 'result' && value.call.isNew && value.call.callee.kind === 'package' && value.call.callee.package === 'inversify'
}
