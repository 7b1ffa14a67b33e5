// awilix: a container is an object with registrations by name; what is resolved is made with the others as its cradle.
import type { CallSite, FrameworkModel, Machine } from '../link/machine.js'
import { write } from '../link/heapLog.js'
import type { FunctionValue, ObjectValue, Value } from '../link/value.js'
import { literal, objectValue, undefinedAt, unknown } from '../link/values.js'
import { loadedModules } from './awilixModules.js'

/** Keys of container and registration objects; no project code has such names. */
const MODE = 'awilix mode'
const TARGET = 'awilix target'
const KIND = 'awilix kind'
const LIFETIME = 'awilix lifetime'
const registrationKey = (name: string): string => `awilix registration ${name}`
const resolvedKey = (name: string): string => `awilix resolved ${name}`

const FLUENT = new Set(['singleton', 'scoped', 'transient', 'setLifetime', 'inject', 'setInjectionMode', 'proxy', 'classic', 'disposer'])

export const awilix: FrameworkModel = {
  knows: (name) => name === 'awilix',
  callPackage(machine, site, callee, args) {
    if (callee.package !== 'awilix') return null
    const name = callee.path.filter((part) => part !== 'default').join('.')
    switch (name) {
      case 'createContainer':
        return makeContainer(site, args[0])
      case 'asClass':
      case 'asFunction':
      case 'asValue':
      case 'aliasTo':
        return makeRegistration(machine, site, name, args)
      default:
        return null
    }
  },
  onOpaqueCall(machine, site, { callee, args }) {
    if (callee.kind !== 'member') return null
    if (callee.object.kind === 'object') {
      if (callee.object.properties.has(KIND) && FLUENT.has(callee.name)) return applyFluent(machine, site, callee.object, callee.name)
      if (callee.object.properties.has(MODE)) return callContainer(machine, site, callee.object, callee.name, args)
    }
    // `container.cradle.server.start()`
    const { object } = callee
    if (object.kind !== 'member' || object.object.kind !== 'member' || object.object.name !== 'cradle') return null
    const container = object.object.object
    if (container.kind !== 'object' || !container.properties.has(MODE)) return null
    return machine.run.callMethod(machine, site, resolve(machine, site, container, object.name), callee.name, args)
  },
}

/** An empty container. */
export function makeContainer(site: CallSite, options: Value | undefined): ObjectValue {
  const container = objectValue(site.at)
  container.isOpen = true
  const mode = options?.kind === 'object' ? options.properties.get('injectionMode') : undefined
  container.properties.set(MODE, literal(site.at, isClassic(mode) ? 'CLASSIC' : 'PROXY'))
  return container
}

function makeRegistration(machine: Machine, site: CallSite, kind: string, args: readonly Value[]): ObjectValue {
  const registration = objectValue(site.at)
  registration.isOpen = true
  const options = args[1]?.kind === 'object' ? args[1] : null
  write(machine, registration.properties, KIND, literal(site.at, kind))
  write(machine, registration.properties, TARGET, args[0] ?? undefinedAt(site.at))
  if (isClassic(options?.properties.get('injectionMode')))
    write(machine, registration.properties, MODE + ' own', literal(site.at, 'CLASSIC'))
  const lifetime = lifetimeOf(options?.properties.get('lifetime'))
  if (lifetime !== null) write(machine, registration.properties, LIFETIME, literal(site.at, lifetime))
  return registration
}

function applyFluent(machine: Machine, site: CallSite, registration: ObjectValue, name: string): ObjectValue {
  if (name === 'singleton' || name === 'scoped') write(machine, registration.properties, LIFETIME, literal(site.at, name))
  if (name === 'classic' || name === 'proxy') write(machine, registration.properties, MODE + ' own', literal(site.at, name.toUpperCase()))
  return registration
}

function isClassic(mode: Value | undefined): boolean {
  return (mode?.kind === 'package' && mode.path.at(-1) === 'CLASSIC') || (mode?.kind === 'literal' && mode.value === 'CLASSIC')
}

function lifetimeOf(value: Value | undefined): string | null {
  const name = value?.kind === 'package' ? value.path.at(-1) : value?.kind === 'literal' ? String(value.value) : undefined
  return name === 'SINGLETON' || name === 'SCOPED' ? name.toLowerCase() : null
}

