// From a model to findings: rules, configuration, precedence, suppressions, in this order.
import type { ProjectModel } from '../model/model.js'
import { locationKey, type Location } from '../text/location.js'
import { isAtLeast, isEnabled, isIgnored, settingOf, type Configuration } from './configuration.js'
import { compareFindings, compareText, toFinding, type Candidate, type Finding } from './finding.js'
import { fingerprints } from './fingerprint.js'
import { routePlaces, withoutPlaces, type IsRoute } from './places.js'
import { applyPrecedence } from './precedence.js'
import { rangeOf } from './range.js'
import type { Problem, Rule } from './rule.js'
import { joinSameLine } from './sameLine.js'
import { runRules, type InternalError } from './runRules.js'
import { suppressionRules } from './suppressionRules.js'
import { collectSuppressions } from './suppressions.js'

export interface CheckOptions {
  readonly configuration: Configuration
  /** Run these rules alone, also those that are off. Empty for all that are on. */
  readonly only: readonly string[]
  /** A clock in milliseconds, for the times of rules. */
  readonly now?: () => number
}

export interface CheckResult {
  /** Sorted by place. */
  readonly findings: readonly Finding[]
  /** Findings below the minimum confidence. */
  readonly hidden: readonly Finding[]
  /** Findings that a comment took away whole. */
  readonly suppressed: readonly Finding[]
  readonly internalErrors: readonly InternalError[]
  readonly times: ReadonlyMap<string, number>
}

/** Checks a model. Deterministic: the order of `rules` makes no difference. */
export function checkModel(model: ProjectModel, rules: readonly Rule[], options: CheckOptions): CheckResult {
  const { configuration, only } = options
  const selected = rules.filter((rule) => (only.length > 0 ? only.includes(rule.id) : isEnabled(rule, configuration)))
  const sorted = [...selected].sort((a, b) => compareText(a.id, b.id))
  const run = runRules(model, sorted, options.now)
  const known = [...rules, ...suppressionRules].map((rule) => rule.id)
  const suppressions = collectSuppressions(model.files, known)
  const about = suppressions.problems(run.problems, new Set(sorted.map((rule) => rule.id)))
  const wanted = about.filter(({ rule }) => only.length === 0 || only.includes(rule.id))
  const raw = distinct([...run.problems, ...wanted], model)
  const isRoute = routePlaces(model)
  const configured = configure(raw, options, isRoute)
  const isConfident = ({ problem }: Candidate): boolean => isAtLeast(problem.confidence, configuration.minConfidence)
  const first = applyPrecedence(configured.filter(isConfident), model.files, isRoute)
  const pruned = first.map((candidate) => ({
    candidate,
    left: withoutPlaces(candidate, isRoute, (at) => suppressions.isSuppressed(candidate.rule.id, at)),
  }))
  const asFindings = (candidates: readonly Candidate[]): readonly Finding[] =>
    candidates.map((candidate) => toFinding(candidate, model.files)).sort(compareFindings)
  return {
    findings: asFindings(pruned.flatMap(({ left }) => left ?? [])),
    hidden: asFindings(configured.filter((candidate) => !isConfident(candidate))),
    suppressed: asFindings(pruned.flatMap(({ candidate, left }) => (left ? [] : [candidate]))).map((finding) => ({
      ...finding,
      suppression: suppressions.reasonFor(finding.ruleId, finding.at),
    })),
    internalErrors: run.internalErrors,
    times: run.times,
  }
}

/** Several contexts of one place yield the same problem several times: it is one, as sure as the surest, with the places of all. */
function distinct(problems: readonly { rule: Rule; problem: Problem }[], model: ProjectModel): readonly Candidate[] {
  const byKey = new Map<string, { rule: Rule; problem: Problem }>()
  for (const { rule, problem } of problems) {
    const key = JSON.stringify([rule.id, problem.message, locationKey(problem.at), problem.data ?? {}])
    const known = byKey.get(key)
    byKey.set(key, known ? { rule, problem: merge(known.problem, problem) } : { rule, problem })
  }
  const place = (at: Location): string => `${at.file}\0${String(rangeOf(model.files, at).start.offset).padStart(9, '0')}`
  const sorted = [...byKey.values()]
    .map((item) => ({ ...item, place: place(item.problem.at) }))
    .sort((a, b) => compareText(a.place, b.place))
  const items = joinSameLine(sorted, model.files)
  const prints = fingerprints(
    items.map(({ rule, problem }) => ({ ruleId: rule.id, message: problem.message, at: problem.at })),
    model.files,
  )
  return items.map(({ rule, problem }, index) => ({
    rule,
    problem,
    severity: problem.severity ?? rule.severity,
    fingerprint: prints[index] ?? '',
  }))
}

function merge(a: Problem, b: Problem): Problem {
  const surer = isAtLeast(a.confidence, b.confidence) ? a : b
  const related = new Map(
    [...(a.related ?? []), ...(b.related ?? [])].map((place) => [`${place.role} ${locationKey(place.at)} ${place.note}`, place]),
  )
  return { ...surer, related: [...related.values()] }
}

/** Severities and files as configured. A rule that is named on the command line is on everywhere, with the severity that it has. */
function configure(candidates: readonly Candidate[], { configuration, only }: CheckOptions, isRoute: IsRoute): readonly Candidate[] {
  return candidates.flatMap((candidate) => {
    const isOff = (at: Location): boolean =>
      isIgnored(at.file, configuration) || (only.length === 0 && settingOf(candidate.rule, at.file, configuration) === 'off')
    const left = withoutPlaces(candidate, isRoute, isOff)
    if (!left) return []
    const setting = settingOf(left.rule, left.problem.at.file, configuration)
    return [setting === 'on' || setting === 'off' ? left : { ...left, severity: setting }]
  })
}
