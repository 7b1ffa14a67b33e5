// Applications that are passed to code which the boot does not see, and may register something there.
import type { CallSite, Machine } from '../link/machine.js'
import { addGap } from '../link/records.js'
import { isOwnPackage } from '../link/ownPackages.js'
import type { CallRecord, ScopeValue, Value } from '../link/value.js'
import { effectOf } from './knownPackages.js'
import { noteRegistrar, packageBehind } from './routeRegistrars.js'

/** Applications and routers among the arguments. */
export function scopesIn(call: CallRecord): readonly ScopeValue[] {
  const found: ScopeValue[] = []
  for (const arg of call.args) {
    if (arg.kind === 'scope') found.push(arg)
    if (arg.kind === 'object' && arg.role === 'plain') for (const one of arg.properties.values()) if (one.kind === 'scope') found.push(one)
  }
  return found
}

/** Notes a gap where the callee may register something. */
export function escape(machine: Machine, site: CallSite, value: ScopeValue, call: CallRecord): void {
  if (lacksMethod(call.callee)) return
  let root: Value = call.callee
  while (root.kind === 'member' || root.kind === 'result') root = root.kind === 'member' ? root.object : root.call.callee
  // `plugin.ready?.(app)` of a plugin that has no such function.
  if (root.kind === 'literal' || root.kind === 'scope' || (root.kind === 'global' && RUNTIME.test(root.name))) return
  if (root.kind === 'package') {
    if (HARMLESS.test(root.package) || noteRegistrar(machine, value.scope, site.at, packageBehind(call.callee) ?? root)) return
    if (effectOf(root.package, root.path) !== null) return
    const isBlind = isOwnPackage(machine.world.packages, root.package)
    addGap(machine, value.scope, { at: site.at, why: `${root.package} receives the application`, isBlind, package: root.package })
    return
  }
  addGap(machine, value.scope, {
    at: site.at,
    why: 'the application is passed to code that could not be resolved',
    isBlind: true,
    package: null,
  })
}

/** `module.setup?.(app)` where the object is known and has no such method: nothing is called. */
function lacksMethod(callee: Value): boolean {
  if (callee.kind !== 'member' || callee.object.kind !== 'object') return false
  const { properties, isOpen, instanceOf, external, role } = callee.object
  return role === 'plain' && !isOpen && instanceOf === null && external === null && !properties.has(callee.name)
}

/** Servers, serverless adapters and packages in the registry do nothing to an application that would hide something. */
const HARMLESS =
  /^(?:https?|http2|net|spdy|util|events|serverless-http|@vendia\/serverless-express|aws-serverless-express|azure-aws-serverless-express|azure-function-express|@codegenie\/serverless-express|supertest|console|stoppable|http-terminator|http-graceful-shutdown|@godaddy\/terminus|lightship|close-with-grace)$/

/** Globals of the runtime itself. Any other, and `require` of a path that is not known, may register something. */
const RUNTIME =
  /^(?:console|Promise|Object|Array|Reflect|process|JSON|Map|Set|WeakMap|WeakSet|WeakRef|Symbol|Proxy|String|Number|Boolean|Math|Error|Function|Date|RegExp|Buffer|setTimeout|setInterval|setImmediate|queueMicrotask|structuredClone|globalThis|global|module|exports)$/
