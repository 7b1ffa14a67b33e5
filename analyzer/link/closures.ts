// Function values: a function of the project with the environment that it was made in.
import type { FunctionId } from '../extract/facts.js'
import type { Location } from '../text/location.js'
import type { Environment } from './environment.js'
import { type Frame, type Machine, noteMade } from './machine.js'
import { functionKey } from './places.js'
import { addToSet, addToTable } from './units.js'
import type { FunctionValue } from './value.js'
import { Table } from './table.js'

export function makeFunction(machine: Machine, frame: Frame, environment: Environment, id: FunctionId, at: Location): FunctionValue {
  const facts = frame.source.functions[id] ?? frame.facts
  const self = facts.kind === 'arrow' ? frame.self : null
  const fn: FunctionValue = {
    kind: 'function',
    at,
    source: frame.source,
    facts,
    environment,
    self,
    bound: [],
    owner: facts.kind === 'arrow' ? frame.owner : null,
    properties: new Table(),
  }
  const key = functionKey(fn)
  addToTable(machine.unit, 'functions', key, fn)
  // What the boot makes is brought up to date when its text changes; what a handler makes belongs to that run.
  if (machine.unit.kind === 'boot' || machine.unit.kind === 'module') noteMade(machine, fn)
  else addToSet(machine.unit, 'seen', key)
  return fn
}
