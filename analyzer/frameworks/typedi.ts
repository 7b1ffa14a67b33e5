// typedi: a heap keyed by classes, tokens and names; classes are made with what their constructors and fields ask for.
import type { ClassMemberFacts, DecoratorFacts, Expression, ParameterFacts, TypeFacts } from '../extract/facts.js'
import type { CallSite, Frame, FrameworkModel, Machine } from '../link/machine.js'
import { write } from '../link/heapLog.js'
import type { ClassValue, ObjectValue, Value } from '../link/value.js'
import { undefinedAt, unknown } from '../link/values.js'
import { locationKey } from '../text/location.js'

export const typedi: FrameworkModel = {
  callPackage(machine, site, callee, args) {
    if (callee.package !== 'typedi') return null
    const name = callee.path.filter((part) => part !== 'default' && part !== 'Container').join('.')
    const [first, second] = args
    switch (name) {
      case 'get':
      case 'of.get':
        return first === undefined ? null : resolve(machine, site, first)
      case 'set':
        if (first !== undefined) set(machine, site, first, second)
        return callee.path.at(-1) === 'set' ? { ...callee, path: callee.path.slice(0, -1) } : null
      default:
        return null
    }
  },
  callScope: () => null,
  onOpaqueCall: () => null,
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

/** A token is the place that made it. */
function keyOf(id: Value): string | null {
  switch (id.kind) {
    case 'class':
      return `typedi class ${id.source.file}#${id.facts.id}`
    case 'literal':
      return `typedi name ${String(id.value)}`
    case 'result':
      return `typedi token ${locationKey(id.call.at)}`
    default:
      return null
  }
}

function resolve(machine: Machine, site: CallSite, id: Value): Value {
  const key = keyOf(id)
  if (key === null) return unknown(site.at, 'a service by an unknown key')
  const known = machine.containers.get(key)
  if (known !== undefined) return known
  const target = id.kind === 'class' ? id : classWithId(machine, key)
  if (target === null) return unknown(site.at, 'no such service is set')
  return make(machine, site, target, key)
}

function make(machine: Machine, site: CallSite, target: ClassValue, key: string): Value {
  write(machine, machine.containers, key, unknown(site.at, `${target.facts.name} needs itself`))
  const instance = machine.run.construct(machine, site, target, constructorArguments(machine, site, target))
  write(machine, machine.containers, key, instance)
  if (instance.kind === 'object') injectFields(machine, site, target, instance)
  return instance
}

function constructorArguments(machine: Machine, site: CallSite, target: ClassValue): readonly Value[] {
  for (let current: Value | null = target; current?.kind === 'class'; current = current.superClass) {
    const owner: ClassValue = current
    const member = owner.facts.members.find((one) => one.kind === 'constructor' && one.function !== null)
    if (member?.function == null) continue
    return (owner.source.functions[member.function]?.parameters ?? []).map((parameter) => injected(machine, site, owner, parameter))
  }
  return []
}

function injectFields(machine: Machine, site: CallSite, target: ClassValue, instance: ObjectValue): void {
  for (let current: Value | null = target; current?.kind === 'class'; current = current.superClass) {
    for (const member of current.facts.members) {
      if (member.kind !== 'field' || typeof member.key !== 'string' || injectOf(member.decorators) === null) continue
      write(machine, instance.properties, member.key, injected(machine, site, current, member))
    }
  }
}

/** What `@Inject(…)` names, else what the declared type is. */
function injected(machine: Machine, site: CallSite, owner: ClassValue, place: ParameterFacts | ClassMemberFacts): Value {
  const argument = injectOf(place.decorators)?.[0]
  if (argument !== undefined) {
    const named = evaluateIn(machine, owner, argument)
    return resolve(machine, site, named.kind === 'function' ? machine.run.call(machine, site, named, null, []) : named)
  }
  return byType(machine, site, owner, place.type)
}

function byType(machine: Machine, site: CallSite, owner: ClassValue, type: TypeFacts | null): Value {
  if (type === null) return undefinedAt(site.at)
  const named = machine.run.readName(machine, frameOf(owner), owner.environment, type.name, owner.at)
  return named.kind === 'class' ? resolve(machine, site, named) : { kind: 'typed', at: site.at, type }
}

/** Arguments of `@Inject(…)`; null where there is no such decorator. */
function injectOf(decorators: readonly DecoratorFacts[]): readonly Expression[] | null {
  return argumentsOf(decorators, 'Inject')
}

function argumentsOf(decorators: readonly DecoratorFacts[], name: string): readonly Expression[] | null {
  for (const { expression } of decorators) {
    if (expression[0] === 'call' && expression[2][0] === 'name' && expression[2][2] === name) return expression[3]
  }
  return null
}

/** The class that `@Service(id)` or `@Service({ id })` registers under this key. */
function classWithId(machine: Machine, key: string): ClassValue | null {
  for (const candidate of machine.classes.values()) {
    const argument = argumentsOf(candidate.facts.decorators, 'Service')?.[0]
    if (argument === undefined) continue
    const options = evaluateIn(machine, candidate, argument)
    const id = options.kind === 'object' ? options.properties.get('id') : options
    if (id !== undefined && keyOf(id) === key) return candidate
  }
  return null
}

function evaluateIn(machine: Machine, owner: ClassValue, expression: Expression): Value {
  return machine.run.evaluate(machine, frameOf(owner), owner.environment, expression)
}

/** The function in which the class stands: its decorators are written there. */
function frameOf(owner: ClassValue): Frame {
  const facts = owner.source.functions[owner.facts.owner]
  if (facts === undefined) throw new Error(`class ${owner.facts.name} stands in no function`)
  return { source: owner.source, facts, self: owner, fn: null, owner, args: [], returns: [], guardBase: 0 }
}
