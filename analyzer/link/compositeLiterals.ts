// Arrays and objects that are written out, with what is spread into them.
import type { Expression, PropertyFacts } from '../extract/facts.js'
import type { Location } from '../text/location.js'
import { siteOf } from './callSites.js'
import type { Environment } from './environment.js'
import { elementsOf } from './iterables.js'
import { iterated } from './iteration.js'
import { keepGetter } from './getters.js'
import { lacking } from './lacking.js'
import type { CallSite, Frame, Machine } from './machine.js'
import { entriesOf } from './moduleExports.js'
import { noteBinding } from './namedValues.js'
import { locate } from './places.js'
import { constantName, symbolName } from './propertyKeys.js'
import { addTo } from './units.js'
import type { ArrayValue, ChoiceValue, ObjectValue, Value } from './value.js'
import { truthOf } from './truth.js'
import { arrayValue, choice, literal, memberValue, objectValue, SPREAD, undefinedAt } from './values.js'

/** `[a, ...b]`. */
export function array(
  machine: Machine,
  frame: Frame,
  environment: Environment,
  items: readonly (Expression | null)[],
  at: Location,
): ArrayValue {
  const result = arrayValue(at, [])
  for (const item of items) {
    if (item === null) result.elements.push(undefinedAt(at))
    else if (item[0] !== 'spread') result.elements.push(machine.run.evaluate(machine, frame, environment, item))
    else {
      const spread = iterated(machine, siteOf(frame, item[1], []), machine.run.evaluate(machine, frame, environment, item))
      if (spread.kind === 'array') {
        result.elements.push(...spread.elements)
        if (spread.isOpen) result.isOpen = true
        lacking(result, spread)
      } else if (spread.kind === 'object' && !spread.isOpen && (spread.role === 'set' || spread.role === 'map')) {
        result.elements.push(...elementsOf(spread, at).known)
        lacking(result, spread)
      } else {
        result.isOpen = true
        result.elements.push(memberValue(locate(frame, item[1]), spread, '*'))
      }
    }
  }
  return result
}

/** `{ a, ...b }`. */
export function object(
  machine: Machine,
  frame: Frame,
  environment: Environment,
  properties: readonly PropertyFacts[],
  at: Location,
): ObjectValue {
  const result = objectValue(at)
  addTo(machine.unit, 'objects', result)
  for (const property of properties) {
    const where = locate(frame, property.node)
    if (property.kind === 'spread') {
      spreadInto(machine, siteOf(frame, property.node, []), result, machine.run.evaluate(machine, frame, environment, property.value))
      continue
    }
    const name =
      typeof property.key === 'string' ? literal(where, property.key) : machine.run.evaluate(machine, frame, environment, property.key)
    const value = machine.run.evaluate(machine, frame, environment, property.value)
    const key = name.kind === 'literal' ? String(name.value) : (constantName(name) ?? symbolName(name))
    if (key === null) {
      result.isOpen = true
      continue
    }
    const isGetter = property.kind === 'getter' && value.kind === 'function'
    const stored = isGetter ? machine.run.call(machine, siteOf(frame, property.node, []), value, result, []) : value
    if (isGetter) keepGetter(machine, result, key, value)
    result.properties.set(key, stored)
    result.writtenAt.set(key, where)
    noteBinding(machine, key, stored, where)
  }
  return result
}

/** `{ ...value }`: known properties are copied, alternatives joined, the rest leaves the object open. */
export function spreadInto(machine: Machine, site: CallSite, target: ObjectValue, value: Value): void {
  const { at } = site
  if (value.kind === 'object') {
    for (const [key, one] of entriesOf(machine, site, value)) {
      const kept = isLeftOut(one, value) ? target.properties.get(key) : undefined
      // What is kept counts as put back behind the rest, which cannot write it any more.
      if (kept !== undefined) target.properties.delete(key)
      target.properties.set(key, kept ?? one)
      if (kept === undefined) target.writtenAt.set(key, value.writtenAt.get(key) ?? at)
    }
    if (value.isOpen) target.isOpen = true
    return
  }
  if (value.kind === 'literal') return
  if (value.kind === 'choice') {
    spreadAlternatives(site, target, value)
    if (value.options.every((option) => option.kind === 'object' || truthOf(option) === 'no' || option === value.test)) return
  }
  if (value.kind === 'environment' && value.name === '*') defaultTo(machine, site, target, value)
  target.isOpen = true
  target.properties.set(SPREAD, value)
}

/** `{ ...defaults, ...process.env }`: what stood there counts where nobody sets the variable. */
function defaultTo(machine: Machine, site: CallSite, target: ObjectValue, environment: Value): void {
  for (const [key, standard] of target.properties) {
    if (key === SPREAD) continue
    const variable = machine.run.getMember(machine, site, environment, key)
    target.properties.set(key, variable.kind === 'environment' ? choice(site.at, '??', [variable, standard]) : variable)
  }
}

/** What `const { key, ...rest } = value` took out of the rest (see bind.ts) is not there, so it takes the place of nothing. */
function isLeftOut(one: Value, rest: ObjectValue): boolean {
  return one.kind === 'literal' && one.value === undefined && one.at === rest.at
}

/** Each option gives its own properties, or none, under what decided for it. */
function spreadAlternatives({ at }: CallSite, target: ObjectValue, value: ChoiceValue): void {
  const objects = value.options.filter((option) => option.kind === 'object')
  for (const key of new Set(objects.flatMap((option) => [...option.properties.keys()]))) {
    const before = target.properties.get(key) ?? undefinedAt(at)
    const given = value.options.map((option) => (option.kind === 'object' ? option.properties.get(key) : undefined) ?? before)
    const joined = joinedOf(at, value, given, before)
    target.properties.set(key, value.options.length > 1 ? joined : (given[0] ?? before))
    const writtenAt = objects.findLast((option) => option.properties.has(key))?.writtenAt.get(key)
    target.writtenAt.set(key, writtenAt ?? at)
  }
}

function joinedOf(at: Location, { operator, test, conditions }: ChoiceValue, given: readonly Value[], before: Value): Value {
  if (operator === '?:' || operator === 'join') return choice(at, operator, given, test, conditions)
  // `...(condition && { a })`: the object is there or it is not.
  if (operator === '&&') return choice(at, '?:', [given.at(-1) ?? before, before], test)
  return choice(at, 'join', [...given, before])
}
