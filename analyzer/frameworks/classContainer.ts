// Containers that make classes with what their constructors and fields ask for: a heap keyed by classes, tokens and names.
import type { ClassMemberFacts, DecoratorFacts, Expression, ParameterFacts, TypeFacts } from '../extract/facts.js'
import type { CallSite, Frame, Machine } from '../link/machine.js'
import { write } from '../link/heapLog.js'
import type { ClassValue, ObjectValue, Value } from '../link/value.js'
import { arrayValue, undefinedAt, unknown } from '../link/values.js'
import { type Location, locationKey } from '../text/location.js'

/** A token is the place that made it. */
export function keyOf(id: Value): string | null {
  switch (id.kind) {
    case 'class':
      return `container class ${id.source.file}#${id.facts.id}`
    case 'literal':
      return `container name ${String(id.value)}`
    case 'result':
      return `container token ${locationKey(id.call.at)}`
    default:
      return null
  }
}

/** What the container gives for a class, a token or a name: the same each time. */
export function resolve(machine: Machine, site: CallSite, id: Value): Value {
  const key = keyOf(id)
  if (key === null) return unknown(site.at, 'a service by an unknown key')
  const known = machine.containers.get(key)
  if (known !== undefined) return known
  const bound = boundUnder(machine, key).at(-1)
  const target = bound ?? (id.kind === 'class' ? id : classesWithId(machine, key)[0])
  if (target === undefined) return unknown(site.at, 'no such service is set')
  const made = target.kind === 'class' ? make(machine, site, target, key) : madeBy(machine, site, target)
  write(machine, machine.containers, key, made)
  return made
}

/** All that was bound under one key, in order. */
export function resolveAll(machine: Machine, site: CallSite, id: Value): Value {
  const key = keyOf(id)
  const bound = key === null ? [] : [...boundUnder(machine, key), ...classesWithId(machine, key)]
  return arrayValue(
    site.at,
    bound.map((one) => (one.kind === 'class' ? resolve(machine, site, one) : madeBy(machine, site, one))),
  )
}

/** True where something was bound under the key. */
export function isBound(machine: Machine, id: Value): boolean {
  const key = keyOf(id)
  return key !== null && boundUnder(machine, key).length > 0
}

/** Says what a key gives: a class that is made when it is asked for, a factory that is called then, or a value. */
export function bind(machine: Machine, site: CallSite, id: Value, target: Value): void {
  const key = keyOf(id)
  if (key === null) return
  write(machine, machine.containers, boundKey(key), arrayValue(site.at, [...boundUnder(machine, key), target]))
}

/** A factory that `bind` is given, as distinct from a function that is the value itself, with what the container hands to it. */
export function factory(at: Location, fn: Value, given: Value): Value {
  return { kind: 'promise', at, result: arrayValue(at, [fn, given]) }
}

function madeBy(machine: Machine, site: CallSite, target: Value): Value {
  if (target.kind !== 'promise' || target.result?.kind !== 'array') return target
  const [fn, ...given] = target.result.elements
  return fn === undefined ? unknown(site.at, 'no such service is set') : machine.run.call(machine, site, fn, null, given)
}

function boundUnder(machine: Machine, key: string): readonly Value[] {
  const bound = machine.containers.get(boundKey(key))
  return bound?.kind === 'array' ? bound.elements : []
}

function boundKey(key: string): string {
  return `bound to ${key}`
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

/** What `@Inject(…)` or `@inject(…)` names, else what the declared type is. */
function injected(machine: Machine, site: CallSite, owner: ClassValue, place: ParameterFacts | ClassMemberFacts): Value {
  const all = argumentsOf(place.decorators, /^(?:multiInject|injectAll)$/)?.[0]
  if (all !== undefined) return resolveAll(machine, site, evaluateIn(machine, owner, all))
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
  return argumentsOf(decorators, /^[Ii]nject$/)
}

function argumentsOf(decorators: readonly DecoratorFacts[], name: RegExp): readonly Expression[] | null {
  for (const { expression } of decorators) {
    if (expression[0] === 'call' && expression[2][0] === 'name' && name.test(expression[2][2])) return expression[3]
  }
  return null
}

/** Classes that `@Service(id)` or `@Service({ id })` registers under this key. */
function classesWithId(machine: Machine, key: string): readonly ClassValue[] {
  return [...machine.classes.values()].filter((candidate) => {
    const argument = argumentsOf(candidate.facts.decorators, /^Service$/)?.[0]
    if (argument === undefined) return false
    const options = evaluateIn(machine, candidate, argument)
    const id = options.kind === 'object' ? options.properties.get('id') : options
    return id !== undefined && keyOf(id) === key
  })
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
