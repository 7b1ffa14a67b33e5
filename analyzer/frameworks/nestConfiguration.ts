// Configuration in Nest: what ConfigService gives for a key, and namespaces that `registerAs` makes.
import type { CallSite, Machine } from '../link/machine.js'
import { readEnvironment } from '../link/members.js'
import { awaitValue } from '../link/promises.js'
import type { CallRecord, Value } from '../link/value.js'
import { choice, literal } from '../link/values.js'
import { typeNameOf, type NestApplication } from './nestState.js'
import { propertyOf } from './nestValues.js'

const given = new WeakMap<Value, Value>()

/** `config.get('KEY')` is the variable of that name, or what a namespace says of it; null for any other call. */
export function answerConfiguration(machine: Machine, site: CallSite, app: NestApplication | null, call: CallRecord): Value | null {
  if (call.callee.kind === 'result' && namespaceFactory(call.callee) !== null) return namespaceValue(machine, site, call.callee)
  if (call.callee.kind !== 'member' || !/^(?:get|getOrThrow)$/.test(call.callee.name)) return null
  if (typeNameOf(call.callee.object) !== 'ConfigService') return null
  const [key, fallback] = call.args
  if (key?.kind !== 'literal' || typeof key.value !== 'string') return null
  const found = app === null ? null : inNamespaces(machine, site, app, key.value)
  // A path with dots that no namespace holds is no variable.
  if (found === null && key.value.includes('.')) return null
  const value = found ?? readEnvironment(machine, site, key.value)
  const isDefault = call.callee.name === 'get' && fallback !== undefined && propertyOf(fallback, 'infer') === undefined
  return isDefault ? choice(site.at, '??', [value, fallback]) : value
}

/** `database.host`: a member of what the namespace `database` gives, or of what a factory without a name gives. */
function inNamespaces(machine: Machine, site: CallSite, app: NestApplication, key: string): Value | null {
  const parts = key.split('.')
  const [first = '', ...rest] = parts
  const places = [
    ...(app.configuration.get(first) ?? []).map((factory) => ({ factory, path: rest })),
    ...(app.configuration.get('') ?? []).map((factory) => ({ factory, path: parts })),
  ]
  for (const { factory, path } of places) {
    let value: Value | undefined = made(machine, site, factory)
    for (const part of path) value = propertyOf(value, part)
    if (value !== undefined) return value
  }
  return null
}

/** What a factory gives, the same each time. */
function made(machine: Machine, site: CallSite, factory: Value): Value {
  let value = given.get(factory)
  if (value === undefined) {
    given.set(factory, literal(site.at, undefined))
    value = awaitValue(machine, machine.run.call(machine, { ...site, isAwaited: true }, factory, null, []))
    given.set(factory, value)
  }
  return value
}

/** Calls every factory at start, as Nest does: what they say is the same for all that ask. */
export function loadConfiguration(machine: Machine, app: NestApplication): void {
  for (const factories of app.configuration.values()) for (const factory of factories) made(machine, app.site, factory)
}

/** The factory of `registerAs(name, factory)`; null for anything else. */
export function namespaceFactory(value: Value): Value | null {
  if (value.kind !== 'result' || value.call.callee.kind !== 'package' || value.call.callee.path.at(-1) !== 'registerAs') return null
  return value.call.args[1] ?? null
}

/** What a namespace holds. */
export function namespaceValue(machine: Machine, site: CallSite, namespace: Value): Value | null {
  const factory = namespaceFactory(namespace)
  return factory === null ? null : made(machine, site, factory)
}
