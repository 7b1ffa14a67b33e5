// Statements that loop: what they go over, or while what they go on.
import type { Statement } from '../extract/facts.js'
import type { Location } from '../text/location.js'
import { siteOf } from './callSites.js'
import { childEnvironment, type Environment } from './environment.js'
import { isFilledByServing } from './heapLog.js'
import { iterated } from './iteration.js'
import { awaited, elementsOf, type Items, keysOf } from './iterables.js'
import { loopOver, loopWhile } from './loops.js'
import type { Completion, Frame, Machine } from './machine.js'
import { locate } from './places.js'
import type { Value } from './value.js'
import { memberValue } from './values.js'

export type LoopStatement = Extract<Statement, readonly ['forOf' | 'forIn' | 'for' | 'while' | 'doWhile', ...unknown[]]>

const KINDS: ReadonlySet<string> = new Set(['forOf', 'forIn', 'for', 'while', 'doWhile'])

export function isLoop(statement: Statement): statement is LoopStatement {
  return KINDS.has(statement[0])
}

/** `label` is the name by which a `break` or `continue` further in means this loop. */
export function loopStatement(
  machine: Machine,
  frame: Frame,
  environment: Environment,
  statement: LoopStatement,
  label: string | null,
): Completion {
  const at = locate(frame, statement[1])
  const evaluate = (expression: Parameters<typeof machine.run.evaluate>[3]): ReturnType<typeof machine.run.evaluate> =>
    machine.run.evaluate(machine, frame, environment, expression)
  switch (statement[0]) {
    case 'forOf': {
      const items = awaited(
        machine,
        itemsOf(machine, iterated(machine, siteOf(frame, statement[1], []), evaluate(statement[3])), at),
        statement[5],
      )
      return loopOver(machine, frame, environment, { binding: statement[2], items, body: statement[4], label }, at)
    }
    case 'forIn': {
      const items = keysOf(machine, frame, evaluate(statement[3]), at)
      return loopOver(machine, frame, environment, { binding: statement[2], items, body: statement[4], label }, at)
    }
    case 'for': {
      const scope = childEnvironment(environment, 'block')
      machine.run.execute(machine, frame, scope, statement[2])
      return loopWhile(machine, frame, scope, { test: statement[3], update: statement[4], body: statement[5], runsFirst: false, label }, at)
    }
    case 'while':
      return loopWhile(machine, frame, environment, { test: statement[2], update: null, body: statement[3], runsFirst: false, label }, at)
    case 'doWhile':
      return loopWhile(machine, frame, environment, { test: statement[2], update: null, body: statement[3], runsFirst: true, label }, at)
  }
}

function itemsOf(machine: Machine, value: Value, at: Location): Items {
  const isFilled = value.kind === 'array' && isFilledByServing(machine, value)
  return isFilled ? { known: [], rest: memberValue(at, value, '*') } : elementsOf(value, at)
}
