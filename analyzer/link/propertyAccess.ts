// `object.name`, `object[key]` and what `super` gives.
import type { Expression, NodeId } from '../extract/facts.js'
import { siteOf } from './callSites.js'
import { accessorOf } from './classMembers.js'
import { stageOfWord } from './deploymentNames.js'
import type { Environment } from './environment.js'
import type { CallSite, Frame, Machine } from './machine.js'
import { holdsSymbols, symbolName } from './propertyKeys.js'
import type { ObjectValue, Value } from './value.js'
import { choice, memberValue, operation, undefinedAt, unknown } from './values.js'

/** `object.name`. */
export function member(
  machine: Machine,
  frame: Frame,
  environment: Environment,
  expression: Extract<Expression, readonly ['member', ...unknown[]]>,
): Value {
  const site = siteOf(frame, expression[1], [])
  if (expression[2][0] === 'super') return superMember(machine, frame, site, expression[3])
  return machine.run.getMember(machine, site, machine.run.evaluate(machine, frame, environment, expression[2]), expression[3])
}

/** `object[key]`: every property that the key may name. */
export function index(machine: Machine, frame: Frame, object: Value, key: Value, node: NodeId): Value {
  const site = siteOf(frame, node, [])
  if (key.kind === 'literal') {
    if (machine.assumed.has(key) && object.kind === 'object') noteUnchosen(machine, object, String(key.value))
    return machine.run.getMember(machine, site, object, String(key.value))
  }
  const symbol = holdsSymbols(object) ? symbolName(key) : null
  if (symbol !== null) return machine.run.getMember(machine, site, object, symbol)
  if (key.kind === 'choice' && key.options.every((option) => option.kind === 'literal')) {
    return choice(
      site.at,
      'join',
      key.options.map((option) => machine.run.getMember(machine, site, object, String(option.kind === 'literal' ? option.value : ''))),
    )
  }
  if (object.kind === 'object' && !object.isOpen && isTruthTable(object)) {
    const isIn = (entries: Iterable<[string, Value]>): Value => operation(site.at, 'in', [key, { ...object, properties: new Map(entries) }])
    const entries = [...object.properties]
    const options = [...new Set(entries.map(([, value]) => valueOf(value)))].map((one) =>
      entries.filter(([, value]) => valueOf(value) === one),
    )
    return choice(site.at, 'join', [...options.flatMap(([entry]) => (entry === undefined ? [] : [entry[1]])), undefinedAt(site.at)], null, [
      ...options.map((own) => [{ value: isIn(own), holds: true }]),
      [{ value: isIn(entries), holds: false }],
    ])
  }
  if (object.kind === 'object' && object.properties.size > 0 && object.properties.size <= 8 && !object.isOpen)
    return choice(site.at, 'join', [...object.properties.values(), undefinedAt(site.at)])
  if (object.kind === 'array' && object.elements.length > 0 && object.elements.length <= 8) return choice(site.at, 'join', object.elements)
  const member = memberValue(site.at, object, '*')
  return object.kind === 'literal' && typeof object.value === 'string' ? { ...member, key } : member
}

/** `{ '/health': true, '/login': true }`: what is asked of it is whether the key is there. */
function isTruthTable({ properties, role }: ObjectValue): boolean {
  return (
    role === 'plain' &&
    properties.size > 0 &&
    properties.size <= MOST_KEYS &&
    [...properties.values()].every((value) => value.kind === 'literal' && (typeof value.value === 'boolean' || value.value === 1))
  )
}

const MOST_KEYS = 64

function valueOf(value: Value): unknown {
  return value.kind === 'literal' ? value.value : value
}

/** What stands in a table under the name of another environment is off in production, though nothing calls it. */
function noteUnchosen(machine: Machine, table: ObjectValue, chosen: string): void {
  for (const [name, value] of table.properties) {
    const isOther = name !== chosen && /staging|development/.test(stageOfWord(name) ?? '')
    if (isOther && value.kind === 'function') machine.unchosen.add(`${value.source.file}#${value.facts.id}`)
  }
}

/** `super.name`. */
export function superMember(machine: Machine, frame: Frame, site: CallSite, name: string): Value {
  const parent = frame.owner?.superClass ?? null
  if (parent?.kind !== 'class') return memberValue(site.at, parent ?? unknown(site.at, 'super'), name)
  const getter = accessorOf(machine, parent, frame.self, 'getter', name)
  if (getter !== null) return machine.run.call(machine, site, getter, frame.self, [])
  if (frame.self.kind === 'class') return machine.run.getMember(machine, site, parent, name)
  return machine.run.getMember(machine, site, memberValue(site.at, parent, 'prototype'), name)
}
