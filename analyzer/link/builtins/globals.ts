// Methods of global objects of JavaScript and Node.
import { removeProperty } from '../assignment.js'
import { parsedText } from '../fileTexts.js'
import { keepGetter } from '../getters.js'
import { type CallSite, type Machine, ROOT } from '../machine.js'
import { newFileUrl, newUrl } from '../nodePaths.js'
import { packagesOver } from '../packageVersions.js'
import { asPromise } from '../promises.js'
import type { Value } from '../value.js'
import { arrayValue, literal, objectValue, promiseOf, undefinedAt } from '../values.js'
import { arrayFrom, newArray } from './arrayMaking.js'
import { copyOf } from './copies.js'
import { runLater } from './globalFunctions.js'
import { proxyOf } from './proxies.js'
import { ownDescriptor, ownNames, prototypeOf } from './reflection.js'
import { metadataMethod } from './metadata.js'
import { assignAll, fromEntries, getterResult, listed } from './objectMethods.js'
import { combined, newPromise } from './promiseMethods.js'

/** `Object.keys(x)`, `Promise.all(x)`, `new Map()` (method `new`)… null where the call stays opaque. */
export function globalMethod(machine: Machine, site: CallSite, global: string, name: string, args: readonly Value[]): Value | null {
  const { at } = site
  const first = args[0]
  switch (`${global}.${name}`) {
    case 'Object.keys':
      return listed(machine, site, first, ([key]) => literal(at, key))
    case 'Object.values':
      return listed(machine, site, first, ([, value]) => value)
    case 'Object.entries':
      return listed(machine, site, first, ([key, value]) => arrayValue(at, [literal(at, key), value]))
    case 'Object.getOwnPropertyNames':
    case 'Reflect.ownKeys':
      return ownNames(at, first)
    case 'Object.getOwnPropertyDescriptor':
    case 'Reflect.getOwnPropertyDescriptor':
      return ownDescriptor(machine, site, first, args[1])
    case 'Object.getPrototypeOf':
    case 'Reflect.getPrototypeOf':
      return prototypeOf(at, first)
    case 'Object.freeze':
    case 'Object.seal':
    case 'Object.preventExtensions':
      return first ?? undefinedAt(at)
    case 'Object.assign':
      return assignAll(machine, site, args)
    case 'Object.fromEntries':
      return fromEntries(at, first)
    case 'Object.create': {
      const made = objectValue(at)
      if (first !== undefined && first.kind !== 'literal') made.external = first
      return made
    }
    case 'Object.defineProperty': {
      const [target, key, descriptor] = args
      const value =
        descriptor?.kind === 'object' ? (descriptor.properties.get('value') ?? getterResult(machine, site, descriptor)) : undefined
      if (target !== undefined && key?.kind === 'literal' && value !== undefined)
        machine.run.setMember(machine, site, target, String(key.value), value)
      const getter = descriptor?.kind === 'object' ? descriptor.properties.get('get') : undefined
      if (target?.kind === 'object' && key?.kind === 'literal' && getter?.kind === 'function')
        keepGetter(machine, target, String(key.value), getter)
      return target ?? undefinedAt(at)
    }
    case 'Object.setPrototypeOf':
      if (first?.kind === 'object' && args[1] !== undefined) first.external = args[1]
      return first ?? undefinedAt(at)
    case 'Array.isArray':
      return first === undefined || !['array', 'object', 'function', 'literal', 'class', 'scope', 'regex', 'template'].includes(first.kind)
        ? null
        : literal(at, first.kind === 'array')
    case 'Number.isNaN':
      return first?.kind === 'literal' ? literal(at, Number.isNaN(first.value)) : null
    case 'Array.from':
      return arrayFrom(machine, site, first, args[1])
    case 'Array.new':
      return newArray(machine, site, args)
    case 'Array.of':
      return arrayValue(at, [...args])
    case 'Promise.resolve':
      return first === undefined ? promiseOf(at, undefinedAt(at)) : asPromise(first)
    case 'Promise.all':
    case 'Promise.allSettled':
    case 'Promise.race':
    case 'Promise.any':
      return combined(machine, site, name, first)
    case 'JSON.parse':
      return first === undefined ? null : (parsedText(machine, site, first) ?? copied(machine, first))
    case 'process.cwd':
      return workingFolder(machine, site)
    case 'process.nextTick':
      return runLater(machine, site, 'process.nextTick', args, args.slice(1))
    case 'Promise.new':
      return newPromise(machine, site, first)
    case 'URL.new':
      return newFileUrl(site, args) ?? newUrl(machine, site, args)
    case 'Map.new':
    case 'Set.new':
    case 'WeakMap.new':
      return newCollection(machine, site, global === 'Set' ? 'set' : 'map', first)
    case 'Proxy.new':
      return proxyOf(machine, site, first, args[1])
    case 'Reflect.get':
      return first !== undefined && args[1]?.kind === 'literal' ? machine.run.getMember(machine, site, first, String(args[1].value)) : null
    case 'Reflect.deleteProperty':
      return first === undefined || args[1] === undefined ? null : removeProperty(machine, first, args[1], at)
    case 'Reflect.apply':
      return first !== undefined && args[2]?.kind === 'array' && !args[2].isOpen
        ? machine.run.call(machine, site, first, args[1] ?? null, args[2].elements)
        : null
    case 'Reflect.construct':
      return first !== undefined && args[1]?.kind === 'array' && !args[1].isOpen
        ? machine.run.construct(machine, site, first, args[1].elements)
        : null
    case 'Reflect.defineMetadata':
    case 'Reflect.getMetadata':
    case 'Reflect.getOwnMetadata':
    case 'Reflect.hasMetadata':
    case 'Reflect.hasOwnMetadata':
      return metadataMethod(machine, site, name, args)
    case 'require.resolve':
      return first ?? null
    default:
      return null
  }
}

/** A program is started from the folder of its package; null while serving, since it may have gone elsewhere. */
function workingFolder({ main, phase, world }: Machine, { at }: CallSite): Value | null {
  if (main === null || phase !== 'boot') return null
  const folder = packagesOver(world.packages, main)[0]?.folder ?? ''
  return literal(at, folder === '' ? ROOT : `${ROOT}/${folder}`)
}

/** `JSON.parse(JSON.stringify(value))` at start. */
function copied({ phase }: Machine, text: Value): Value | null {
  if (phase !== 'boot' || text.kind !== 'result') return null
  const { callee, args } = text.call
  const isCopy = callee.kind === 'member' && callee.name === 'stringify' && callee.object.kind === 'global' && callee.object.name === 'JSON'
  return isCopy && args[0] !== undefined ? copyOf(args[0]) : null
}

function newCollection(machine: Machine, site: CallSite, role: 'map' | 'set', initial: Value | undefined): Value {
  const made = objectValue(site.at, role)
  if (initial?.kind === 'array') {
    if (initial.mayLack !== undefined) made.mayLack = role === 'set' ? initial.mayLack : 'any'
    for (const element of initial.elements) {
      if (role === 'set') machine.run.callMethod(machine, site, made, 'add', [element])
      else if (element.kind === 'array') machine.run.callMethod(machine, site, made, 'set', element.elements)
    }
  } else if (initial !== undefined && initial.kind !== 'literal') made.isOpen = true
  return made
}
