// `switch`: cases in order, each with those that it falls through to.
import type { Statement } from '../extract/facts.js'
import { stageEquals } from './deploymentStage.js'
import { childEnvironment, type Environment } from './environment.js'
import { hoist } from './hoist.js'
import type { Completion, Frame, Machine } from './machine.js'
import { binary } from './operators.js'
import { forkStatement } from './paths.js'
import { locate } from './places.js'

export function switchStatement(
  machine: Machine,
  frame: Frame,
  environment: Environment,
  statement: Extract<Statement, readonly ['switch', ...unknown[]]>,
): Completion {
  const [, node, discriminant, cases] = statement
  const at = locate(frame, node)
  const scope = childEnvironment(environment, 'block')
  for (const one of cases) hoist(machine, frame, scope, one.body)
  const subject = machine.run.evaluate(machine, frame, environment, discriminant)
  const arm = (index: number): Completion => {
    for (const one of cases.slice(index)) {
      const completion = machine.run.execute(machine, frame, scope, one.body)
      if (completion === 'break') return 'normal'
      if (completion !== 'normal') return completion
    }
    return 'normal'
  }
  const from = (index: number): Completion => {
    const next = cases.findIndex((one, position) => position >= index && one.test !== null)
    const expected = cases[next]?.test ?? null
    if (expected === null) {
      const fallback = cases.findIndex((one) => one.test === null)
      return fallback === -1 ? 'normal' : arm(fallback)
    }
    const wanted = machine.run.evaluate(machine, frame, scope, expected)
    const test = stageEquals(machine, at, subject, wanted) ?? binary(at, '===', subject, wanted)
    if (machine.assumed.has(subject)) machine.assumed.add(test)
    return forkStatement(
      machine,
      at,
      test,
      () => arm(next),
      () => from(next + 1),
    )
  }
  return from(0)
}
