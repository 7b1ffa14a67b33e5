// Deep search through values, with guards against cycles.
import type { Value } from '../link/value.js'

/** How many values are compared one by one. */
const FEW = 16

/** How deep searches go. */
export const DEEPEST = 24

/** The values directly inside one: properties, elements, parts, operands, options, the object of a member, callee and arguments of a call. */
export function childrenOf(value: Value): readonly Value[] {
  switch (value.kind) {
    case 'object':
      return [...value.properties.values()]
    case 'array':
      return value.elements
    case 'template':
      return value.parts
    case 'operation':
      return value.operands
    case 'choice':
      return value.test === null ? value.options : [...value.options, value.test]
    case 'member':
      return [value.object]
    case 'result':
      return [value.call.callee, ...value.call.args]
    case 'promise':
      return value.result === null ? [] : [value.result]
    default:
      return []
  }
}

/** Everything inside a value, itself first. What `enters` refuses is yielded but not entered. With a shared `seen`, several walks meet each value once. */
export function valuesWithin(value: Value | null, enters?: (value: Value) => boolean, seen?: Set<Value>): readonly Value[] {
  if (value !== null && seen === undefined && isLeaf(value)) return [value]
  const found: Value[] = []
  const note = (one: Value): boolean => {
    found.push(one)
    return false
  }
  firstWithin(value, note, enters, seen)
  return found
}

/** The first of the values within, in the same order, that fits; what comes after it is not looked at. */
export function firstWithin(
  value: Value | null,
  fits: (value: Value) => boolean,
  enters: (value: Value) => boolean = everywhere,
  seen?: Set<Value>,
): Value | null {
  if (value === null || seen?.has(value) === true) return null
  // Most values that are searched hold nothing, and need no list of what is still to be met.
  if (isLeaf(value)) {
    seen?.add(value)
    return fits(value) ? value : null
  }
  // While there are few, those that wait or were met are found in their list without a Set.
  const pending: Value[] = [value]
  let index = 0
  let met = seen
  const meet = (child: Value): void => {
    if (met === undefined && pending.length > FEW) met = new Set(pending.slice(0, index + 1))
    const isKnown = met === undefined ? pending.includes(child) : met.has(child)
    if (!isKnown) pending.push(child)
  }
  let depth = 0
  let endOfDepth = 1
  for (; index < pending.length; index++) {
    if (index === endOfDepth) {
      depth++
      endOfDepth = pending.length
    }
    const next = pending[index] as Value
    if (met !== undefined) {
      if (met.has(next)) continue
      met.add(next)
    }
    if (fits(next)) return next
    if (depth < DEEPEST && enters(next)) eachChild(next, meet)
  }
  return null
}

/**
 * As `firstWithin`, for what nothing can be inside of: parameters, literals, variables of the environment, globals, functions.
 * It is asked as soon as what holds it is met, so that only the rest waits to be entered.
 */
export function firstLeafWithin(
  value: Value,
  fits: (leaf: Value) => boolean,
  enters: (value: Value) => boolean = everywhere,
  seen: Set<Value> = new Set(),
): Value | null {
  if (isLeaf(value)) return fits(value) ? value : null
  if (seen.has(value)) return null
  seen.add(value)
  let level: Value[] = [value]
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
    const next: Value[] = []
    let found: Value | null = null
    const meet = (child: Value): void => {
      if (isLeaf(child)) {
        if (fits(child)) found ??= child
      } else if (!seen.has(child)) {
        seen.add(child)
        next.push(child)
      }
    }
    for (const one of level) {
      if (enters(one)) eachChild(one, meet)
      if (found !== null) return found
    }
    level = next
  }
  return null
}

/** True when the value, or anything inside it, fits. */
export function contains(value: Value | null, predicate: (value: Value) => boolean): boolean {
  return firstWithin(value, predicate) !== null
}

// What a value is made from does not change once the boot is over, and conditions are asked again and again.
const environmentNames = new WeakMap<Value, readonly string[]>()
const none: readonly string[] = []

/** Names of the environment variables that a value is made from, in the order in which they are met. `*` is the whole environment. */
export function environmentNamesIn(value: Value | null): readonly string[] {
  if (value === null) return none
  if (isLeaf(value)) return value.kind === 'environment' ? [value.name] : none
  let names = environmentNames.get(value)
  if (names === undefined) {
    const found = new Set<string>()
    firstLeafWithin(value, (one) => {
      if (one.kind === 'environment') found.add(one.name)
      return false
    })
    environmentNames.set(value, (names = [...found]))
  }
  return names
}

function everywhere(): boolean {
  return true
}

/** True where `childrenOf` is empty whatever the value holds. */
export function isLeaf({ kind }: Value): boolean {
  return (
    kind !== 'object' &&
    kind !== 'member' &&
    kind !== 'result' &&
    kind !== 'choice' &&
    kind !== 'array' &&
    kind !== 'operation' &&
    kind !== 'template' &&
    kind !== 'promise'
  )
}

/** As `childrenOf`, without lists of its own: searches meet a project's whole heap. */
export function eachChild(value: Value, meet: (child: Value) => void): void {
  if (value.kind === 'object') value.properties.forEach(meet)
  else if (value.kind === 'member') meet(value.object)
  else if (value.kind === 'result') {
    meet(value.call.callee)
    for (const arg of value.call.args) meet(arg)
  } else if (value.kind === 'choice') {
    for (const option of value.options) meet(option)
    if (value.test !== null) meet(value.test)
  } else for (const child of childrenOf(value)) meet(child)
}
