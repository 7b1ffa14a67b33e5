// What the language itself does: methods of known arrays, strings, collections, promises, functions and global objects.
import type { CallSite, Machine } from '../machine.js'
import { isFilledByServing } from '../heapLog.js'
import type { Value } from '../value.js'
import { arrayMethod } from './arrays.js'
import { collectionMethod } from './collections.js'
import { functionMethod } from './functions.js'
import { globalMethod } from './globals.js'
import { promiseMethod } from './promiseMethods.js'
import { regexMethod, stringMethod } from './strings.js'

/** Methods of lists that give or ask for elements. */
const READS = new Set(
  'at entries every filter find findIndex findLast flat flatMap forEach includes indexOf join map pop reduce reverse shift slice some splice values'.split(
    ' ',
  ),
)

/** The result of a built-in method, or null where the receiver is no built-in or the method is not modelled. */
export function callBuiltin(machine: Machine, site: CallSite, receiver: Value, name: string, args: readonly Value[]): Value | null {
  switch (receiver.kind) {
    case 'array':
      return READS.has(name) && isFilledByServing(machine, receiver) ? null : arrayMethod(machine, site, receiver, name, args)
    case 'literal':
      return typeof receiver.value === 'string' ? stringMethod(site, receiver.value, name, args) : null
    case 'regex':
      return regexMethod(site, receiver, name, args)
    case 'object':
      return receiver.role === 'map' || receiver.role === 'set' ? collectionMethod(machine, site, receiver, name, args) : null
    case 'promise':
      return promiseMethod(machine, site, receiver, name, args)
    case 'function':
      return functionMethod(machine, site, receiver, name, args)
    case 'scope':
      return ownMethod(machine, site, receiver, name, args)
    case 'global':
      return globalMethod(machine, site, receiver.name, name, args)
    case 'member':
      // `[].concat.apply(…)`, `Array.prototype.slice.call(…)` and friends.
      return name === 'apply' || name === 'call' || name === 'bind' ? indirectCall(machine, site, receiver, name, args) : null
    default:
      return null
  }
}

function indirectCall(
  machine: Machine,
  site: CallSite,
  method: Extract<Value, { kind: 'member' }>,
  name: string,
  args: readonly Value[],
): Value | null {
  const [self, ...rest] = args
  if (self === undefined || name === 'bind') return name === 'bind' ? method : null
  const list = name === 'apply' ? (rest[0]?.kind === 'array' && !rest[0].isOpen ? rest[0].elements : null) : rest
  if (list === null || (self.kind !== 'array' && self.kind !== 'scope')) return null
  if (self.kind === 'scope' && method.object.kind === 'scope') return ownMethod(machine, site, self, method.name, list)
  return machine.run.callMethod(machine, site, self, method.name, list)
}

/** The framework's own method, also where the project put another in its place: `const use = app.use.bind(app)` was taken before. */
function ownMethod(
  machine: Machine,
  site: CallSite,
  scope: Extract<Value, { kind: 'scope' }>,
  name: string,
  args: readonly Value[],
): Value | null {
  machine.scopeCalls++
  for (const framework of machine.frameworks) {
    const answer = framework.callScope?.(machine, site, scope, name, args) ?? null
    if (answer !== null) return answer
  }
  return null
}
