// Writing properties of symbolic values.
import { accessorOf } from './classMembers.js'
import type { CallSite, Machine } from './machine.js'
import { changeArray, write } from './heapLog.js'
import { isPrototype, isSymbolName, prototypeSymbol } from './propertyKeys.js'
import { record } from './records.js'
import type { ArrayValue, ObjectValue, Value } from './value.js'
import { memberValue, undefinedAt } from './values.js'

/** `object.name = value`. What cannot hold it is kept as a record. */
export function setMember(machine: Machine, site: CallSite, object: Value, name: string, value: Value): void {
  switch (object.kind) {
    case 'object':
      if (name === '*') {
        object.isOpen = true
        recordWrite(machine, site, object, name, value)
        return
      }
      if (setAccessor(machine, site, object, name, value)) return
      write(machine, object.properties, name, value)
      object.writtenAt.set(name, site.at)
      return
    case 'array':
      if (/^\d+$/.test(name)) setElement(machine, site, object, Number(name), value)
      else if (name === 'length' && value.kind === 'literal')
        changeArray(machine, object, (elements) => elements.splice(Number(value.value)))
      return
    case 'function':
    case 'class':
    case 'scope':
      write(machine, object.properties, name, value)
      return
    case 'choice':
      for (const option of object.options) if (option.kind !== 'literal') setMember(machine, site, option, name, value)
      return
    case 'global':
      if (object.name === 'globalThis' || object.name === 'global') {
        write(machine, machine.globals, name, value)
        return
      }
      recordWrite(machine, site, object, name, value)
      return
    case 'member':
      if (isPrototype(object) && (isSymbolName(name) || value.kind === 'function'))
        setMember(machine, site, object.object, prototypeSymbol(name), value)
      else recordWrite(machine, site, object, name, value)
      return
    default:
      recordWrite(machine, site, object, name, value)
  }
}

/** Most elements that a write past the end of a list adds as holes. */
const HOLES = 64

/** `list[place] = value`. What a write past the end leaves out is undefined; far past it, what the list holds is no longer known. */
function setElement(machine: Machine, { at }: CallSite, list: ArrayValue, place: number, value: Value): void {
  if (place - list.elements.length > HOLES) {
    list.isOpen = true
    return
  }
  changeArray(machine, list, (elements) => {
    while (elements.length < place) elements.push(undefinedAt(at))
    elements[place] = value
  })
}

function setAccessor(machine: Machine, site: CallSite, object: ObjectValue, name: string, value: Value): boolean {
  if (object.instanceOf === null) return false
  const setter = accessorOf(machine, object.instanceOf, object, 'setter', name)
  if (setter === null) return false
  machine.run.call(machine, site, setter, object, [value])
  return true
}

function recordWrite(machine: Machine, site: CallSite, object: Value, name: string, value: Value): void {
  record(machine, site.frame, {
    at: site.at,
    callee: memberValue(site.at, object, name),
    receiver: object,
    args: [value],
    argsAt: [value.at],
    isNew: false,
    isWrite: true,
    isAwaited: false,
  })
}
