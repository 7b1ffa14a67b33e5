// Instances of which only the class is known.
import type { SourceFacts } from '../extract/facts.js'
import type { Frame, Machine } from './machine.js'
import { withinSteps } from './budget.js'
import { conventionalRoles, symbolicParameter } from './roles.js'
import { noteUnit } from './unitIndex.js'
import { newUnit, useUnit, inUnit } from './units.js'
import type { ClassValue, FunctionValue, Value } from './value.js'
import { Table } from './table.js'

const INSTANCE_STEPS = 300_000

/** An instance made with arguments of which only the declared types are known; the same one for each class. */
export function genericInstance(machine: Machine, target: ClassValue): Value {
  const known = machine.instances.get(target)
  if (known !== undefined) {
    useUnit(machine.unit, known.unit)
    return known.value
  }
  const entry: { value: Value; unit: ReturnType<typeof newUnit> } = {
    value: { kind: 'unknown', at: target.at, why: 'instance' },
    unit: newUnit('instance'),
  }
  machine.instances.set(target, entry)
  noteUnit(machine, entry.unit)
  const { sweepDepth } = machine
  machine.sweepDepth = 0
  withinSteps(machine, INSTANCE_STEPS, entry.unit, `${target.source.file}#class ${target.facts.id}`, () => {
    inUnit(machine, entry.unit, 'handler', () => {
      entry.value = machine.run.construct(
        machine,
        { at: target.at, frame: frameOf(target), argsAt: [], isAwaited: false },
        target,
        constructorArguments(target),
      )
    })
  })
  machine.sweepDepth = sweepDepth
  useUnit(machine.unit, entry.unit)
  return entry.value
}

function constructorArguments(target: ClassValue): readonly Value[] {
  const member = target.facts.members.find((one) => one.kind === 'constructor' && one.function !== null)
  const facts = member?.function == null ? undefined : target.source.functions[member.function]
  if (facts === undefined) return []
  const fn: FunctionValue = {
    kind: 'function',
    at: target.at,
    source: target.source,
    facts,
    environment: target.environment,
    self: null,
    bound: [],
    owner: target,
    properties: new Table(),
  }
  return facts.parameters.map((_, index) => symbolicParameter(fn, index, conventionalRoles(facts)[index] ?? 'unknown'))
}

function frameOf(target: ClassValue): Frame {
  const facts = target.source.functions[target.facts.owner] as SourceFacts['functions'][string]
  return { source: target.source, facts, self: target, fn: null, owner: null, args: [], returns: [], guardBase: 0 }
}
