// Making and joining values.
import type { Location } from '../text/location.js'
import { noteBirth } from './births.js'
import { Table } from './table.js'
import type {
  ArrayValue,
  CallRecord,
  ChoiceValue,
  ClassValue,
  EnvironmentVariable,
  GlobalValue,
  LiteralValue,
  MemberValue,
  ObjectValue,
  OperationValue,
  PackageValue,
  PathCondition,
  PromiseValue,
  ResultValue,
  UnknownValue,
  Value,
} from './value.js'

/** The key under which an open object keeps the opaque value that was spread into it. */
export const SPREAD = '...'

export function literal(at: Location, value: LiteralValue['value']): LiteralValue {
  return { kind: 'literal', at, value }
}

export function undefinedAt(at: Location): LiteralValue {
  return { kind: 'literal', at, value: undefined }
}

export function unknown(at: Location, why: string): UnknownValue {
  return { kind: 'unknown', at, why }
}

export function packageValue(at: Location, name: string, path: readonly string[]): PackageValue {
  return { kind: 'package', at, package: name, path }
}

export function globalValue(at: Location, name: string): GlobalValue {
  return { kind: 'global', at, name }
}

export function environmentVariable(at: Location, name: string): EnvironmentVariable {
  return { kind: 'environment', at, name }
}

export function memberValue(at: Location, object: Value, name: string): MemberValue {
  return { kind: 'member', at, object, name }
}

export function resultValue(at: Location, call: CallRecord): ResultValue {
  return { kind: 'result', at, call }
}

export function operation(at: Location, operator: string, operands: readonly Value[]): OperationValue {
  return { kind: 'operation', at, operator, operands }
}

export function promiseOf(at: Location, result: Value | null): PromiseValue {
  return { kind: 'promise', at, result }
}

export function objectValue(at: Location, role: ObjectValue['role'] = 'plain', instanceOf: ClassValue | null = null): ObjectValue {
  const properties = new Table<Value>()
  noteBirth(properties)
  return { kind: 'object', at, properties, writtenAt: new Table(), isOpen: false, instanceOf, external: null, role }
}

export function arrayValue(at: Location, elements: Value[], isOpen = false): ArrayValue {
  const array: ArrayValue = { kind: 'array', at, elements, isOpen }
  noteBirth(array)
  return array
}

const MOST_OPTIONS = 12

/** Past this many conditions on one option the oldest are forgotten. */
const MOST_CONDITIONS = 8

/**
 * One value for several paths. Equal options collapse; nested choices of the same sort flatten, and keep under which conditions each option is the value.
 * `conditions` are those of the options as given; without them the `test` between two options is one.
 */
export function choice(
  at: Location,
  operator: ChoiceValue['operator'],
  options: readonly Value[],
  test: Value | null = null,
  conditions: readonly (readonly PathCondition[])[] = [],
): Value {
  const [one, other] = options
  if (options.length === 2 && one !== undefined && other !== undefined && conditions.length === 0 && !isJoin(one) && !isJoin(other))
    return ofTwo(at, operator, one, other, test)
  const flat: Value[] = []
  const paths: (readonly PathCondition[])[] = []
  for (const [index, option] of options.entries()) {
    const isDecided = test !== null && conditions.length === 0 && options.length === 2 && (operator === 'join' || operator === '?:')
    const outer = isDecided ? [{ value: test, holds: index === 0 }] : (conditions[index] ?? NO_CONDITIONS)
    const isFlattened = option.kind === 'choice' && operator === 'join' && option.operator === 'join'
    const parts = isFlattened ? option.options : [option]
    for (const [position, part] of parts.entries()) {
      const path = isFlattened ? together(option.conditions?.[position] ?? NO_CONDITIONS, outer) : outer
      const known = flat.findIndex((one) => sameValue(one, part))
      // What is reached in two ways is under the conditions that both share.
      if (known >= 0)
        paths[known] = (paths[known] ?? []).filter((one) => path.some((other) => other.value === one.value && other.holds === one.holds))
      else if (flat.length <= MOST_OPTIONS) {
        flat.push(part)
        paths.push(path.length > MOST_CONDITIONS ? path.slice(-MOST_CONDITIONS) : path)
      }
    }
  }
  if (flat.length === 1) return flat[0] as Value
  const known = paths.some((path) => path.length > 0) ? { conditions: paths } : {}
  if (flat.length > MOST_OPTIONS)
    return {
      kind: 'choice',
      at,
      operator,
      options: [...flat.slice(0, MOST_OPTIONS - 1), unknown(at, 'too many possible values')],
      test,
      ...known,
    }
  return { kind: 'choice', at, operator, options: flat, test, ...known }
}

// Most options are under no condition.
const NO_CONDITIONS: readonly PathCondition[] = []

function together(inner: readonly PathCondition[], outer: readonly PathCondition[]): readonly PathCondition[] {
  return inner.length === 0 ? outer : outer.length === 0 ? inner : [...inner, ...outer]
}

/** Whether the value is one of several that paths lead to. */
export function isJoin(value: Value): boolean {
  return value.kind === 'choice' && value.operator === 'join'
}

/** Most choices are between two values that are none themselves. */
function ofTwo(at: Location, operator: ChoiceValue['operator'], one: Value, other: Value, test: Value | null): Value {
  if (sameValue(one, other)) return one
  const options = [one, other]
  if (test === null || (operator !== 'join' && operator !== '?:')) return { kind: 'choice', at, operator, options, test }
  const conditions = [[{ value: test, holds: true }], [{ value: test, holds: false }]]
  return { kind: 'choice', at, operator, options, test, conditions }
}

/** True when both are the same thing, or literals with the same content. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true
  if (a.kind === 'literal' && b.kind === 'literal') return Object.is(a.value, b.value)
  if (a.kind === 'environment' && b.kind === 'environment') return a.name === b.name
  if (a.kind === 'scope' && b.kind === 'scope') return a.scope === b.scope
  if (a.kind === 'package' && b.kind === 'package') return a.package === b.package && a.path.join('.') === b.path.join('.')
  return false
}
