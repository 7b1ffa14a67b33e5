// Decorators of classes and their members: the project's own run with what TypeScript passes them.
import type { DecoratorFacts, Pattern } from '../extract/facts.js'
import type { Frame, Machine } from './machine.js'
import { locate } from './places.js'
import { findMethod, replaceMethod } from './classMembers.js'
import { contextOf, runInitializers } from './decoratorContext.js'
import { write } from './heapLog.js'
import type { Location } from '../text/location.js'
import type { ClassValue, Value } from './value.js'
import { literal, memberValue, objectValue } from './values.js'

/** What stands behind an `@`, evaluated, and where. */
export interface Decoration {
  readonly value: Value
  readonly at: Location
}

/** Decorators of a class and of its members, in the order of the text. */
export interface Decorations {
  readonly own: Decoration[]
  readonly members: Map<string, Decoration[]>
}

const decorated = new WeakMap<ClassValue, Decorations>()

/** The decorators of a class as they were evaluated when it was made: those of packages mean something to their framework alone. */
export function decorationsOf(target: ClassValue): Decorations {
  let known = decorated.get(target)
  if (known === undefined) decorated.set(target, (known = { own: [], members: new Map() }))
  return known
}

/** Members first, then the class; of several on one place the last one first. Those of packages are evaluated only. */
export function applyDecorators(machine: Machine, frame: Frame, target: ClassValue): void {
  const { facts, environment } = target
  const at = target.at
  const evaluated = (decorators: readonly DecoratorFacts[], name: string | null): readonly Value[] => {
    const values = decorators.map(({ expression }) => machine.run.evaluate(machine, frame, environment, expression))
    note(
      target,
      name,
      decorators.map(({ node }, index) => ({ value: values[index] as Value, at: locate(frame, node) })),
    )
    return values.reverse()
  }
  const apply = (decorator: Value, node: number, args: readonly Value[]): Value | null => {
    if (decorator.kind !== 'function') return null
    return machine.run.call(
      machine,
      { at: locate(frame, node), frame, argsAt: args.map(() => at), isAwaited: false },
      decorator,
      null,
      args,
    )
  }
  const prototype = memberValue(at, target, 'prototype')
  for (const member of facts.members) {
    if (member.decorators.length === 0) continue
    const key = typeof member.key === 'string' ? literal(at, member.key) : machine.run.evaluate(machine, frame, environment, member.key)
    const descriptor = objectValue(at)
    const method =
      typeof member.key !== 'string'
        ? undefined
        : member.isStatic
          ? target.properties.get(member.key)
          : findMethod(machine, target, null, member.key)
    if (method?.kind === 'function') descriptor.properties.set('value', method)
    let last = descriptor
    for (const decorator of evaluated(member.decorators, typeof member.key === 'string' ? member.key : '')) {
      if (isStandard(decorator)) {
        const replaced = last.properties.get('value')
        if (replaced?.kind !== 'function') continue
        const answer = apply(decorator, member.node, [
          replaced,
          contextOf(machine, target, at, { kind: 'method', name: key, side: member.isStatic ? 'static' : 'instance' }),
        ])
        if (answer?.kind === 'function') last.properties.set('value', answer)
        continue
      }
      const answer = apply(decorator, member.node, [member.isStatic ? target : prototype, key, last])
      if (answer?.kind === 'object' && answer.properties.has('value')) last = answer
    }
    const value = last.properties.get('value')
    if (typeof member.key !== 'string' || value?.kind !== 'function' || value === method) continue
    if (member.isStatic) write(machine, target.properties, member.key, value)
    else replaceMethod(machine, target, member.key, value)
  }
  for (const decorator of evaluated(facts.decorators, null)) {
    const isOfStandard = isStandard(decorator)
    const context = (): Value => contextOf(machine, target, at, { kind: 'class', name: literal(at, facts.name), side: 'static' })
    apply(decorator, facts.node, isOfStandard ? [target, context()] : [target])
  }
  runInitializers(machine, frame, target, target)
}

/** Decorators of the standard get the method itself and a context; those of `experimentalDecorators` get where it stands. */
function isStandard(decorator: Value): boolean {
  if (decorator.kind !== 'function') return false
  const [, second, third] = decorator.facts.parameters
  if (second === undefined || third !== undefined) return false
  return /^Class\w*DecoratorContext$|^DecoratorContext$/.test(second.type?.name ?? '') || isNamed(second.pattern, /^_?(context|ctx)$/i)
}

function isNamed(pattern: Pattern, name: RegExp): boolean {
  return pattern[0] === 'name' && name.test(pattern[2])
}

function note(target: ClassValue, member: string | null, found: readonly Decoration[]): void {
  const { own, members } = decorationsOf(target)
  if (member === null) own.push(...found)
  else members.set(member, [...(members.get(member) ?? []), ...found])
}
