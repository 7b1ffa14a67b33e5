// Functions that can be called above the line that declares them.
import type { Statement } from '../extract/facts.js'
import type { Environment } from './environment.js'
import { write } from './heapLog.js'
import type { Frame, Machine } from './machine.js'
import { locate } from './places.js'

/** Gives the functions that statements declare their values, before any of them runs. */
export function hoist(machine: Machine, frame: Frame, environment: Environment, statements: readonly Statement[]): void {
  for (const statement of statements) {
    if (statement[0] !== 'functionDeclaration') continue
    const facts = frame.source.functions[statement[2]]
    if (facts !== undefined && !environment.variables.has(facts.name)) {
      write(
        machine,
        environment.variables,
        facts.name,
        machine.run.makeFunction(machine, frame, environment, statement[2], locate(frame, statement[1])),
      )
    }
  }
}
