// Object.keys, assign and fromEntries over objects whose properties are known.
import { spreadInto } from '../compositeLiterals.js'
import { write } from '../heapLog.js'
import type { CallSite, Machine } from '../machine.js'
import { exportNames, exportedValue } from '../moduleExports.js'
import { isSymbolName } from '../propertyKeys.js'
import type { ObjectValue, Value } from '../value.js'
import { arrayValue, objectValue, SPREAD, undefinedAt } from '../values.js'

export function getterResult(machine: Machine, site: CallSite, descriptor: ObjectValue): Value | undefined {
  const getter = descriptor.properties.get('get')
  return getter === undefined ? undefined : machine.run.call(machine, site, getter, null, [])
}

/** Properties as a list; a namespace lists what its module exports. */
export function listed(machine: Machine, site: CallSite, value: Value | undefined, pick: (entry: [string, Value]) => Value): Value | null {
  if (value?.kind === 'array')
    return arrayValue(
      site.at,
      value.elements.map((element, index) => pick([String(index), element])),
      value.isOpen,
    )
  if (value?.kind !== 'object') return null
  const file = machine.namespaces.get(value)
  const entries: [string, Value][] =
    file === undefined
      ? [...value.properties].filter(([key]) => key !== SPREAD && !isSymbolName(key))
      : exportNames(machine, file).map((name) => [name, exportedValue(machine, site, file, name) ?? undefinedAt(site.at)])
  return arrayValue(site.at, entries.map(pick), value.isOpen)
}

export function assignAll(machine: Machine, site: CallSite, args: readonly Value[]): Value | null {
  const [target, ...sources] = args
  if (target === undefined) return null
  if (target.kind === 'object') {
    for (const source of sources) {
      if (source.kind === 'object') {
        for (const [key, value] of source.properties) {
          write(machine, target.properties, key, value)
          target.writtenAt.set(key, source.writtenAt.get(key) ?? site.at)
        }
        if (source.isOpen) target.isOpen = true
      } else spreadInto(machine, site, target, source)
    }
    return target
  }
  if (target.kind === 'result' || target.kind === 'member' || target.kind === 'parameter') {
    // Something opaque gets properties: written one by one, as assignments would.
    if (!sources.every((source) => source.kind === 'object' && !source.isOpen)) return null
    for (const source of sources)
      if (source.kind === 'object') for (const [key, value] of source.properties) machine.run.setMember(machine, site, target, key, value)
    return target
  }
  if (target.kind !== 'function' && target.kind !== 'scope' && target.kind !== 'class') return null
  for (const source of sources)
    if (source.kind === 'object') for (const [key, value] of source.properties) write(machine, target.properties, key, value)
  return target
}

export function fromEntries(at: Value['at'], list: Value | undefined): Value | null {
  if (list?.kind !== 'array') return null
  const made = objectValue(at)
  for (const entry of list.elements) {
    const [key, value] = entry.kind === 'array' ? entry.elements : []
    if (key?.kind === 'literal' && value !== undefined) made.properties.set(String(key.value), value)
    else made.isOpen = true
  }
  return made
}
