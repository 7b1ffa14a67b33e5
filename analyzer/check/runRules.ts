// Runs rules over a model; one that throws is set aside and the others go on.
import type { ProjectModel } from '../model/model.js'
import { recordedOnce } from '../model/recorded.js'
import type { Problem, Rule } from './rule.js'

/** Something that is wrong with Parapet and not with the project. */
export interface InternalError {
  readonly ruleId: string | null
  readonly message: string
}

export interface RunOfRules {
  readonly problems: readonly { readonly rule: Rule; readonly problem: Problem }[]
  readonly internalErrors: readonly InternalError[]
  /** Milliseconds by rule; empty without a clock. */
  readonly times: ReadonlyMap<string, number>
}

/**
 * What all rules yield. A rule that throws, also between two problems, keeps those that it yielded and is reported once.
 * `now` answers milliseconds; the analyzer has no clock of its own.
 */
export function runRules(model: ProjectModel, rules: readonly Rule[], now: () => number = () => 0): RunOfRules {
  const problems: { rule: Rule; problem: Problem }[] = []
  const internalErrors: InternalError[] = []
  const times = new Map<string, number>()
  for (const rule of rules) {
    const start = now()
    const found = outcomeOf(rule)(model)
    for (const problem of found.problems) problems.push({ rule, problem })
    if (found.error !== null) internalErrors.push(found.error)
    times.set(rule.id, now() - start)
  }
  return { problems, internalErrors, times }
}

interface Outcome {
  readonly problems: readonly Problem[]
  readonly error: InternalError | null
}

const outcomes = new WeakMap<Rule, (model: ProjectModel) => Outcome>()

/** What a rule yields; in a project under edit it is asked again where something that it read has changed. */
function outcomeOf(rule: Rule): (model: ProjectModel) => Outcome {
  let outcome = outcomes.get(rule)
  if (outcome === undefined) outcomes.set(rule, (outcome = recordedOnce((model) => run(rule, model))))
  return outcome
}

function run(rule: Rule, model: ProjectModel): Outcome {
  const problems: Problem[] = []
  try {
    for (const problem of rule.check(model)) {
      if (!Object.hasOwn(rule.messages, problem.message)) throw new Error(`it has no message named "${problem.message}"`)
      problems.push(problem)
    }
    return { problems, error: null }
  } catch (error) {
    return { problems, error: { ruleId: rule.id, message: `The rule ${rule.id} failed: ${describe(error)}` } }
  }
}

/** The error's own words and the first place of its stack; a thrown value of any kind has some text. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : 'it threw something that is no error'
  const place = /\n\s+at (.*)/.exec(error.stack ?? '')?.[1]
  return place === undefined ? error.message : `${error.message} (at ${place.replace(/\(?(?:file:\/\/)?\/.*\/([^/]+)\)?$/, '$1')})`
}
