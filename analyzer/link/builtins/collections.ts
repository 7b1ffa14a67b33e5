// Map and Set with known keys. What happens under an unknown key is recorded as a call, since rules read state from it.
import type { CallSite, Machine } from '../machine.js'
import { record } from '../records.js'
import { remove, write } from '../heapLog.js'
import { collectionKey, keepKey, keyBehind } from '../propertyKeys.js'
import { mayMiss } from '../lacking.js'
import type { ObjectValue, Value } from '../value.js'
import { arrayValue, choice, literal, memberValue, resultValue, undefinedAt } from '../values.js'

export function collectionMethod(
  machine: Machine,
  site: CallSite,
  collection: ObjectValue,
  name: string,
  args: readonly Value[],
): Value | null {
  const { at } = site
  const [key, value] = args
  const entries = [...collection.properties]
  const known = key === undefined ? null : collectionKey(machine, key)
  switch (name) {
    case 'forEach':
      if (key !== undefined)
        for (const [entryKey, entry] of entries)
          machine.run.call(machine, site, key, null, [entry, keyBehind(collection, entryKey, at), collection])
      return undefinedAt(at)
    case 'values':
      return arrayValue(
        at,
        entries.map(([, entry]) => entry),
        collection.isOpen,
      )
    case 'keys':
      return arrayValue(
        at,
        entries.map(([entryKey]) => keyBehind(collection, entryKey, at)),
        collection.isOpen,
      )
    case 'entries':
      return arrayValue(
        at,
        entries.map(([entryKey, entry]) => arrayValue(at, [keyBehind(collection, entryKey, at), entry])),
        collection.isOpen,
      )
    case 'set':
    case 'add':
      if (known === null || key === undefined) {
        collection.isOpen = true
        note(machine, site, collection, name, args)
        return collection
      }
      keepKey(collection, known, key)
      write(machine, collection.properties, known, name === 'set' ? (value ?? undefinedAt(at)) : key)
      return collection
    case 'get': {
      if (known !== null)
        return collection.properties.get(known) ?? (collection.isOpen ? memberValue(at, collection, '*') : undefinedAt(at))
      const result = note(machine, site, collection, name, args)
      return entries.length > 0 && entries.length <= 8 ? choice(at, 'join', [...entries.map(([, entry]) => entry), result]) : result
    }
    case 'has': {
      const kept = known === null ? undefined : collection.properties.get(known)
      if (known !== null && !collection.isOpen && (kept === undefined || !mayMiss(collection, kept))) return literal(at, kept !== undefined)
      return note(machine, site, collection, name, args)
    }
    case 'delete':
    case 'clear':
      // What requests take out is taken back, and how far it went is not known.
      if (machine.phase === 'boot')
        for (const [entryKey] of entries) if (name === 'clear' || entryKey === known) remove(machine, collection.properties, entryKey)
      return note(machine, site, collection, name, args)
    default:
      return null
  }
}

function note(machine: Machine, site: CallSite, collection: ObjectValue, name: string, args: readonly Value[]): Value {
  const callee = memberValue(site.at, collection, name)
  return resultValue(
    site.at,
    record(machine, site.frame, {
      at: site.at,
      callee,
      receiver: collection,
      args,
      argsAt: site.argsAt,
      isNew: false,
      isWrite: false,
      isAwaited: false,
    }),
  )
}
