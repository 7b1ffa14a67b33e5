// Calls by what they call, and named values by what they are, so that a question need not walk all of them.
import type { CallRecord, Value } from '../link/value.js'
import type { NamedValue, ProjectModel } from './model.js'
import { globalOf, originOf } from './origins.js'
import { mayHoldSecret } from './secretFormats.js'
import { secretKind } from './secretNames.js'

/** Calls of exports of packages and of what these made, and calls of globals and their members. Writes are neither. */
interface SortedCalls<Part> {
  readonly packages: Part
  readonly globals: Part
}

/** As the questions need them, see perPart.ts. */
interface SortedBindings<Part> {
  readonly made: Part
  readonly texts: Part
}

type Calls = readonly CallRecord[]
type Bindings = readonly NamedValue[]

/** The parts of the calls, sorted, those left out that are empty. */
export const sortedCalls: (model: ProjectModel) => SortedCalls<readonly Calls[]> = remembered(({ parts }) => {
  const sorted = parts.calls.map(callsOfPart)
  return {
    packages: sorted.flatMap(({ packages }) => (packages.length > 0 ? [packages] : [])),
    globals: sorted.flatMap(({ globals }) => (globals.length > 0 ? [globals] : [])),
  }
})

/** As `sortedCalls`. */
export const sortedBindings: (model: ProjectModel) => SortedBindings<readonly Bindings[]> = remembered(({ parts }) => {
  const sorted = parts.bindings.map(bindingsOfPart)
  return {
    made: sorted.flatMap(({ made }) => (made.length > 0 ? [made] : [])),
    texts: sorted.flatMap(({ texts }) => (texts.length > 0 ? [texts] : [])),
  }
})

// A part that an edit leaves as it is stays sorted.
const callsOfPart: (part: Calls) => SortedCalls<Calls> = remembered((part) => {
  const packages: CallRecord[] = []
  const globals: CallRecord[] = []
  for (const call of part) {
    if (call.isWrite) continue
    if (originOf(call.callee) !== null) packages.push(call)
    if (globalOf(call.callee) !== null) globals.push(call)
  }
  return { packages, globals }
})

const bindingsOfPart: (part: Bindings) => SortedBindings<Bindings> = remembered((part) => {
  const made: NamedValue[] = []
  const texts: NamedValue[] = []
  for (const binding of part) {
    const { value } = binding
    if (value.kind === 'literal') {
      if (typeof value.value === 'string' && (secretKind(binding.name) !== null || mayHoldSecret(value.value))) texts.push(binding)
    } else {
      if (!isGiven(value)) made.push(binding)
      if (value.kind === 'choice' || value.kind === 'array') texts.push(binding)
    }
  }
  return { made, texts }
})

/** What stands there as it is written. */
function isGiven({ kind }: Value): boolean {
  return kind === 'function' || kind === 'parameter' || kind === 'regex' || kind === 'global' || kind === 'package' || kind === 'scope'
}

function remembered<Key extends object, Found>(find: (key: Key) => Found): (key: Key) => Found {
  const known = new WeakMap<Key, Found>()
  return (key) => {
    let found = known.get(key)
    if (found === undefined) known.set(key, (found = find(key)))
    return found
  }
}
