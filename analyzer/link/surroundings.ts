// What stands around the code that runs: conditions, calls and functions, exchanged while work runs that belongs elsewhere.
import type { Machine } from './machine.js'

export type Surroundings = Pick<Machine, 'guards' | 'stack' | 'functionStack'>

/** Those of now, for work that runs later. */
export function surroundingsOf({ guards, stack, functionStack }: Machine): Surroundings {
  return { guards: guards.slice(), stack: stack.slice(), functionStack: functionStack.slice() }
}

/** Neither condition nor call. */
export function noSurroundings(): Surroundings {
  return { guards: [], stack: [], functionStack: [] }
}

/** Runs work inside of them, outside of any `try`, and goes back to those of before. They are handed over: nobody else may hold on to them. */
export function surroundedBy<T>(machine: Machine, { guards, stack, functionStack }: Surroundings, work: () => T): T {
  const { tryDepth, offDepth } = machine
  const outer = { guards: machine.guards, stack: machine.stack, functionStack: machine.functionStack }
  machine.guards = guards
  machine.stack = stack
  machine.functionStack = functionStack
  machine.tryDepth = 0
  machine.offDepth = 0
  for (const guard of guards) if (guard.kind === 'off') machine.offDepth++
  try {
    return work()
  } finally {
    machine.guards = outer.guards
    machine.stack = outer.stack
    machine.functionStack = outer.functionStack
    machine.tryDepth = tryDepth
    machine.offDepth = offDepth
  }
}