/** A method of a container; null for those that say nothing. */
export function callContainer(
  machine: Machine,
  site: CallSite,
  container: ObjectValue,
  name: string,
  args: readonly Value[],
): Value | null {
  const [first, second] = args
  switch (name) {
    case 'register':
      if (first?.kind === 'object')
        for (const [key, value] of first.properties) write(machine, container.properties, registrationKey(key), value)
      if (first?.kind === 'literal' && second !== undefined)
        write(machine, container.properties, registrationKey(String(first.value)), second)
      return container
    case 'loadModules':
      for (const { name: loaded, value } of loadedModules(machine, site, first, second)) {
        const registration = makeRegistration(machine, site, value.kind === 'class' ? 'asClass' : 'asFunction', [value])
        write(machine, container.properties, registrationKey(loaded), registration)
      }
      return container
    case 'createScope':
      return container
    case 'resolve':
      return first?.kind === 'literal' ? resolve(machine, site, container, String(first.value)) : null
    case 'build':
      return first === undefined ? null : make(machine, site, container, first, modeOf(container))
    default:
      return null
  }
}

/** What is registered under a name, made when it is first asked for. */
export function resolve(machine: Machine, site: CallSite, container: ObjectValue, name: string): Value {
  const registration = container.properties.get(registrationKey(name))
  if (registration?.kind !== 'object') return unknown(site.at, `nothing is registered as ${name}`)
  const target = registration.properties.get(TARGET) ?? undefinedAt(site.at)
  const kind = registration.properties.get(KIND)
  const kindName = kind?.kind === 'literal' ? kind.value : null
  if (kindName === 'asValue') return target
  if (kindName === 'aliasTo')
    return target.kind === 'literal'
      ? resolve(machine, site, container, String(target.value))
      : unknown(site.at, 'an alias of a computed name')
  const known = container.properties.get(resolvedKey(name))
  if (known !== undefined) return known
  // awilix refuses cycles; whoever asks while this is being made sees nothing.
  write(machine, container.properties, resolvedKey(name), unknown(site.at, `${name} needs itself`))
  const made = make(machine, site, container, target, modeOf(registration) ?? modeOf(container))
  if (registration.properties.has(LIFETIME)) write(machine, container.properties, resolvedKey(name), made)
  else container.properties.delete(resolvedKey(name))
  return made
}

function modeOf(holder: ObjectValue): string | null {
  const mode = holder.properties.get(`${MODE} own`) ?? holder.properties.get(MODE)
  return mode?.kind === 'literal' ? String(mode.value) : null
}

function make(machine: Machine, site: CallSite, container: ObjectValue, target: Value, mode: string | null): Value {
  const parameters = parametersOf(target)
  const inject = (name: string): Value => resolve(machine, site, container, name)
  const args =
    mode === 'CLASSIC'
      ? parameters.flatMap((parameter) => namesIn(parameter)).map(inject)
      : [cradle(machine, site, container, parameters[0])]
  if (target.kind === 'class') return machine.run.construct(machine, site, target, args)
  return machine.run.call(machine, { ...site, isAwaited: true }, target, null, args)
}

/** The cradle as far as the function takes it apart; the whole of it where it takes it as one. */
function cradle(machine: Machine, site: CallSite, container: ObjectValue, pattern: unknown): ObjectValue {
  const all = [...container.properties.keys()]
    .filter((key) => key.startsWith(registrationKey('')))
    .map((key) => key.slice(registrationKey('').length))
  const isDestructured = Array.isArray(pattern) && pattern[0] === 'objectPattern' && pattern[3] === null
  const wanted = isDestructured ? namesIn(pattern).filter((name) => all.includes(name)) : all
  const result = objectValue(site.at)
  for (const name of wanted) result.properties.set(name, resolve(machine, site, container, name))
  return result
}

function parametersOf(target: Value): readonly unknown[] {
  const fn = target.kind === 'class' ? constructorOf(target) : target.kind === 'function' ? target.facts : null
  return fn?.parameters.map((parameter) => parameter.pattern) ?? []
}

function constructorOf(target: Extract<Value, { kind: 'class' }>): FunctionValue['facts'] | null {
  const member = target.facts.members.find((one) => one.kind === 'constructor' && one.function !== null)
  if (member?.function != null) return target.source.functions[member.function] ?? null
  return target.superClass?.kind === 'class' ? constructorOf(target.superClass) : null
}

/** Names of a parameter: its own, or the keys that it takes apart. */
function namesIn(pattern: unknown): readonly string[] {
  if (!Array.isArray(pattern)) return []
  if (pattern[0] === 'name') return [String(pattern[2])]
  if (pattern[0] === 'default') return namesIn(pattern[2])
  if (pattern[0] !== 'objectPattern') return []
  return (pattern[2] as readonly { key: unknown }[]).flatMap(({ key }) => (typeof key === 'string' ? [key] : []))
}
