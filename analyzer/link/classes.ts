// Classes: what a class declaration makes, with its static members.
import type { Location } from '../text/location.js'
import { makeFunction } from './closures.js'
import { applyDecorators } from './decorators.js'
import { childEnvironment, type Environment } from './environment.js'
import { noteBinding } from './namedValues.js'
import { type Frame, type Machine, noteMade } from './machine.js'
import { locate } from './places.js'
import type { ClassValue, FunctionValue } from './value.js'
import { Table } from './table.js'

export function makeClass(machine: Machine, frame: Frame, environment: Environment, id: string, at: Location): ClassValue {
  const facts = frame.source.classes[id]
  if (facts === undefined) throw new Error(`class ${id} has no facts`)
  const superClass = facts.superClass === null ? null : machine.run.evaluate(machine, frame, environment, facts.superClass)
  const value: ClassValue = {
    kind: 'class',
    at,
    source: frame.source,
    facts,
    environment: childEnvironment(environment, 'block'),
    superClass,
    properties: new Table(),
  }
  value.environment.variables.set(facts.name, value)
  machine.classes.set(`${frame.source.file}#${id}`, value)
  noteMade(machine, value)
  const inner: Frame = { ...frame, self: value, owner: value }
  for (const member of facts.members) {
    if (!member.isStatic || typeof member.key !== 'string' || member.kind === 'staticBlock') {
      if (member.kind === 'staticBlock' && member.function !== null)
        machine.run.call(
          machine,
          { at, frame, argsAt: [], isAwaited: false },
          { ...makeFunction(machine, inner, value.environment, member.function, at), self: value },
          value,
          [],
        )
      continue
    }
    if (member.kind === 'method' && member.function !== null) {
      const method: FunctionValue = { ...makeFunction(machine, inner, value.environment, member.function, at), self: value, owner: value }
      noteMade(machine, method)
      value.properties.set(member.key, method)
    }
    if (member.kind === 'field' && member.value !== null) {
      const made = machine.run.evaluate(machine, inner, value.environment, member.value)
      noteBinding(machine, member.key, made, locate(inner, member.node))
      value.properties.set(member.key, made)
    }
  }
  applyDecorators(machine, frame, value)
  return value
}
