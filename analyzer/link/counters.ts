// Counters that live longer than a request: their value while serving is not the one that the boot left.
import type { Expression, Pattern } from '../extract/facts.js'
import { isYoungerThan } from './births.js'
import { type Environment, holderOf } from './environment.js'
import type { Machine } from './machine.js'

/**
 * True while serving for a target that was there before the request: `count++`, `this.hits += 1`. How often it was counted up
 * before is not known, so its new value is an operation and no literal; else `count > 100` would be decided.
 */
export function countsAcrossRequests(machine: Machine, environment: Environment, target: Expression | Pattern): boolean {
  if (machine.phase === 'boot') return false
  if (target[0] !== 'name') return true
  const holder = holderOf(environment, target[2])
  const request = machine.logs[0]
  return holder === null || request === undefined || !isYoungerThan(holder.variables, request.mark)
}
