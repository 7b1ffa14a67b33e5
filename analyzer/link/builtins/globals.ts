// Global objects and functions of JavaScript and Node.
import { spreadInto } from '../compositeLiterals.js'
import { keepGetter } from '../getters.js'
import { exportNames, exportedValue } from '../moduleExports.js'
import type { CallSite, Machine } from '../machine.js'
import { record } from '../records.js'
import { write } from '../heapLog.js'
import { concatenate, unary } from '../operators.js'
import { asPromise, defer } from '../promises.js'
import type { ObjectValue, Value } from '../value.js'
import { arrayValue, choice, literal, objectValue, promiseOf, resultValue, SPREAD, truthOf, undefinedAt } from '../values.js'
import { metadataMethod } from './metadata.js'
import { parsedText } from '../fileTexts.js'
import { combined, NATIVE, newPromise } from './promiseMethods.js'

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
      if (first?.kind === 'object') made.external = first
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
    case 'Array.from':
      if (first?.kind === 'array')
        return args[1] === undefined
          ? arrayValue(at, [...first.elements], first.isOpen)
          : machine.run.callMethod(machine, site, first, 'map', [args[1]])
      return first?.kind === 'object' && (first.role === 'set' || first.role === 'map')
        ? machine.run.callMethod(machine, site, first, first.role === 'set' ? 'values' : 'entries', [])
        : null
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
      return first === undefined ? null : parsedText(machine, site, first)
    case 'process.nextTick':
      return runLater(machine, site, 'process.nextTick', args, args.slice(1))
    case 'Promise.new':
      return newPromise(machine, site, first)
    case 'Map.new':
    case 'Set.new':
    case 'WeakMap.new':
      return newCollection(machine, site, global === 'Set' ? 'set' : 'map', first)
    case 'Reflect.get':
      return first !== undefined && args[1]?.kind === 'literal' ? machine.run.getMember(machine, site, first, String(args[1].value)) : null
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

/** Calls of global functions: `require(x)`, `String(x)`, `setTimeout(f)`… */
export function callGlobal(machine: Machine, site: CallSite, name: string, args: readonly Value[]): Value | null {
  const { at } = site
  const first = args[0]
  switch (name) {
    case 'require': {
      if (first?.kind === 'literal') return machine.run.requireModule(machine, site, String(first.value))
      if (first?.kind === 'choice')
        return choice(
          at,
          'join',
          first.options.map((option) => callGlobal(machine, site, 'require', [option]) ?? undefinedAt(at)),
        )
      return null
    }
    case 'String':
      return first === undefined ? literal(at, '') : isFoldable(first) ? concatenate(at, [first]) : null
    case 'Number':
    case 'parseInt':
    case 'parseFloat': {
      if (first?.kind !== 'literal' || typeof first.value === 'bigint') return null
      if (name === 'Number') return literal(at, Number(first.value))
      return literal(at, name === 'parseInt' ? Number.parseInt(String(first.value), 10) : Number.parseFloat(String(first.value)))
    }
    case 'Boolean':
      return first === undefined ? literal(at, false) : truthOf(first) === 'unknown' ? null : unary(at, '!', unary(at, '!', first))
    case 'structuredClone':
      return first ?? null
    case 'setTimeout':
    case 'setImmediate':
    case 'setInterval':
    case 'queueMicrotask':
      return runLater(machine, site, name, args, name === 'setTimeout' || name === 'setInterval' ? args.slice(2) : args.slice(1))
    default:
      return null
  }
}

/** Work for the queue: a function of the project, or one that the boot handed out (`resolve`). */
function runLater(machine: Machine, site: CallSite, name: string, args: readonly Value[], passed: readonly Value[]): Value | null {
  const [work] = args
  const { at } = site
  if (work?.kind !== 'function' && !(work?.kind === 'package' && work.package === NATIVE)) return null
  const call = record(machine, site.frame, {
    at,
    callee: { kind: 'global', at, name },
    receiver: null,
    args,
    argsAt: site.argsAt,
    isNew: false,
    isWrite: false,
    isAwaited: false,
  })
  const run = (): void => void machine.run.call(machine, { ...site, isAwaited: true }, work, null, passed)
  if (machine.phase === 'boot') defer(machine, run)
  else run()
  return resultValue(at, call)
}

function isFoldable(value: Value): boolean {
  return value.kind === 'literal' || value.kind === 'template'
}

function getterResult(machine: Machine, site: CallSite, descriptor: ObjectValue): Value | undefined {
  const getter = descriptor.properties.get('get')
  return getter === undefined ? undefined : machine.run.call(machine, site, getter, null, [])
}

/** Properties as a list; a namespace lists what its module exports. */
function listed(machine: Machine, site: CallSite, value: Value | undefined, pick: (entry: [string, Value]) => Value): Value | null {
  if (value?.kind === 'array')
    return arrayValue(
      site.at,
      value.elements.map((element, index) => pick([String(index), element])),
      value.isOpen,
    )
  if (value?.kind !== 'object') return null
  const file = machine.namespaces.get(value)
  const entries: [string, Value][] =
    file === undefined
      ? [...value.properties].filter(([key]) => key !== SPREAD)
      : exportNames(machine, file).map((name) => [name, exportedValue(machine, site, file, name) ?? undefinedAt(site.at)])
  return arrayValue(site.at, entries.map(pick), value.isOpen)
}

function assignAll(machine: Machine, site: CallSite, args: readonly Value[]): Value | null {
  const [target, ...sources] = args
  if (target === undefined) return null
  if (target.kind === 'object') {
    for (const source of sources) {
      if (source.kind === 'object') {
        for (const [key, value] of source.properties) {
          write(machine, target.properties, key, value)
          target.writtenAt.set(key, source.writtenAt.get(key) ?? site.at)
        }
        if (source.isOpen) target.isOpen = true
      } else spreadInto(machine, site, target, source)
    }
    return target
  }
  if (target.kind === 'result' || target.kind === 'member' || target.kind === 'parameter') {
    // Something opaque gets properties: written one by one, as assignments would.
    if (!sources.every((source) => source.kind === 'object' && !source.isOpen)) return null
    for (const source of sources)
      if (source.kind === 'object') for (const [key, value] of source.properties) machine.run.setMember(machine, site, target, key, value)
    return target
  }
  if (target.kind !== 'function' && target.kind !== 'scope' && target.kind !== 'class') return null
  for (const source of sources)
    if (source.kind === 'object') for (const [key, value] of source.properties) write(machine, target.properties, key, value)
  return target
}

function fromEntries(at: Value['at'], list: Value | undefined): Value | null {
  if (list?.kind !== 'array') return null
  const made = objectValue(at)
  for (const entry of list.elements) {
    const [key, value] = entry.kind === 'array' ? entry.elements : []
    if (key?.kind === 'literal' && value !== undefined) made.properties.set(String(key.value), value)
    else made.isOpen = true
  }
  return made
}

function newCollection(machine: Machine, site: CallSite, role: 'map' | 'set', initial: Value | undefined): Value {
  const made = objectValue(site.at, role)
  if (initial?.kind === 'array') {
    for (const element of initial.elements) {
      if (role === 'set') machine.run.callMethod(machine, site, made, 'add', [element])
      else if (element.kind === 'array') machine.run.callMethod(machine, site, made, 'set', element.elements)
    }
  } else if (initial !== undefined && initial.kind !== 'literal') made.isOpen = true
  return made
}
