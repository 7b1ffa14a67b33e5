// What a test process is told about the mutants of one file, and what it tells.
import type { Mutant } from './mutants.js'

/** Written as JSON where `PARAPET_MUTANTS` points. */
export interface Assignment {
  /** Relative to the project. */
  readonly file: string
  readonly mutants: readonly Mutant[]
  /** `switched`: every test is repeated for each mutant. `replaced`: the first mutant takes the place of the file. */
  readonly mode: 'switched' | 'replaced'
  /** Numbers of mutants that need no more tests: they are decided. From 1. */
  readonly decided: readonly number[]
  /** Where `Event`s are added, one JSON text a line. */
  readonly log: string
}

/** `spoiled`: what the mutant left behind makes the test fail afterwards, so the process must not go on. */
export interface Event {
  readonly kind: 'begun' | 'killed' | 'lived' | 'spoiled'
  /** From 1; 0 for the unbroken file. */
  readonly mutant: number
  readonly test: string
  /** The file of the test, relative to the project. */
  readonly testFile: string
}
