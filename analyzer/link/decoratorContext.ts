// What decorators of the standard get beside what they decorate: a context with metadata of the class and a way to add initializers.
import { changeArray, write } from './heapLog.js'
import { type Frame, type Machine, NATIVE } from './machine.js'
import type { Location } from '../text/location.js'
import type { ArrayValue, ClassValue, ObjectValue, Value } from './value.js'
import { arrayValue, literal, objectValue, packageValue, undefinedAt } from './values.js'

/** The name of `Symbol.metadata`, as `symbolName` gives it. */
const METADATA = '@@metadata'
const INITIALIZERS = '@@ initializers'

export interface Decorated {
  readonly kind: 'class' | 'method'
  readonly name: Value
  readonly side: 'static' | 'instance'
}

export function contextOf(machine: Machine, target: ClassValue, at: Location, { kind, name, side }: Decorated): Value {
  const context = objectValue(at)
  context.properties.set('kind', literal(at, kind))
  context.properties.set('name', name)
  context.properties.set('static', literal(at, side === 'static'))
  context.properties.set('private', literal(at, false))
  context.properties.set('metadata', metadataOf(machine, target))
  context.properties.set('addInitializer', adderFor(machine, target, at, side))
  context.isOpen = true
  return context
}

/** One object for each class; what its parent has shows through. */
function metadataOf(machine: Machine, target: ClassValue): Value {
  const known = target.properties.get(METADATA)
  if (known !== undefined) return known
  const made = objectValue(target.at)
  const parent = target.superClass?.kind === 'class' ? target.superClass.properties.get(METADATA) : undefined
  if (parent?.kind === 'object') made.external = parent
  write(machine, target.properties, METADATA, made)
  return made
}

/** Initializers of methods run with each instance, before its fields; those of classes and static methods run with the class. */
function adderFor(machine: Machine, target: ClassValue, at: Location, side: Decorated['side']): Value {
  const name = `addInitializer ${machine.natives.size}`
  machine.natives.set(name, ([initializer]) => {
    if (initializer !== undefined)
      changeArray(machine, initializersIn(machine, target, side), (elements) => void elements.push(initializer))
    return undefinedAt(at)
  })
  return packageValue(at, NATIVE, [name])
}

function initializersIn(machine: Machine, target: ClassValue, side: Decorated['side']): ArrayValue {
  const key = `${INITIALIZERS} ${side}`
  const known = target.properties.get(key)
  if (known?.kind === 'array') return known
  const made = arrayValue(target.at, [])
  write(machine, target.properties, key, made)
  return made
}

/** What decorators added to the making of the class, or of an instance of it. */
function initializersOf(target: ClassValue, side: Decorated['side']): readonly Value[] {
  const known = target.properties.get(`${INITIALIZERS} ${side}`)
  return known?.kind === 'array' ? known.elements : []
}

/** Runs them with the class or the instance as `this`. */
export function runInitializers(machine: Machine, frame: Frame, target: ClassValue, self: ClassValue | ObjectValue): void {
  for (const initializer of initializersOf(target, self.kind === 'class' ? 'static' : 'instance'))
    machine.run.call(machine, { at: initializer.at, frame, argsAt: [], isAwaited: false }, initializer, self, [])
}
