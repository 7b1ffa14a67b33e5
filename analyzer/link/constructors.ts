// Constructors: instances of project classes, `super` and the fields that an instance begins with.
import type { FunctionFacts } from '../extract/facts.js'
import { memberFunction } from './classMembers.js'
import { noteDelivery } from './deliveries.js'
import { runInitializers } from './decoratorContext.js'
import { noteBinding } from './namedValues.js'
import { write } from './heapLog.js'
import type { CallSite, Frame, Machine } from './machine.js'
import { locate } from './places.js'
import { record } from './records.js'
import { isRunaway } from './recursion.js'
import { inline } from './runBody.js'
import type { ClassValue, ObjectValue, Value } from './value.js'
import { objectValue, undefinedAt, unknown } from './values.js'

export function instantiate(machine: Machine, site: CallSite, target: ClassValue, args: readonly Value[]): ObjectValue {
  const instance = objectValue(site.at, 'instance', target)
  runConstructor(machine, site, target, instance, args)
  return instance
}

/** `super(...args)` in a constructor. */
export function callSuper(machine: Machine, site: CallSite, args: readonly Value[]): Value {
  const { owner, self } = site.frame
  const parent = owner?.superClass ?? null
  if (owner === null || self.kind !== 'object') return undefinedAt(site.at)
  if (parent?.kind === 'class') runConstructor(machine, site, parent, self, args)
  else {
    record(machine, site.frame, {
      at: site.at,
      callee: parent ?? unknown(site.at, 'super'),
      receiver: null,
      args,
      argsAt: site.argsAt,
      isNew: true,
      isWrite: false,
      isAwaited: false,
    })
    extend(machine, site, self, parent)
  }
  initialiseFields(machine, owner, self)
  return undefinedAt(site.at)
}

function runConstructor(machine: Machine, site: CallSite, target: ClassValue, instance: ObjectValue, args: readonly Value[]): void {
  const member = target.facts.members.find((one) => one.kind === 'constructor' && one.function !== null)
  const parent = target.superClass
  if (member?.function == null) {
    if (parent?.kind === 'class') runConstructor(machine, site, parent, instance, args)
    else if (parent !== null) extend(machine, site, instance, parent)
    initialiseFields(machine, target, instance)
    return
  }
  const facts = target.source.functions[member.function]
  if (parent === null) {
    if (facts !== undefined) assignParameters(machine, facts, instance, args)
    initialiseFields(machine, target, instance)
  }
  if (facts === undefined) return
  const fn = memberFunction(target, member, facts, instance)
  if (isRunaway(machine, fn, instance, args)) return
  // What is handed on with the instance is asked for where any such instance stands.
  noteDelivery(machine, site, fn, args)
  inline(machine, site, fn, instance, args)
}

/** `constructor(private readonly jwt: JwtService)`: fields begin with what such parameters gave. */
function assignParameters(machine: Machine, { parameters }: FunctionFacts, instance: ObjectValue, args: readonly Value[]): void {
  for (const [index, { isProperty, pattern }] of parameters.entries()) {
    const named = pattern[0] === 'default' ? pattern[2] : pattern
    const value = args[index]
    if (isProperty && named[0] === 'name' && value !== undefined) write(machine, instance.properties, named[2], value)
  }
}

function extend(machine: Machine, site: CallSite, instance: ObjectValue, parent: Value | null): void {
  instance.external = parent
  if (parent?.kind === 'package') for (const framework of machine.frameworks) framework.extend?.(machine, site, instance, parent)
}

function initialiseFields(machine: Machine, target: ClassValue, instance: ObjectValue): void {
  const owner = target.source.functions[target.facts.owner]
  if (owner === undefined) return
  const frame: Frame = {
    source: target.source,
    facts: owner,
    self: instance,
    fn: null,
    owner: target,
    args: [],
    returns: [],
    guardBase: machine.guards.length,
  }
  runInitializers(machine, frame, target, instance)
  for (const member of target.facts.members) {
    if (member.kind !== 'field' || member.isStatic || typeof member.key !== 'string') continue
    if (member.value === null) continue
    const value = machine.run.evaluate(machine, frame, target.environment, member.value)
    noteBinding(machine, member.key, value, locate(frame, member.node))
    write(machine, instance.properties, member.key, value)
    instance.writtenAt.set(member.key, locate(frame, member.node))
  }
}
