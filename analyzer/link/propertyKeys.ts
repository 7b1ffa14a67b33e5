// Keys of properties and collections: texts, and what has an identity of its own.
import { locationKey } from '../text/location.js'
import type { Machine } from './machine.js'
import type { ObjectValue, Value } from './value.js'
import { literal } from './values.js'

/** Begins the names of properties whose key is a symbol: no program writes such a name. */
const SYMBOL = '@@'

/** The name of a property whose key is a symbol: `Symbol('routes')` by where it is made, `Symbol.for('routes')` and `Symbol.metadata` by their own names. null for any other key. */
export function symbolName(key: Value): string | null {
  if (key.kind === 'member') return isSymbol(key.object) ? `${SYMBOL}${key.name}` : null
  if (key.kind !== 'result') return null
  const { callee, args, at } = key.call
  if (isSymbol(callee)) return `${SYMBOL} ${locationKey(at)}`
  const [name] = args
  const isShared = callee.kind === 'member' && callee.name === 'for' && isSymbol(callee.object)
  return isShared && name?.kind === 'literal' ? `${SYMBOL}for ${String(name.value)}` : null
}

/** The name of a property whose key is a constant of a package: `[Segments.BODY]` of celebrate. null for any other key. */
export function constantName(key: Value): string | null {
  if (key.kind !== 'package' || key.package !== 'celebrate') return null
  const path = key.path.filter((part) => part !== 'default')
  return path.length === 2 && path[0] === 'Segments' ? (SEGMENTS.get(path[1] ?? '') ?? null) : null
}

const SEGMENTS: ReadonlyMap<string, string> = new Map([
  ['BODY', 'body'],
  ['QUERY', 'query'],
  ['PARAMS', 'params'],
  ['HEADERS', 'headers'],
  ['COOKIES', 'cookies'],
  ['SIGNEDCOOKIES', 'signedCookies'],
])

/** True for names that `symbolName` gives: lists of properties leave them out. */
export function isSymbolName(name: string): boolean {
  return name.startsWith(SYMBOL)
}

function isSymbol(value: Value): boolean {
  return value.kind === 'global' && value.name === 'Symbol'
}

/** What can have properties under symbols, as far as the boot keeps them. */
export function holdsSymbols(value: Value): boolean {
  return (
    value.kind === 'class' || value.kind === 'function' || isPrototype(value) || (value.kind === 'object' && value.role !== 'namespace')
  )
}

/** `Users.prototype`, which holds under its class what is put on it. */
export function isPrototype(value: Value): boolean {
  return value.kind === 'member' && value.name === 'prototype' && value.object.kind === 'class'
}

/** The name under which a class keeps what stands under a symbol on its prototype. */
export function prototypeSymbol(name: string): string {
  return `${SYMBOL}prototype ${name}`
}

/** The key of a Map or Set: text, or something that is the same thing each time. null for what is not known to be. */
export function collectionKey(machine: Machine, value: Value): string | null {
  if (value.kind === 'literal') return String(value.value)
  if (value.kind === 'class') return `class ${value.source.file}#${value.facts.id}`
  return symbolName(value) ?? (machine.phase === 'boot' ? identityKey(machine, value) : null)
}

/** What the start makes has an identity. One method is several values, and one function in the language. */
function identityKey({ identity }: Machine, value: Value): string | null {
  switch (value.kind) {
    case 'function':
      return value.bound.length > 0 || (value.owner === null && value.self !== null && value.facts.kind !== 'arrow')
        ? `${SYMBOL}bound ${identity(value)}`
        : `${SYMBOL}function ${value.source.file}#${value.facts.id} ${identity(value.environment)}`
    case 'object':
    case 'array':
      return `${SYMBOL}object ${identity(value)}`
    case 'scope':
      return `${SYMBOL}scope ${identity(value.scope)}`
    default:
      return null
  }
}

// What a text stands for is the same whenever it stands for something, so nothing of it is taken back.
const keys = new WeakMap<ObjectValue, Map<string, Value>>()

/** Keeps what the text of a key stands for. */
export function keepKey(collection: ObjectValue, text: string, key: Value): void {
  if (key.kind === 'literal') return
  const known = keys.get(collection)
  if (known === undefined) keys.set(collection, new Map([[text, key]]))
  else known.set(text, key)
}

/** The key that a text stands for. */
export function keyBehind(collection: ObjectValue, text: string, at: Value['at']): Value {
  return keys.get(collection)?.get(text) ?? literal(at, text)
}
