// Patterns: declaring and assigning names, members and destructured parts.
import type { Expression, Pattern } from '../extract/facts.js'
import { type Environment, functionEnvironment, holderOf, moduleOf } from './environment.js'
import { siteOf } from './callSites.js'
import { entriesOf } from './moduleExports.js'
import { noteBinding } from './namedValues.js'
import type { CallSite, Frame, Machine } from './machine.js'
import { locate } from './places.js'
import { holdsSymbols, symbolName } from './propertyKeys.js'
import { write } from './heapLog.js'
import type { ObjectValue, Value } from './value.js'
import { isNullish } from './truth.js'
import { arrayValue, choice, memberValue, objectValue, undefinedAt } from './values.js'

/** Gives `value` to what the pattern names. */
export function bind(
  machine: Machine,
  frame: Frame,
  environment: Environment,
  pattern: Pattern,
  value: Value,
  mode: 'let' | 'var' | 'assign',
): void {
  const at = locate(frame, pattern[1])
  switch (pattern[0]) {
    case 'name':
      if (mode === 'assign') noteBinding(machine, pattern[2], value, at)
      assignName(machine, environment, pattern[2], value, mode)
      return
    case 'member':
      noteBinding(machine, pattern[3], value, locate(frame, pattern[4]))
      machine.run.setMember(
        machine,
        siteOf(frame, pattern[1], []),
        machine.run.evaluate(machine, frame, environment, pattern[2]),
        pattern[3],
        value,
      )
      return
    case 'index': {
      const object = machine.run.evaluate(machine, frame, environment, pattern[2])
      const key = machine.run.evaluate(machine, frame, environment, pattern[3])
      const symbol = holdsSymbols(object) ? symbolName(key) : null
      machine.run.setMember(
        machine,
        siteOf(frame, pattern[1], []),
        object,
        symbol ?? (key.kind === 'literal' ? String(key.value) : '*'),
        value,
      )
      return
    }
    case 'objectPattern': {
      const taken: string[] = []
      for (const property of pattern[2]) {
        const key = typeof property.key === 'string' ? property.key : literalKey(machine, frame, environment, property.key)
        taken.push(key)
        const part =
          key === '*' ? memberValue(at, value, '*') : machine.run.getMember(machine, siteOf(frame, property.value[1], []), value, key)
        if (property.value[0] === 'name') noteBinding(machine, property.value[2], part, locate(frame, property.value[1]))
        bind(machine, frame, environment, property.value, part, mode)
      }
      if (pattern[3] !== null)
        bind(machine, frame, environment, pattern[3], withoutKeys(machine, siteOf(frame, pattern[1], []), value, taken), mode)
      return
    }
    case 'arrayPattern':
      pattern[2].forEach((element, index) => {
        if (element === null) return
        if (element[0] === 'rest') {
          const rest = value.kind === 'array' ? arrayValue(at, value.elements.slice(index), value.isOpen) : memberValue(at, value, '*')
          bind(machine, frame, environment, element[2], rest, mode)
        } else
          bind(
            machine,
            frame,
            environment,
            element,
            machine.run.getMember(machine, siteOf(frame, element[1], []), value, String(index)),
            mode,
          )
      })
      return
    case 'default': {
      const nullish = value.kind === 'literal' ? (value.value === undefined ? 'yes' : 'no') : isNullish(value)
      if (nullish === 'no') return bind(machine, frame, environment, pattern[2], value, mode)
      const fallback = machine.run.evaluate(machine, frame, environment, pattern[3])
      if (pattern[2][0] === 'name') noteBinding(machine, pattern[2][2], fallback, at)
      bind(
        machine,
        frame,
        environment,
        pattern[2],
        nullish === 'yes' || (value.kind === 'parameter' && value.role === 'unknown')
          ? fallbackOr(value, fallback, nullish)
          : choice(at, '??', [value, fallback], value),
        mode,
      )
      return
    }
    case 'rest':
      bind(machine, frame, environment, pattern[2], value, mode)
  }
}

/** A parameter that nobody is known to fill may have its default or not. */
function fallbackOr(value: Value, fallback: Value, nullish: 'yes' | 'unknown'): Value {
  return nullish === 'yes' ? fallback : choice(fallback.at, '??', [value, fallback], value)
}

function assignName(machine: Machine, environment: Environment, name: string, value: Value, mode: 'let' | 'var' | 'assign'): void {
  if (mode === 'let') return write(machine, environment.variables, name, value)
  if (mode === 'var') return write(machine, functionEnvironment(environment).variables, name, value)
  const holder = holderOf(environment, name)
  if (holder !== null) return write(machine, holder.variables, name, value)
  // `exports = module.exports = x` and assignments to undeclared names.
  const module = machine.modules.get(moduleOf(environment))
  write(machine, name === 'exports' && module !== undefined ? module.environment.variables : machine.globals, name, value)
}

function literalKey(machine: Machine, frame: Frame, environment: Environment, key: Expression): string {
  const value = machine.run.evaluate(machine, frame, environment, key)
  return value.kind === 'literal' ? String(value.value) : '*'
}

function withoutKeys(machine: Machine, site: CallSite, value: Value, taken: readonly string[]): Value {
  const { at } = site
  if (value.kind === 'literal') return undefinedAt(at)
  const rest = objectValue(at)
  if (value.kind !== 'object') return copyWithout(rest, value, taken)
  rest.isOpen = value.isOpen
  for (const [key, one] of entriesOf(machine, site, value)) if (!taken.includes(key)) rest.properties.set(key, one)
  for (const [key, where] of value.writtenAt) if (!taken.includes(key)) rest.writtenAt.set(key, where)
  return rest
}

/** Of something opaque the rest is all but what was taken: as `{ ...value, key: undefined }`. */
function copyWithout(rest: ObjectValue, value: Value, taken: readonly string[]): Value {
  rest.isOpen = true
  rest.properties.set('...', value)
  for (const key of taken) if (key !== '*') rest.properties.set(key, undefinedAt(rest.at))
  return rest
}
