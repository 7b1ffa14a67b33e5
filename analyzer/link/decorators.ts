// Decorators of classes and their members: the project's own run with what TypeScript passes them.
import type { DecoratorFacts } from '../extract/facts.js'
import type { Frame, Machine } from './machine.js'
import { locate } from './places.js'
import { findMethod } from './classMembers.js'
import type { ClassValue, Value } from './value.js'
import { literal, memberValue, objectValue } from './values.js'

/** Members first, then the class; of several on one place the last one first. Those of packages are evaluated only. */
export function applyDecorators(machine: Machine, frame: Frame, target: ClassValue): void {
  const { facts, environment } = target
  const at = target.at
  const evaluated = (decorators: readonly DecoratorFacts[]): readonly Value[] =>
    decorators.map(({ expression }) => machine.run.evaluate(machine, frame, environment, expression)).reverse()
  const apply = (decorator: Value, node: number, args: readonly Value[]): void => {
    if (decorator.kind !== 'function') return
    machine.run.call(machine, { at: locate(frame, node), frame, argsAt: args.map(() => at), isAwaited: false }, decorator, null, args)
  }
  const prototype = memberValue(at, target, 'prototype')
  for (const member of facts.members) {
    if (member.decorators.length === 0) continue
    const key = typeof member.key === 'string' ? literal(at, member.key) : machine.run.evaluate(machine, frame, environment, member.key)
    const descriptor = objectValue(at)
    const method = typeof member.key === 'string' ? findMethod(machine, target, null, member.key) : null
    if (method !== null) descriptor.properties.set('value', method)
    for (const decorator of evaluated(member.decorators))
      apply(decorator, member.node, [member.isStatic ? target : prototype, key, descriptor])
  }
  for (const decorator of evaluated(facts.decorators)) apply(decorator, facts.node, [target])
}
