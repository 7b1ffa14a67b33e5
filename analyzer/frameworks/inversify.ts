// inversify: `container.bind(token).to(Class)` and its kind.
import type { CallSite, FrameworkModel, Machine } from '../link/machine.js'
import type { MemberValue, Value } from '../link/value.js'
import { bind, factory, resolve, resolveAll } from './classContainer.js'

export const inversify: FrameworkModel = {
  callPackage: () => null,
  callScope: () => null,
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
  else if (how === 'toDynamicValue') bind(machine, site, token, factory(site.at, target))
  else if (how === 'toService') bind(machine, site, token, resolve(machine, site, target))
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
