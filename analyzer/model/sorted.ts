// Calls by what they call and what they are given, and named values by what they are, so that a question need not walk all of them.
import { addToGroupOnce } from '../grouped.js'
import type { CallRecord, Guard, Value } from '../link/value.js'
import type { NamedValue } from './model.js'
import { globalOf, methodName, originOf } from './origins.js'
import { mayHoldSecret } from './secrets/secretFormats.js'
import { isCredentialHeader, secretKind } from './secrets/secretNames.js'
import { speaksOfTls, switchIn } from './transport/tlsNames.js'

type Fits = (name: string) => boolean

/** Calls of which something fits. Whoever asks for them may get others as well, and has to look again; writes only where `writes` or `given` is asked for. */
export interface WantedCalls {
  /** The package of which an export is called, or what such an export made. Writes are no calls here, nor for globals and names. */
  readonly packages?: Fits
  /** The global, with the members on the way: `process.exit`. */
  readonly globals?: Fits
  /** The last name in the callee; '' for what has none, and for what may be one of several. */
  readonly names?: Fits
  /** The property that is written. */
  readonly writes?: Fits
  /** Kinds of arguments, and of what is written. Of literals, texts alone that may be secret by their shape or weaken TLS. */
  readonly given?: readonly Value['kind'][]
}

/** Fits what is one of the names. */
export function oneOf(names: Iterable<string>): Fits {
  const known = new Set(names)
  return (name) => known.has(name)
}

/** The wanted ones among the calls of a part, in order. */
export function callsAmong(part: readonly CallRecord[], wanted: WantedCalls): readonly CallRecord[] {
  if (part.length < FEW) return wanted.writes === undefined && wanted.given === undefined ? part.filter(({ isWrite }) => !isWrite) : part
  const sorted = sortedCalls(part)
  return among(part, [
    ...fitting(sorted.packages, wanted.packages),
    ...fitting(sorted.globals, wanted.globals),
    ...fitting(sorted.names, wanted.names),
    ...fitting(sorted.writes, wanted.writes),
    ...ofKinds(sorted.given, wanted.given ?? []),
  ])
}

/** The named values of these kinds in a part, in order, and maybe others; of literals, texts that may be secret by their name or shape, and what speaks of TLS. */
export function bindingsAmong(part: readonly NamedValue[], kinds: readonly Value['kind'][]): readonly NamedValue[] {
  return part.length < FEW ? part : among(part, ofKinds(sortedBindings(part), kinds))
}

/** The conditions that the calls stand behind, each once, in order, without those of which nothing is known. */
export function conditionsOf(calls: readonly CallRecord[]): ReadonlySet<Value> {
  return calls.length < FEW ? collectConditions(calls) : conditionsOfMany(calls)
}

/** What the calls stand behind, each once, in order. */
export function guardsOf(calls: readonly CallRecord[]): ReadonlySet<Guard> {
  return calls.length < FEW ? collectGuards(calls) : guardsOfMany(calls)
}

/** Parts of an edited project are small and many: those are walked. */
const FEW = 16

/** Positions in a part, by name. */
type Positions = Map<string, number[]>

const sortedCalls = remembered((part: readonly CallRecord[]) => {
  const packages: Positions = new Map()
  const globals: Positions = new Map()
  const names: Positions = new Map()
  const writes: Positions = new Map()
  const given: Positions = new Map()
  for (const [position, { callee, args, isWrite }] of part.entries()) {
    const name = methodName(callee) ?? ''
    if (isWrite) addToGroupOnce(writes, name, position)
    else {
      addToGroupOnce(names, name, position)
      if (name !== '' && callee.kind === 'choice') addToGroupOnce(names, '', position)
      const origin = originOf(callee)
      if (origin !== null) addToGroupOnce(packages, origin.package, position)
      const global = globalOf(callee)
      if (global !== null) addToGroupOnce(globals, global, position)
    }
    for (const arg of args)
      if (arg.kind !== 'literal' || (typeof arg.value === 'string' && (mayHoldSecret(arg.value) || switchIn(arg.value) !== null)))
        addToGroupOnce(given, arg.kind, position)
  }
  return { packages, globals, names, writes, given }
})

const sortedBindings = remembered((part: readonly NamedValue[]) => {
  const kinds: Positions = new Map()
  for (const [position, { name, value }] of part.entries())
    if (
      value.kind !== 'literal' ||
      speaksOfTls(name) ||
      (typeof value.value === 'string' &&
        (secretKind(name) !== null || isCredentialHeader(name) || mayHoldSecret(value.value) || switchIn(value.value) !== null))
    )
      addToGroupOnce(kinds, value.kind, position)
  return kinds
})

const guardsOfMany = remembered(collectGuards)
const conditionsOfMany = remembered(collectConditions)

function collectConditions(calls: readonly CallRecord[]): ReadonlySet<Value> {
  const found = new Set<Value>()
  for (const { value } of guardsOf(calls)) if (value.kind !== 'unknown') found.add(value)
  return found
}

function collectGuards(calls: readonly CallRecord[]): ReadonlySet<Guard> {
  const found = new Set<Guard>()
  // Calls one after the other often stand behind the same guards.
  let before: readonly Guard[] | null = null
  for (const { guards } of calls) {
    if (guards !== before) for (const guard of guards) found.add(guard)
    before = guards
  }
  return found
}

function fitting(positions: Positions, fits: Fits | undefined): readonly (readonly number[])[] {
  const found: (readonly number[])[] = []
  if (fits !== undefined) for (const [name, ones] of positions) if (fits(name)) found.push(ones)
  return found
}

function ofKinds(positions: Positions, kinds: readonly Value['kind'][]): readonly (readonly number[])[] {
  return kinds.flatMap((kind) => [positions.get(kind) ?? []])
}

function among<One>(part: readonly One[], lists: readonly (readonly number[])[]): readonly One[] {
  const found: One[] = []
  if (lists.every(({ length }) => length === 0)) return found
  const isWanted = new Uint8Array(part.length)
  for (const positions of lists) for (const position of positions) isWanted[position] = 1
  for (let position = isWanted.indexOf(1); position !== -1; position = isWanted.indexOf(1, position + 1)) found.push(part[position] as One)
  return found
}

// A part that an edit leaves as it is stays sorted.
function remembered<Key extends object, Found>(find: (key: Key) => Found): (key: Key) => Found {
  const known = new WeakMap<Key, Found>()
  return (key) => {
    let found = known.get(key)
    if (found === undefined) known.set(key, (found = find(key)))
    return found
  }
}
