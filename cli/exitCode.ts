// What the exit code of the command line means.

export const EXIT = {
  /** Nothing at or above the threshold. */
  clean: 0,
  findings: 1,
  /** Wrong arguments, a path that does not exist, a broken configuration. */
  wrongUse: 2,
  /** Something in Parapet itself failed; the findings that are shown may not be all. */
  internalError: 3,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

export interface Outcome {
  readonly errors: number
  readonly warnings: number
  readonly internalErrors: number
  /** Warnings that are tolerated. */
  readonly maxWarnings: number
  /** True when an application is required and none was understood. */
  readonly lacksApp: boolean
}

/** Errors always count, warnings beyond the tolerated number do, infos never. An internal error outweighs both: the result is not whole. */
export function exitCodeOf(outcome: Outcome): ExitCode {
  if (outcome.internalErrors > 0) return EXIT.internalError
  if (outcome.errors > 0 || outcome.warnings > outcome.maxWarnings || outcome.lacksApp) return EXIT.findings
  return EXIT.clean
}

/** Wrong use: the message says what is wrong and what to do. */
export class WrongUse extends Error {}
