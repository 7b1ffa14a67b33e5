// Decorators as Nest reads them: what stands on a class or a member, with compositions and project decorators opened.
import { type Decoration, decorationsOf } from '../link/decorators.js'
import type { CallRecord, ClassValue, Value } from '../link/value.js'
import { literal, undefinedAt } from '../link/values.js'
import type { Location } from '../text/location.js'

export interface NestDecorator {
  readonly package: string
  readonly name: string
  readonly args: readonly Value[]
  /** The call that made the decorator; null for a bare name. */
  readonly call: CallRecord | null
  /** Where it stands on the class or member. */
  readonly at: Location
}

/** Key under which a decorator of `Reflector.createDecorator` keeps its value. */
const MADE_BY_REFLECTOR = 'Reflector.createDecorator'

/** Decorators of the class itself; Nest reads them of ancestors too where the class has none of that name. */
export function decoratorsOf(target: ClassValue): readonly NestDecorator[] {
  return opened(decorationsOf(target).own)
}

/** A class's own decorator of that name, else that of the nearest ancestor that has one (metadata of constructors is inherited). */
export function classDecorator(target: ClassValue, name: RegExp): NestDecorator | null {
  for (const current of lineage(target)) {
    const found = decoratorsOf(current).find((one) => name.test(one.name))
    if (found !== undefined) return found
  }
  return null
}

/** Decorators of a member of this very class: an override without decorators has none. */
export function memberDecorators(target: ClassValue, member: string): readonly NestDecorator[] {
  return opened(decorationsOf(target).members.get(member) ?? [])
}

/** The class and what it extends within the project, nearest first. */
export function lineage(target: ClassValue): readonly ClassValue[] {
  const found: ClassValue[] = []
  for (let current: Value | null = target; current?.kind === 'class' && found.length < 12; current = current.superClass) found.push(current)
  return found
}

/** Opens decorators that project code applied by a call: `UseGuards(A)(target, key, descriptor)`. */
export function applyByCall(call: CallRecord): void {
  const [target, key] = call.args
  if (call.callee.kind !== 'result' && call.callee.kind !== 'package') return
  if (target?.kind === 'class' && key === undefined) decorationsOf(target).own.push({ value: call.callee, at: call.at })
  if (target?.kind !== 'member' || target.name !== 'prototype' || target.object.kind !== 'class' || key?.kind !== 'literal') return
  const { members } = decorationsOf(target.object)
  const name = String(key.value)
  members.set(name, [...(members.get(name) ?? []), { value: call.callee, at: call.at }])
}

/** Values that `SetMetadata` and its kind keep on a class or member, by key: of several the first one in the text, which is applied last. */
export function metadataIn(decorators: readonly NestDecorator[]): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>()
  for (const { name, args, at } of decorators.toReversed()) {
    const [key, value] = args
    if (name === 'SetMetadata' && key !== undefined) found.set(metadataKey(key), value ?? undefinedAt(at))
    else if (name.startsWith(MADE_BY_REFLECTOR)) found.set(name, key ?? literal(at, true))
  }
  return found
}

/** How a key of metadata is written down: texts as they are, decorators of the reflector, and what these call their `KEY`, by their place. */
export function metadataKey(key: Value): string {
  if (key.kind === 'literal') return `literal ${String(key.value)}`
  const made = madeByReflector(key.kind === 'member' && key.name === 'KEY' ? key.object : key)
  if (made !== null) return made
  return `place ${key.at.file}#${key.at.fn}#${key.at.node}`
}

/** As they stand in the text, where the first one is applied last. */
function opened(decorations: readonly Decoration[]): readonly NestDecorator[] {
  return decorations.flatMap(({ value, at }) => open(value, at, 0))
}

function open(value: Value, at: Location, depth: number): readonly NestDecorator[] {
  if (depth > 8) return []
  const inner = (values: readonly Value[]): readonly NestDecorator[] => values.flatMap((one) => open(one, at, depth + 1))
  switch (value.kind) {
    case 'array':
      return inner(value.elements)
    case 'choice':
      return inner(value.options)
    case 'package':
      return [{ package: value.package, name: value.path.at(-1) ?? '', args: [], call: null, at }]
    case 'result': {
      const { callee, args } = value.call
      const made = madeByReflector(callee)
      if (made !== null) return [{ package: '@nestjs/core', name: made, args, call: value.call, at }]
      if (callee.kind !== 'package') return []
      const name = callee.path.at(-1) ?? ''
      // Nest applies these in the order in which they are given.
      if (name === 'applyDecorators') return inner(args.toReversed())
      return [{ package: callee.package, name, args, call: value.call, at }]
    }
    default:
      return []
  }
}

function madeByReflector(value: Value): string | null {
  if (value.kind !== 'result' || value.call.callee.kind !== 'package') return null
  const { path } = value.call.callee
  if (path.at(-1) !== 'createDecorator' || !path.includes('Reflector')) return null
  return `${MADE_BY_REFLECTOR} ${value.at.file}#${value.at.fn}#${value.at.node}`
}
